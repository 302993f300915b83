using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Module.Tests.Engine;
using CBorg.Pipeline.Rows;

namespace CBorg.Module.Tests.Rows;

/// <summary>A window whose rows do what a test tells them to, each when it is told.</summary>
internal sealed class WindowWork : IDisposable
{
    private readonly SemaphoreSlim _changed = new(0);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<TestRow> _rows = [];

    public WindowWork(bool ordered = true, int calls = 100)
    {
        Window = new RowWindow(ordered, () => _changed.Release(), _stop.Token);
        Window.HasRoom(calls, 0);
    }

    public RowWindow Window { get; }

    /// <summary>Starts rows and waits until they run; each ends with the next order that it gets.</summary>
    public async Task StartAsync(int count = 1, string? model = null)
    {
        for (int i = 0; i < count; i++)
        {
            Accept(model);
            await RowAsync(_rows.Count);
        }
    }

    /// <summary>Accepts a row without waiting for it to run.</summary>
    public void Accept(string? model = null)
    {
        TestRow row = new(model);
        _rows.Add(row);
        Window.Accept(row);
    }

    /// <summary>A row, by its number from 1, once it runs.</summary>
    public async Task<Row> RowAsync(int number) => await _rows[number - 1].Running.WaitAsync(TestTimeout.Long);

    /// <summary>Has a row do something and end; does not wait for that.</summary>
    public void Order(int number, Func<Row, Task> what) => _rows[number - 1].Order(what);

    /// <summary>Ends a row with an output.</summary>
    public void Done(int number, string output) =>
        Order(
            number,
            row =>
            {
                row.Write(output);
                return Task.CompletedTask;
            }
        );

    /// <summary>Waits for the next output and takes it.</summary>
    public async Task<string> TakeAsync()
    {
        while (true)
        {
            if (Window.TryTake(out RowOutput output))
            {
                output.Done();
                return (string)output.Value;
            }

            await ChangedAsync();
        }
    }

    public async Task<string[]> TakeAsync(int count)
    {
        string[] outputs = new string[count];
        for (int i = 0; i < count; i++)
        {
            outputs[i] = await TakeAsync();
        }

        return outputs;
    }

    /// <summary>Waits until something is so.</summary>
    public async Task UntilAsync(Func<bool> isSo)
    {
        while (!isSo())
        {
            await ChangedAsync();
        }
    }

    /// <summary>Waits until so many rows are under way.</summary>
    public Task UnderWayAsync(int count) => UntilAsync(() => Window.Calls.Calls == count);

    public void Stop() => _stop.Cancel();

    public void Dispose()
    {
        _stop.Cancel();
        Window.Wait(TestTimeout.Long);
        _stop.Dispose();
        _changed.Dispose();
    }

    private async Task ChangedAsync() =>
        Xunit.Assert.True(await _changed.WaitAsync(TestTimeout.Long), "Nothing happens any more.");

    /// <summary>A row that waits for its order.</summary>
    private sealed class TestRow(string? model) : Row(model)
    {
        private readonly TaskCompletionSource<Func<Row, Task>> _order = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource<Row> _running = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<Row> Running => _running.Task;

        public void Order(Func<Row, Task> what) => _order.SetResult(what);

        protected override async Task RunAsync()
        {
            _running.SetResult(this);
            await (await _order.Task.WaitAsync(CancellationToken))(this);
        }

        protected override void Refuse(object reason) => Write($"{Number} refused: {reason}");
    }
}

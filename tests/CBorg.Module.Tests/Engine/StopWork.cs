using System;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using Xunit;

namespace CBorg.Module.Tests.Engine;

/// <summary>A pipeline that will be ended, in a runspace of its own or in a job.</summary>
internal sealed class StopWork : IDisposable
{
    private const string StartJob = """
        Start-ThreadJob -ArgumentList $args -ScriptBlock {
            param($signs, $body, $connect, $module, $arguments)
            Import-Module $module
            & ([scriptblock]::Create($connect)) @arguments
            & ([scriptblock]::Create($body)) $signs
        }
        """;

    private readonly PSDataCollection<PSObject> _output;
    private readonly PSDataCollection<VerboseRecord> _verbose;
    private readonly EngineWork? _work;

    private StopWork(EngineWork work) =>
        (_work, _output, _verbose, End) = (work, work.Output, work.Shell.Streams.Verbose, work.End);

    private StopWork(Job job) => (Job, _output, _verbose, End) = (job, job.Output, job.Verbose, EndOf(job));

    /// <summary>Null when it is no job.</summary>
    public Job? Job { get; }

    /// <summary>Ends with the pipeline, as it ends.</summary>
    public Task End { get; }

    public static StopWork InRunspace(EngineSession session, string script, StopSigns signs) => new(session.Start(script, signs));

    /// <param name="session">Whose job it is.</param>
    /// <param name="script">What it runs.</param>
    /// <param name="signs">The script's.</param>
    /// <param name="connect">Connects the job's own runspace.</param>
    /// <param name="arguments">Of that.</param>
    public static StopWork InJob(EngineSession session, string script, StopSigns signs, string connect, object?[] arguments) =>
        new((Job)session.Run(StartJob, signs, script, connect, TestModule.Manifest, arguments).Done().One.BaseObject);

    /// <summary>Waits until something has been written.</summary>
    public Task OutputAsync() => WhileRunning(EngineWork.Until(_output, () => _output.Count > 0));

    public Task VerboseAsync(string words) => WhileRunning(EngineWork.Until(_verbose, () => EngineWork.Any(_verbose, words)));

    /// <summary>Presses Ctrl+C.</summary>
    public async Task StopAsync()
    {
        await Task.Run(_work!.Shell.Stop).WaitAsync(TestTimeout.Hang);
        await Assert.ThrowsAsync<PipelineStoppedException>(() => End.WaitAsync(TestTimeout.Hang));
    }

    /// <summary>Waits for something that the pipeline does; its end before that is the failure to tell of.</summary>
    public async Task WhileRunning(Task something)
    {
        Task timeout = Task.Delay(TestTimeout.Long);
        if (await Task.WhenAny(something, End, timeout) is var first && first != something)
        {
            string said = string.Join(
                "\n",
                Enumerable
                    .Range(0, _verbose.Count)
                    .Select(i => _verbose[i].Message)
                    .Concat(Enumerable.Range(0, Job?.Error.Count ?? 0).Select(i => $"{Job!.Error[i]}"))
            );
            await (first == timeout ? Task.CompletedTask : End);
            Assert.Fail($"{(first == timeout ? "It never came so far." : "The pipeline has ended too soon.")} It said:\n{said}");
        }

        await something;
    }

    public void Dispose() => _work?.Dispose();

    private static Task EndOf(Job job)
    {
        TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look()
        {
            if (job.JobStateInfo.State is JobState.Stopped or JobState.Completed or JobState.Failed)
            {
                ended.TrySetResult();
            }
        }

        job.StateChanged += (_, _) => Look();
        Look();
        return ended.Task;
    }
}

using System;
using System.IO;
using System.Threading;
using CBorg.Core.Store.Sqlite;

namespace CBorg.Core.Store;

/// <summary>
/// Values that all processes of this user on this machine share, in one SQLite file. Made at no cost: the file is opened,
/// and SQLite loaded, at the first update. For any number of threads.
/// </summary>
/// <param name="folder">The folder of the file; made if it is not there.</param>
/// <param name="lockTimeout">How long an update waits for others before it gives up; a second if not said.</param>
/// <param name="formatOf">Tells the format of the disk that a folder is on; the system is asked if not said.</param>
/// <param name="open">Opens the file; SQLite if not said.</param>
internal sealed class SharedCells(
    string folder,
    TimeSpan? lockTimeout = null,
    Func<string, string?>? formatOf = null,
    Func<string, LockTimeout, CellDatabase>? open = null
) : IDisposable
{
    public const string FileName = "cborg.db";

    private static readonly TimeSpan s_lockTimeout = TimeSpan.FromSeconds(1);

    private readonly object _gate = new();
    private CellDatabase? _database;
    private StoreUnavailable? _lasting;
    private bool _begunAnew;

    public string File { get; } = Path.Combine(folder, FileName);

    public ISharedCell Cell(string name) => new SqliteCell(this, name);

    /// <summary>Lets a value be changed with everybody else shut out, threads and processes. Meant for changes of
    /// microseconds: all others wait.</summary>
    /// <param name="name">Which value.</param>
    /// <param name="change">See <see cref="ISharedCell.Update"/>. What it throws is passed on. When the file turns out to
    /// be damaged, it is run a second time, with nothing.</param>
    /// <exception cref="StoreUnavailable">It cannot be shared; nothing was changed.</exception>
    public void Update(string name, Func<byte[]?, byte[]?> change) => Alone(timeout => UpdateOrBeginAnew(name, change, timeout));

    /// <summary>The value as it was last kept; null when there is none.</summary>
    /// <exception cref="StoreUnavailable">It cannot be shared.</exception>
    public byte[]? Read(string name)
    {
        byte[]? value = null;
        Alone(timeout =>
        {
            try
            {
                value = Opened(timeout).Read(name);
            }
            catch (SqliteFailure e)
            {
                throw Unavailable(e);
            }
        });
        return value;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            Close();
        }
    }

    private void Alone(Action<LockTimeout> work)
    {
        if (Monitor.IsEntered(_gate))
        {
            throw new InvalidOperationException("A change of a shared value cannot change another.");
        }

        LockTimeout timeout = new(lockTimeout ?? s_lockTimeout);
        if (!Monitor.TryEnter(_gate, timeout.Left))
        {
            throw timeout.Lost(File);
        }

        try
        {
            work(timeout);
        }
        finally
        {
            Monitor.Exit(_gate);
        }
    }

    private void UpdateOrBeginAnew(string name, Func<byte[]?, byte[]?> change, LockTimeout timeout)
    {
        try
        {
            Opened(timeout).Update(name, change, timeout);
            return;
        }
        catch (SqliteFailure e) when (e.MeansDamage && !_begunAnew)
        {
            BeginAnew(timeout);
        }
        catch (SqliteFailure e)
        {
            throw Unavailable(e);
        }

        try
        {
            Opened(timeout).Update(name, change, timeout);
        }
        catch (SqliteFailure e)
        {
            throw Unavailable(e);
        }
    }

    private CellDatabase Opened(LockTimeout timeout)
    {
        if (_lasting is not null)
        {
            throw new StoreUnavailable(_lasting.Problem, _lasting.Message, _lasting);
        }

        try
        {
            return _database ??= OpenPrivately(timeout);
        }
        catch (StoreUnavailable e) when (e.Lasts)
        {
            _lasting = e;
            throw;
        }
    }

    private CellDatabase OpenPrivately(LockTimeout timeout)
    {
        StoreFile.Prepare(File, formatOf ?? DiskFormat.Of);
        return (open ?? CellDatabase.Open)(File, timeout);
    }

    private void BeginAnew(LockTimeout timeout)
    {
        _begunAnew = true;
        Close();
        try
        {
            DamagedFile.MoveAside(File, timeout);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteFailure)
        {
            throw _lasting = new StoreUnavailable(
                StoreProblem.Damaged,
                $"{File} is damaged and cannot be moved aside: {e.Message}",
                e
            );
        }
    }

    /// <summary>The file is opened afresh at the next try, if there is to be one.</summary>
    private StoreUnavailable Unavailable(SqliteFailure failure)
    {
        Close();
        StoreProblem problem =
            failure.MeansDamage ? StoreProblem.Damaged
            : failure.MeansNoRight ? StoreProblem.NotWritable
            : failure.MeansBusy ? StoreProblem.Busy
            : StoreProblem.Failed;
        StoreUnavailable unavailable = new(problem, failure.Message, failure);
        _lasting = unavailable.Lasts ? unavailable : null;
        return unavailable;
    }

    private void Close()
    {
        _database?.Dispose();
        _database = null;
    }
}

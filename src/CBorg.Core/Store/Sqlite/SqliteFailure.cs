using System;

namespace CBorg.Core.Store.Sqlite;

/// <summary>SQLite refused.</summary>
internal sealed class SqliteFailure(SqliteResult result, string message) : Exception($"{message} (SQLite {(int)result})")
{
    public SqliteResult Result { get; } = result;

    public bool MeansBusy => Result is SqliteResult.Busy or SqliteResult.Protocol;

    public bool MeansDamage => Result is SqliteResult.Corrupt or SqliteResult.NotADatabase;

    public bool MeansNoRight => Result is SqliteResult.Permission or SqliteResult.ReadOnly or SqliteResult.CannotOpen;
}

using System;

namespace CBorg.Core.Store;

/// <summary>A value in the store that all processes of this user on this machine share.</summary>
/// <param name="cells">The store.</param>
/// <param name="name">What it is called there.</param>
internal sealed class SqliteCell(SharedCells cells, string name) : ISharedCell
{
    /// <inheritdoc/>
    /// <exception cref="StoreUnavailable">It cannot be shared; nothing was changed.</exception>
    public byte[]? Read() => cells.Read(name);

    /// <inheritdoc/>
    /// <exception cref="StoreUnavailable">It cannot be shared; nothing was changed.</exception>
    public void Update(Func<byte[]?, byte[]?> change) => cells.Update(name, change);
}

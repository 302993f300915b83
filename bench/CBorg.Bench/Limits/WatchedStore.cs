using System;
using System.Linq;
using CBorg.Core.Limits;

namespace CBorg.Bench.Limits;

/// <summary>Tells the stage, with each change of the books, how many calls have the permission to be under way.</summary>
internal sealed class WatchedStore(ILimitStore books, Stage stage) : ILimitStore
{
    public bool IsShared => books.IsShared;

    public string? Problem => books.Problem;

    public T Update<T>(Func<LimitState, T> change) => books.Update(state =>
    {
        T result = change(state);
        stage.SetPlaces(state.Places.Count(place => !place.IsGhost));
        return result;
    });
}

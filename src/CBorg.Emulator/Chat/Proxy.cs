using CBorg.Emulator.Limits;
using CBorg.Emulator.Providers;
using CBorg.Emulator.State;
using CBorg.Emulator.Traits;

namespace CBorg.Emulator.Chat;

/// <summary>What calls of models need beside the world: limiter, router, provider.</summary>
internal sealed class Proxy(World world, Personality personality, IProvider provider)
{
    public World World { get; } = world;

    public Personality Personality { get; } = personality;

    public IProvider Provider { get; } = provider;

    public Limiter Limiter { get; } = new(world.Clock, personality.Limits);

    public Router Router { get; } = new(world, personality);
}

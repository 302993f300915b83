using System.Threading.Tasks;

namespace CBorg.Emulator.Server;

/// <summary>Answers one call of a route; throws <see cref="ProxyError"/> or <see cref="FastApiError"/> for anything but success.</summary>
internal delegate Task Handler(Call call);

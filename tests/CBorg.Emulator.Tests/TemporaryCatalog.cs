using System;
using System.IO;

namespace CBorg.Emulator.Tests;

/// <summary>A catalogue file: a text, or one key (role "key"), its user and team, and some scripted models.</summary>
internal sealed class TemporaryCatalog : IDisposable
{
    private TemporaryCatalog(string text) => File.WriteAllText(Path, text);

    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"catalog-{Guid.NewGuid():N}.json");

    public static TemporaryCatalog Of(string text) => new(text);

    public static TemporaryCatalog WithKey(string key) =>
        new(
            $$$$"""
            {
              "provider": "scripted",
              "models": [
                {"name": "up-ok", "params": {"model": "openai/up-ok"}, "info": {"input_cost_per_token": 1e-06, "output_cost_per_token": "4e-06"}},
                {"name": "free", "params": {"model": "hosted_vllm/up-ok"}, "info": {"input_cost_per_token": 0.0, "output_cost_per_token": 0.0}},
                {"name": "slow", "params": {"model": "openai/up-slow"}, "info": {}},
                {"name": "stalls", "params": {"model": "openai/up-s-stall", "timeout": 60}, "info": {}},
                {"name": "limited", "params": {"model": "openai/up-429"}, "info": {}},
                {"name": "broken", "params": {"model": "openai/up-500"}, "info": {}}
              ],
              "keys": [{{{{key}}}}],
              "users": [{"user_id": "u", "user_role": "internal_user", "rpm_limit": 4}],
              "teams": [{"team_id": "t", "metadata": {"model_rpm_limit": {"up-ok": 2}}}]
            }
            """
        );

    public void Dispose() => File.Delete(Path);
}

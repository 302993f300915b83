using System.Linq;
using System.Management.Automation;
using CBorg.Module.Tests.Engine.Stub;
using Xunit;

namespace CBorg.Module.Tests.Engine;

public sealed class ImportTests
{
    [EngineFact]
    public void A_chat_answers()
    {
        using StubServer stub = new();
        using EngineSession session = EngineSession.Open(stub);

        EngineRun run = session.Run("'What letter comes after A?' | Invoke-CBorgChat -Model priced").Done();

        Assert.Equal("B", run.One.Text("Text"));
    }
}

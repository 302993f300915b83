using System;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using CBorg.Module.Tests.Engine.Stub;
using Xunit;

namespace CBorg.Module.Tests.Engine;

public sealed class ImportTests
{
    private const string Ask = "'What letter comes after A?' | Invoke-CBorgChat -Model priced";

    [Fact]
    public void It_exports_exactly_what_the_manifest_says()
    {
        using EngineSession session = EngineSession.Open();

        string[] promised =
        [
            .. session
                .Run("(Import-PowerShellDataFile $args[0]).CmdletsToExport | Sort-Object", TestModule.Manifest)
                .Done()
                .Texts,
        ];
        string[] exported = [.. session.Run("(Get-Module CBorg).ExportedCommands.Values | Sort-Object Name").Done().Texts];
        EngineRun others = session
            .Run("$m = Get-Module CBorg; $m.ExportedFunctions.Count + $m.ExportedAliases.Count + $m.ExportedVariables.Count")
            .Done();

        Assert.NotEmpty(promised);
        Assert.Equal(promised, exported);
        Assert.Equal("0", others.One.ToString());
    }

    [InlineData("Import-Module $args[0]")]
    [InlineData("Import-Module $args[0] -Force")]
    [InlineData("Import-Module $args[0] -Force; Import-Module $args[0] -Force")]
    [InlineData("Remove-Module CBorg; Import-Module $args[0]")]
    [InlineData("Remove-Module CBorg; Import-Module $args[0]; Import-Module $args[0] -Force")]
    [Theory]
    public void Imported_again_it_works(string script)
    {
        using StubServer stub = new();
        using EngineSession session = EngineSession.Open(stub);
        session.Run(Ask).Done();

        session.Run(script, TestModule.Manifest).Done();

        Assert.Equal("B", session.Run(Ask).Done().One.Text("Text"));
        Assert.Equal("15", session.Run("(Get-Command -Module CBorg).Count").One.ToString());
    }

    [Fact]
    public void Removed_it_leaves_no_commands()
    {
        using EngineSession session = EngineSession.Open();

        session.Run("Remove-Module CBorg").Done();

        Assert.Empty(session.Run("Get-Command *-CBorg* -ErrorAction Ignore | Where-Object Source -eq CBorg").Output);
    }

    [Fact]
    public async Task Five_runspaces_at_once_import_and_ask_and_share_one_catalogue()
    {
        using StubServer stub = new();
        TaskCompletionSource go = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<EngineRun>[] all =
        [
            .. Enumerable
                .Range(0, 5)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        await go.Task;
                        using EngineSession session = EngineSession.Open(stub);
                        return session.Run(Ask);
                    })
                ),
        ];

        go.SetResult();
        EngineRun[] runs = await Task.WhenAll(all);

        Assert.All(runs, run => Assert.Equal("B", run.Done().One.Text("Text")));
        Assert.All(runs, run => Assert.Equal("ListPrice", run.One.Text("CostSource")));
        Assert.Equal(5, stub.Chats.Count);
        Assert.Equal(1, stub.CatalogCount);
    }

    [Fact]
    public void ForEach_Parallel_shares_the_catalogue()
    {
        using StubServer stub = new();
        using EngineSession session = EngineSession.Open();

        EngineRun run = session
            .Run(
                """
                $module, $uri, $key = $args
                1..5 | ForEach-Object -ThrottleLimit 5 -Parallel {
                    Import-Module $using:module
                    Connect-CBorg -BaseUri $using:uri -ApiKey $using:key
                    "Question $_" | Invoke-CBorgChat -Model priced
                }
                """,
                TestModule.Manifest,
                stub.Address,
                EngineSession.Secret(StubServer.Key)
            )
            .Done();

        Assert.Equal(5, run.Output.Count);
        Assert.Equal(1, stub.CatalogCount);
    }

    [Fact]
    public void ForEach_Parallel_keeps_to_five_calls_of_the_Laboratorys_models()
    {
        using StubServer stub = new();
        int inFlight = 0;
        int most = 0;
        int arrived = 0;
        TaskCompletionSource five = new(TaskCreationOptions.RunContinuationsAsynchronously);
        stub.Chat = async exchange =>
        {
            int now = Interlocked.Increment(ref inFlight);
            InterlockedMax(ref most, now);
            if (Interlocked.Increment(ref arrived) == 5)
            {
                five.SetResult();
            }

            await five.Task.WaitAsync(TestTimeout.Long);
            Interlocked.Decrement(ref inFlight);
            await exchange.AnswerAsync("B");
        };
        using EngineSession session = EngineSession.Open();

        EngineRun run = session
            .Run(
                """
                $module, $uri, $key = $args
                1..12 | ForEach-Object -ThrottleLimit 12 -Parallel {
                    Import-Module $using:module
                    Connect-CBorg -BaseUri $using:uri -ApiKey $using:key
                    "Question $_" | Invoke-CBorgChat -Model lbl/cborg-chat
                }
                """,
                TestModule.Manifest,
                stub.Address,
                EngineSession.Secret(StubServer.Key)
            )
            .Done();

        Assert.Equal(12, run.Output.Count);
        Assert.Equal(5, most);
    }

    [Fact]
    public void Users_types_are_in_the_default_context_and_all_else_in_its_own()
    {
        using StubServer stub = new();
        using EngineSession session = EngineSession.Open(stub);
        session
            .Run("$a = [CBorg.Embedding]@{ Text = 'a'; Model = 'x'; Vector = [float[]](1, 2) }; $a | Compare-CBorgEmbedding $a")
            .Done();
        session.Run(Ask).Done();

        // Tests of metadata look at the same files, in a context of theirs.
        string Contexts(string name) =>
            string.Join(
                ",",
                session
                    .Run(
                        "$name = $args[0]; [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq $name } | ForEach-Object { [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext($_).Name } | Where-Object { $_ -ne 'the module under test' }",
                        name
                    )
                    .Done()
                    .Texts
            );

        Assert.Equal("CBorg", Contexts("CBorg.Core"));
        Assert.Equal("CBorg", Contexts("System.Numerics.Tensors"));
        Assert.Equal("Default", Contexts("CBorg"));
        Assert.Equal("Default", Contexts("CBorg.Abstractions"));
    }

    [InlineData("[CBorg.ChatResult]")]
    [InlineData("[CBorg.Model]")]
    [InlineData("[CBorg.CBorgBudgetException]")]
    [InlineData("[CBorg.ErrorKind]::Budget")]
    [InlineData("[CBorg.ChatMessage]::new('user', 'Hi')")]
    [Theory]
    public void Users_types_resolve_by_name(string expression)
    {
        using EngineSession session = EngineSession.Open();

        Assert.StartsWith(
            "CBorg",
            session.Run($"({expression}).GetType().FullName -replace 'System.RuntimeType', 'CBorg'").Done().One.ToString(),
            StringComparison.Ordinal
        );
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref target)) < value)
        {
            Interlocked.CompareExchange(ref target, value, seen);
        }
    }
}

using System;
using System.Collections.Generic;
using CBorg.Build;

// What build.sh and build.ps1 call: one word, one task. `dotnet run --project tools/CBorg.Build -- Test`
Repository repository = Repository.Find();
Dictionary<string, Func<int>> tasks = new(StringComparer.OrdinalIgnoreCase)
{
    ["Build"] = () => new ModuleLayout(repository).Build(),
    ["Test"] = () => new TestRun(repository).Run(),
    ["Demo"] = () => new Demo(repository).Run(),
    ["Bench"] = () => new Bench(repository).Run(args[1..]),
    ["Pack"] = () => new Package(repository).Pack(args[1..]),
    ["Clean"] = repository.Clean,
};

string name = args.Length == 0 ? "Build" : args[0];
if (!tasks.TryGetValue(name, out Func<int>? task))
{
    Console.Error.WriteLine($"There is no task '{name}'. The tasks are: {string.Join(", ", tasks.Keys)}.");
    return 2;
}

try
{
    return task();
}
catch (BuildException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

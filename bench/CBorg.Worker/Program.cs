using System;
using System.Threading.Tasks;
using CBorg.Bench;

// CBorg.Worker <module folder> <task> [argument]. Prints lines of "name value", or of one number a round for the tasks that
// go on until standard input ends.
ModuleAssemblies.Use(args[0]);
switch (args[1])
{
    case "first":
        FirstCall.Run(args[2], names: args.Length > 3);
        break;
    case "kept":
        await KeptResults.RunAsync().ConfigureAwait(false);
        break;
    default:
        await WarmRounds.RunAsync(args[1]).ConfigureAwait(false);
        break;
}

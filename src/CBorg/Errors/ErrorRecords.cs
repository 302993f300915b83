using System;
using System.Management.Automation;

namespace CBorg.Errors;

/// <summary>Turns failures into error records. The ErrorId is the kind's name.</summary>
internal static class ErrorRecords
{
    public static ErrorRecord From(CBorgException exception, object? input)
    {
        object? target = exception is CBorgStreamException broken ? broken.Partial : input;
        string text = string.IsNullOrEmpty(exception.Advice) ? exception.Message : $"{exception.Message} {exception.Advice}";
        return new ErrorRecord(exception, exception.Kind.ToString(), CategoryOf(exception.Kind), target)
        {
            // Views of some versions show a RecommendedAction, others do not; in the text everybody sees it, once.
            ErrorDetails = new ErrorDetails(text),
        };
    }

    /// <summary>
    /// Whether the next input could only fail of the same: then the pipeline ends, and nothing is asked in vain.
    /// </summary>
    public static bool EndsEverything(CBorgException failure) => failure.Stops >= FailureScope.Route;

    private static ErrorCategory CategoryOf(ErrorKind kind) =>
        (ErrorCategory)Enum.Parse(typeof(ErrorCategory), ErrorTable.Of(kind).Category);
}

namespace CBorg.Core.Chat;

/// <summary>Carries a failure in mid-answer to where the partial answer is put together; no caller sees it.</summary>
internal sealed class StreamBroken(CBorgException failure)
    : CBorgException(ErrorKind.StreamInterrupted, failure.Message, failure.Advice, failure.Facts, failure);

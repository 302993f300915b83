<#
.SYNOPSIS
Asks two questions about the same long text and shows what the prompt cache saves on the second.

.DESCRIPTION
The text stands at the beginning of both prompts. OpenAI's and Google's models cache it by themselves; Anthropic's want to be told up to
where (cache_control) and charge for writing. Short beginnings (below 1024 tokens) are not cached by any of them.

.PARAMETER Model
The models to compare.

.PARAMETER Path
A text file to ask about; without it some long text is made up.

.EXAMPLE
./Measure-PromptCache.ps1 | Format-Table

.EXAMPLE
./Measure-PromptCache.ps1 -Model claude-sonnet -Path ./report.md
#>
#Requires -Modules CBorg
[CmdletBinding()]
param(
    [string[]] $Model = @('gpt-5-mini', 'claude-haiku'),
    [string] $Path
)

$ErrorActionPreference = 'Stop'

$text = if ($Path) {
    Get-Content $Path -Raw
} else {
    (1..250 | ForEach-Object { "Day ${_}: the beam was on for $($_ % 24) hours and nothing else happened." }) -join "`n"
}

# A new beginning each time, so that the first question finds nothing of an earlier run in the cache.
$system = @{ role = 'system'; content = "Logbook $(New-Guid)`n$text"; cache_control = $true }

foreach ($name in $Model) {
    foreach ($question in 'How many days does the logbook cover?', 'On which day was the beam off?') {
        Invoke-CBorgChat $question -Message $system -Model $name |
            Select-Object Model, @{ Name = 'Question'; Expression = 'Input' }, PromptTokens, CachedTokens, CacheWriteTokens, Cost, TimeToFirstToken
    }
}

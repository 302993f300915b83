<#
.SYNOPSIS
Asks for something that takes long, and waits for it.

.DESCRIPTION
Answers stream on the wire, so that a gateway which hangs up after 100 silent seconds does not: -TimeoutSec is for the whole call and may be
as long as you have patience. What comes too late is an error with the id CallTimeout, not a cut answer.

.PARAMETER Prompt
What to ask.

.PARAMETER Model
The model; reasoning models are the slow ones.

.PARAMETER TimeoutSec
The longest the whole call may take.

.EXAMPLE
./Invoke-SlowRequest.ps1 'Write 3000 words on the history of the cyclotron.' -TimeoutSec 1800
#>
#Requires -Modules CBorg
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [string] $Prompt = 'Write 300 words.',
    [string] $Model = 'lbl/cborg-deepthought',
    [int] $TimeoutSec = 900
)

Invoke-CBorgChat $Prompt -Model $Model -TimeoutSec $TimeoutSec |
    Select-Object Model, TimeToFirstToken, Duration, CompletionTokens, FinishReason, Text

<#
.SYNOPSIS
Asks over a bad line and tells how many attempts it took.

.DESCRIPTION
The module repeats by itself what is worth repeating: a broken line, a provider that failed, a limit that passes. It never repeats what can
only fail again (key, budget, a wrong model) nor an answer of which you have already seen text.
The emulator can make a line bad: give its control address, and it fails the first requests in the ways that -Fault names.

.PARAMETER ControlUri
An emulator's control address, of Start-CBorgEmulator. Without it the network is as good or bad as it is.

.PARAMETER Fault
What happens to the first requests, one each.

.PARAMETER Prompt
What to ask.

.PARAMETER Model
The model.

.EXAMPLE
Start-CBorgEmulator -Connect | ./Test-FlakyNetwork.ps1 -Verbose
#>
#Requires -Modules CBorg
[CmdletBinding()]
param(
    [Parameter(ValueFromPipelineByPropertyName)]
    [uri] $ControlUri,
    [string[]] $Fault = @('reset-before-headers', 'status:503'),
    [string] $Prompt = 'What letter comes after A?',
    [string] $Model = 'lbl/cborg-chat'
)

$ErrorActionPreference = 'Stop'

if ($ControlUri) {
    $faults = @($Fault | ForEach-Object { @{ script = $_; path = 'chat/completions' } })
    $null = Invoke-RestMethod "$ControlUri/faults" -Method Post -ContentType application/json -Body (ConvertTo-Json $faults) -Verbose:$false
}

$answer = Invoke-CBorgChat $Prompt -Model $Model
[pscustomobject]@{
    Answer   = $answer.Text
    Attempts = $answer.Attempts
    Duration = $answer.Duration
}

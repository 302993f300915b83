<#
.SYNOPSIS
Asks every chat model the same question and reports those that fail.

.DESCRIPTION
One row per model: whether it gave the expected answer, what it said, what that cost, and the error's id where there was one.
A model that fails does not keep the others from being asked; a refused key or a used-up budget ends the script.

.PARAMETER Question
What to ask.

.PARAMETER Expected
A regular expression that a right answer matches.

.PARAMETER Name
Which models, with wildcards.

.PARAMETER TimeoutSec
The longest to wait for each of them.

.EXAMPLE
./Test-AllModels.ps1 | Format-Table Model, Ok, Answer, @{ Name = 'Cost'; Expression = 'Cost'; FormatString = '0.000000' }, ErrorId

.EXAMPLE
./Test-AllModels.ps1 -Name lbl/* | Where-Object Ok -eq $false
#>
#Requires -Modules CBorg
[CmdletBinding()]
param(
    [string] $Question = 'What letter comes after A?',
    [string] $Expected = '\bB\b',
    [string[]] $Name = '*',
    [int] $TimeoutSec = 60
)

$ErrorActionPreference = 'Stop'

# Some models of the Laboratory do not say what they are for.
$models = Get-CBorgModel $Name | Where-Object Mode -in 'chat', $null

foreach ($model in $models) {
    $failure = $null
    $answer = $model | Invoke-CBorgChat $Question -TimeoutSec $TimeoutSec -ErrorAction SilentlyContinue -ErrorVariable failure
    [pscustomobject]@{
        Model   = $model.Name
        Ok      = $answer.Text -match $Expected
        Answer  = $answer.Text
        Cost    = $answer.Cost
        ErrorId = if ($failure) { $failure[0].FullyQualifiedErrorId -replace ',.*' }
    }
}

<#
.SYNOPSIS
Runs the Pester suite against a built module, as a user would drive it.

.DESCRIPTION
Imports the module once, starts one emulator, hands both to every *.Tests.ps1 beside this file, and ends with the line
"PESTER N passed, N failed, N skipped". Exits with 0, or with 1 when something failed.

.PARAMETER Module
The module's manifest, CBorg.psd1.

.PARAMETER Pester
The manifest of the Pester to run on; the newest that is installed, if not said.

.PARAMETER Name
Which test files, with wildcards: Chat, Model ...

.EXAMPLE
./tests/Pester/Run.ps1 -Module ./out/CBorg/0.1.0/CBorg.psd1 -Name Chat
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $Module,
    [string] $Pester = 'Pester',
    [string[]] $Name = '*'
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

# What the caller has set up for himself must not reach the tests, nor his key the emulator.
$mine = Get-ChildItem env:CBORG_*
$mine | Remove-Item
$folder = Join-Path ([IO.Path]::GetTempPath()) "cborg-tests-$PID"
$env:CBORG_HOME = $folder

try {
    Import-Module $Pester -MinimumVersion 5.0
    $manifest = (Resolve-Path $Module).ProviderPath
    Import-Module $manifest -Global
    $emulator = Start-CBorgEmulator
    Import-Module "$PSScriptRoot/Emulator.psm1" -Global -ArgumentList $emulator

    $files = $Name | ForEach-Object { Get-Item "$PSScriptRoot/$_.Tests.ps1" }
    $configuration = New-PesterConfiguration
    $configuration.Run.Container = $files | ForEach-Object { New-PesterContainer -Path $_.FullName -Data @{ Manifest = $manifest; Emulator = $emulator } }
    $configuration.Run.PassThru = $true
    $configuration.Output.Verbosity = 'Normal'
    $run = Invoke-Pester -Configuration $configuration
} finally {
    $emulator | Stop-CBorgEmulator -ErrorAction Ignore
    Remove-Module CBorg, Emulator -ErrorAction Ignore
    Remove-Item $folder -Recurse -Force -ErrorAction Ignore
    Remove-Item env:CBORG_HOME -ErrorAction Ignore
    $mine | ForEach-Object { Set-Item "env:$($_.Name)" $_.Value }
}

# A file that does not load has no tests to count, but it has failed.
$failed = $run.FailedCount + $run.FailedContainersCount
Write-Host "PESTER $($run.PassedCount) passed, $failed failed, $($run.SkippedCount + $run.NotRunCount) skipped"
exit [int]($failed -gt 0)

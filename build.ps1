#!/usr/bin/env pwsh
<#
.SYNOPSIS
    One word, one task: ./build.ps1 Build | Test | Demo | Bench | Pack | Clean
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Demo', 'Bench', 'Pack', 'Clean')]
    [string] $Task = 'Build',

    [Parameter(ValueFromRemainingArguments)]
    [string[]] $Arguments = @()
)

$ErrorActionPreference = 'Stop'
Push-Location $PSScriptRoot
try {
    # The tasks run in the PowerShell that called this, not in another that happens to be on PATH.
    if ($PSVersionTable.PSVersion.Major -ge 7) {
        # As a .NET tool it is an assembly that dotnet runs.
        $env:CBORG_PWSH = "$PSHOME/pwsh", "$PSHOME/pwsh.exe", "$PSHOME/pwsh.dll" | Where-Object { Test-Path $_ } | Select-Object -First 1
    }
    dotnet tool restore -v quiet | Out-Null
    dotnet run --project tools/CBorg.Build -c Release -v quiet -- $Task @Arguments
    exit $LASTEXITCODE
} finally {
    Pop-Location
}

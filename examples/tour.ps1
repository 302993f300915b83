<#
.SYNOPSIS
A walk through the module in half a minute: each command is printed, then run.

.DESCRIPTION
./build.sh demo runs it against the emulator. It talks to $env:CBORG_BASE_URL with $env:CBORG_API_KEY and takes the module
from $env:CBORG_MODULE, or an installed one. Against a real service it costs a fraction of a cent.

.PARAMETER Pause
Seconds to look at each command before it runs; none when the output goes to a file.

.EXAMPLE
./build.sh demo
#>
[CmdletBinding()]
param([double] $Pause = [Console]::IsOutputRedirected ? 0 : 0.7)

$module = Import-Module ($env:CBORG_MODULE ?? 'CBorg') -PassThru -ErrorAction Stop
$connection = Get-CBorgConnection
$control = "$($connection.BaseUri)__control"
$offline = $connection.BaseUri.IsLoopback -and $(try { $null = Invoke-RestMethod "$control/state"; $true } catch { $false })
$nextImport = if ($env:CBORG_MODULE) { Resolve-Path -Relative $env:CBORG_MODULE } else { 'CBorg' }

$steps = @(
    @{ Say = 'Does the line work, and is the key good?'; Run = {
            Test-CBorgConnection
        } }
    @{ Say = 'What is there, what can it do, and what does a million tokens cost?'; Run = {
            Get-CBorgModel lbl/cborg-*, claude-*, gpt-5*
        } }
    @{ Say = 'A question. The last line tells what it took.'; Run = {
            Invoke-CBorgChat 'What letter comes after A?'
        } }
    @{ Say = 'Answers stream: a progress line follows them, or you take each piece yourself.'; Run = {
            Invoke-CBorgChat 'Write 80 words.' -Model claude-haiku
        } }
    @{ Run = {
            Invoke-CBorgChat 'Count to 30.' -Stream | Write-Host -NoNewline
        }; After = { Write-Host } }
    @{ Say = 'Rows in, rows out; every one knows what it cost.'; Run = {
            'Id,Comment', '1,I love it', '2,It is terrible', '3,It is a chair' > in.csv
        } }
    @{ Run = {
            $answers = Import-Csv in.csv | Invoke-CBorgChat -Model gpt-5-mini -Prompt {
                "Classify as positive, negative or neutral: $($_.Comment)"
            }
        } }
    @{ Run = {
            $answers | Select-Object @{ n = 'Id'; e = { $_.Input.Id } }, Text, Cost |
                Export-Csv out.csv
            Get-Content out.csv
        } }
    @{ Run = {
            $answers | Format-Table
        } }
    @{ Say = 'What would a question cost, and what is left of the budget?'; Run = {
            Measure-CBorgCost 'Why is the sky blue?' -Model claude-sonnet -MaxTokens 500
        } }
    @{ Run = {
            Get-CBorgSpend
        } }
    @{ Say = 'Which text is nearest in meaning?'; Run = {
            $apple = New-CBorgEmbedding Apple
            New-CBorgEmbedding Bread, Orange, Pear | Compare-CBorgEmbedding $apple -Top 3
        } }
    @{ Say = 'Errors say what to do.'; Fails = $true; Run = {
            Invoke-CBorgChat 'Hello' -Model claude-sonet
        } }
)
if ($offline) {
    $steps += @{ Say = 'Bad lines are survived. The emulator is told to break the next one.'; Run = {
            $null = Invoke-RestMethod $control/faults -Method Post -Body '"refuse"'
        } }, @{ Run = {
            Invoke-CBorgChat 'What letter comes after B?' -Verbose
        } }
}

# A script block's text as it would be typed.
function Get-Typed([string] $Text) {
    $lines = $Text.Trim("`r", "`n").TrimEnd() -split '\r?\n'
    $indent = [regex]::Match($lines[0], '^ *').Length
    ($lines | ForEach-Object { $_.Substring([math]::Min($indent, $_.Length)) }) -join "`n"
}

function Write-Command([string] $Text) {
    $prompt = 'PS> '
    foreach ($line in $Text -split "`n") {
        Write-Host $prompt -ForegroundColor DarkGray -NoNewline
        Write-Host $line -ForegroundColor Cyan
        $prompt = '>> '
    }
}

Write-Host "CBorg $($module.Version) at $($connection.BaseUri)"
if ($offline) {
    Write-Host 'An emulator on this machine: nothing leaves it, nothing is paid.'
}

$unexpected = 0
$folder = Join-Path ([IO.Path]::GetTempPath()) "cborg-tour-$PID"
Push-Location (New-Item $folder -ItemType Directory)
try {
    foreach ($step in $steps) {
        if ($step.Say) {
            Write-Host "`n# $($step.Say)" -ForegroundColor Green
        }

        $command = Get-Typed $step.Run
        Write-Command $command
        if ($Pause) {
            Start-Sleep -Seconds $Pause
        }

        # Made anew from its text, so that errors look as they do at a prompt: without this file's lines.
        $Error.Clear()
        . ([scriptblock]::Create($command)) | Out-Default
        if ($step.After) {
            . $step.After
        }

        $unexpected += ($Error.Count -gt 0) -ne [bool]$step.Fails
    }
} finally {
    Pop-Location
    Remove-Item $folder -Recurse
}

Write-Host "`nWhat next?" -ForegroundColor Green
Write-Host '1. The same with your key, once it is in $env:CBORG_API_KEY:'
Write-Command "Import-Module $nextImport; Test-CBorgConnection"
Write-Host '2. More of it without one, and the scripts in examples/:'
Write-Command "Import-Module $nextImport; Start-CBorgEmulator -Connect"
exit [int]($unexpected -gt 0)

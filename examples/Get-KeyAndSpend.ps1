<#
.SYNOPSIS
Shows what the key is worth: whose it is, how long it lasts, what is spent and what is left.

.PARAMETER WarnDays
Warns when the key ends within so many days.

.PARAMETER WarnPercent
Warns when more than so much of the budget is used.

.EXAMPLE
./Get-KeyAndSpend.ps1
#>
#Requires -Modules CBorg
[CmdletBinding()]
param(
    [int] $WarnDays = 30,
    [double] $WarnPercent = 90
)

$ErrorActionPreference = 'Stop'

$key = Get-CBorgKey
$spend = Get-CBorgSpend
$daysLeft = if ($key.Expires) { [math]::Floor(($key.Expires - [DateTimeOffset]::Now).TotalDays) }

if ($null -ne $daysLeft -and $daysLeft -le $WarnDays) {
    Write-Warning "The key ends in $daysLeft days. Make a new one in time."
}

if ($spend.PercentUsed -gt $WarnPercent) {
    Write-Warning ('{0:0} % of the budget is used. It starts anew on {1:d}.' -f $spend.PercentUsed, $spend.BudgetResetAt)
}

[pscustomobject]@{
    Key       = $key.Key
    Alias     = $key.Alias
    DaysLeft  = $daysLeft
    Budget    = $spend.Scope
    Spend     = $spend.Spend
    MaxBudget = $spend.MaxBudget
    Remaining = $spend.Remaining
    ResetsAt  = $spend.BudgetResetAt
}

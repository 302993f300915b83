<#
.SYNOPSIS
Asks a question for each row of a CSV file, many at the same time, and writes the answers beside the rows.

.DESCRIPTION
The answers go to the file as they come, in the order of the rows. Rows that fail go to a second file of the same columns, which can be given to this
script again. A refused key or a used-up budget ends it; what was answered until then is in the file.

.PARAMETER Path
The CSV file.

.PARAMETER Question
What to ask of each row; the row is $_.

.PARAMETER Destination
The CSV file to write: the row's columns, and Answer, Cost and CostSource.

.PARAMETER Model
The model.

.PARAMETER ThrottleLimit
The most calls at the same time. Without it, as many as the service's limits let through.

.EXAMPLE
./Invoke-Table.ps1 reviews.csv { "Classify as positive or negative: $($_.Review)" } answers.csv

.EXAMPLE
./Invoke-Table.ps1 answers.failed.csv { "Classify as positive or negative: $($_.Review)" } more.csv -ThrottleLimit 2
#>
#Requires -Modules CBorg
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Path,
    [Parameter(Mandatory)] [scriptblock] $Question,
    [Parameter(Mandatory)] [string] $Destination,
    [string] $Model = 'lbl/cborg-chat',
    [int] $ThrottleLimit
)

$limit = if ($ThrottleLimit) { @{ ThrottleLimit = $ThrottleLimit } } else { @{} }
$rows = @(Import-Csv $Path)

$rows | Invoke-CBorgChat -Prompt $Question -Model $Model -TotalCount $rows.Count @limit -ErrorVariable failure |
    ForEach-Object {
        $answer = [ordered]@{ Answer = $_.Text; Cost = $_.Cost; CostSource = $_.CostSource }
        $_.Input | Select-Object * | Add-Member -NotePropertyMembers $answer -PassThru
    } |
    Export-Csv $Destination

# An answer that broke off is its error's target; the row is its input.
$again = foreach ($target in $failure.TargetObject) { if ($target -is [CBorg.ChatResult]) { $target.Input } else { $target } }
if ($again) {
    $again | Export-Csv ([IO.Path]::ChangeExtension($Destination, 'failed.csv'))
}

<#
.SYNOPSIS
Says how near words are to each other in meaning.

.DESCRIPTION
Embeds the words in one request and compares each with each. 1 is the same, 0 has nothing to do with each other.

.PARAMETER Word
The words, or whole texts.

.PARAMETER Model
The embedding model. Vectors of different models cannot be compared.

.EXAMPLE
./Compare-Words.ps1 Apple, Bread, Orange
#>
#Requires -Modules CBorg
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateCount(2, 100)]
    [string[]] $Word = @('Apple', 'Bread', 'Orange'),
    [string] $Model = 'lbl/nomic-embed-text'
)

$ErrorActionPreference = 'Stop'

$embeddings = @(New-CBorgEmbedding -Document $Word -Model $Model)

$pairs = for ($i = 0; $i -lt $embeddings.Count - 1; $i++) {
    $embeddings | Select-Object -Skip ($i + 1) | Compare-CBorgEmbedding -Reference $embeddings[$i]
}

$pairs | Sort-Object Similarity -Descending | Select-Object @{ Name = 'Word'; Expression = 'Reference' }, @{ Name = 'Other'; Expression = 'Text' }, Similarity

<#
.SYNOPSIS
Lists the models, and which of them cache the beginning of a prompt.

.DESCRIPTION
Models that cache come first, those with the cheapest cache before the others. Prices are USD per million tokens: InputPrice for new ones,
CacheReadPrice for those that come from the cache. An empty PromptCaching means that the proxy does not say.

.PARAMETER Name
Which models, with wildcards.

.PARAMETER CachingOnly
Leaves out those that do not cache.

.EXAMPLE
./Get-CachingModels.ps1 -CachingOnly

.EXAMPLE
./Get-CachingModels.ps1 | Group-Object PromptCaching -NoElement
#>
#Requires -Modules CBorg
[CmdletBinding()]
param(
    [string[]] $Name = '*',
    [switch] $CachingOnly
)

$ErrorActionPreference = 'Stop'

$capability = if ($CachingOnly) { @{ Capability = 'prompt_caching' } } else { @{} }

Get-CBorgModel $Name @capability |
    Sort-Object { -not $_.SupportsPromptCaching }, CacheReadPrice, Name |
    Select-Object Name, @{ Name = 'PromptCaching'; Expression = 'SupportsPromptCaching' }, InputPrice, CacheReadPrice

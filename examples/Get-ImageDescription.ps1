<#
.SYNOPSIS
Shows an image to a model that sees, and lets it tell what is there.

.PARAMETER Image
The image: a PNG, JPEG, GIF or WebP file, or an address.

.PARAMETER Prompt
What to ask about it.

.PARAMETER Model
A model with vision: Get-CBorgModel -Capability vision lists them.

.EXAMPLE
./Get-ImageDescription.ps1 ./photo.jpg 'What is written on the label?'
#>
#Requires -Modules CBorg
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [string] $Image = "$PSScriptRoot/images/orange-and-blue.png",
    [Parameter(Position = 1)]
    [string] $Prompt = 'Describe this image in one sentence.',
    [string] $Model = 'lbl/cborg-vision'
)

Invoke-CBorgChat $Prompt -Image $Image -Model $Model

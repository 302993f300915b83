@{
    RootModule           = 'CBorg.dll'
    ModuleVersion        = '0.1.0'
    GUID                 = '5b1f0c86-2f0e-4c1f-9a3d-6c2f5d1e8b47'
    Author               = "The CBorg module's developers"
    CompanyName          = 'Unknown'
    Copyright            = "(c) The CBorg module's developers. BSD-3-Clause."
    Description          = 'Client for the CBorg API of Berkeley Lab and other LiteLLM proxies: chat, models, embeddings, budgets and real costs, as typed objects in the pipeline.'
    PowerShellVersion    = '5.1'
    CompatiblePSEditions = @('Core', 'Desktop')
    DotNetFrameworkVersion = '4.7.2'
    RequiredAssemblies   = @()
    FormatsToProcess     = @('CBorg.Format.ps1xml')
    TypesToProcess       = @('CBorg.Types.ps1xml')
    FunctionsToExport    = @()
    AliasesToExport      = @()
    VariablesToExport    = @()
    CmdletsToExport      = @(
        'Compare-CBorgEmbedding'
        'Connect-CBorg'
        'Disconnect-CBorg'
        'Get-CBorgConnection'
        'Get-CBorgKey'
        'Get-CBorgModel'
        'Get-CBorgRateLimit'
        'Get-CBorgSpend'
        'Invoke-CBorgChat'
        'Invoke-CBorgRestMethod'
        'Measure-CBorgCost'
        'New-CBorgEmbedding'
        'Start-CBorgEmulator'
        'Stop-CBorgEmulator'
        'Test-CBorgConnection'
    )
    PrivateData          = @{
        PSData = @{
            Tags         = @('CBorg', 'LiteLLM', 'LLM', 'AI', 'OpenAI', 'Chat', 'Embedding', 'PSEdition_Core', 'PSEdition_Desktop', 'Windows', 'Linux', 'MacOS')
            LicenseUri   = 'https://opensource.org/license/bsd-3-clause'
            ProjectUri   = 'https://cborg.lbl.gov'
            ReleaseNotes = 'The first version: chats, models, embeddings, budgets and real costs as typed objects; rows in pipelines; limits kept across processes. All changes: CHANGELOG.md.'
        }
    }
}

param([string] $Manifest, $Emulator)

Describe 'Get-CBorgModel' {
    BeforeAll {
        Reset-Emulator
    }

    It 'lists all models once each' {
        $models = Get-CBorgModel
        $models.Count | Should -BeGreaterThan 40
        ($models | Group-Object Name -CaseSensitive | Where-Object Count -gt 1).Name | Should -BeNullOrEmpty
    }

    It 'takes several names and wildcards' {
        (Get-CBorgModel claude-haiku, lbl/nomic-*).Name | Should -Be 'claude-haiku', 'lbl/nomic-embed-code', 'lbl/nomic-embed-text', 'lbl/nomic-embed-vision'
    }

    It 'puts deployments of one name together, at the dearest price' {
        $model = Get-CBorgModel claude-sonnet
        $model.DeploymentCount | Should -Be 2
        $model.Provider | Should -Be 'vertex_ai, bedrock'
        $model.InputPrice | Should -Be 3.3
        $model.Deployments.Count | Should -Be 2
    }

    It 'leaves empty what nobody knows' {
        $model = Get-CBorgModel lbl/cborg-mini
        $model.SupportsVision | Should -BeNullOrEmpty
        $model.Mode | Should -BeNullOrEmpty
    }

    It 'filters by mode' {
        (Get-CBorgModel -Mode embedding).Mode | Select-Object -Unique | Should -Be 'embedding'
    }

    It 'filters by capability, however it is written: <_>' -ForEach 'prompt_caching', 'supports_prompt_caching', 'PromptCaching' {
        $models = Get-CBorgModel -Capability $_
        $models.Name | Should -Contain 'claude-haiku'
        $models.SupportsPromptCaching | Select-Object -Unique | Should -Be $true
    }

    It 'wants all of several capabilities' {
        (Get-CBorgModel lbl/* -Capability vision).Name | Should -Contain 'lbl/cborg-vision'
        Get-CBorgModel lbl/* -Capability vision, prompt_caching | Should -BeNullOrEmpty
    }

    It 'tells own hardware from others' {
        (Get-CBorgModel -OnPrem).Name | Should -Contain 'lbl/cborg-chat'
        (Get-CBorgModel -OnPrem).Name | Should -Not -Contain 'gpt-4o'
        (Get-CBorgModel -OnPrem:$false).Name | Should -Not -Contain 'lbl/cborg-chat'
    }

    It 'filters by price' {
        (Get-CBorgModel -MaxInputPrice 0.3 | Measure-Object InputPrice -Maximum).Maximum | Should -BeLessOrEqual 0.3
    }

    It 'reports a name that is not there and goes on' {
        $found = 'nosuch', 'gpt-4o' | Get-CBorgModel -ErrorAction SilentlyContinue -ErrorVariable problem
        $found.Name | Should -Be 'gpt-4o'
        $problem.FullyQualifiedErrorId | Should -BeLike 'ModelNotFound,*'
        $problem.CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }

    It 'is silent when a wildcard finds nothing' {
        Get-CBorgModel nosuch* | Should -BeNullOrEmpty
    }

    It 'asks the proxy once, and again with -Force' {
        Reset-Emulator
        $null = Get-CBorgModel
        $null = Get-CBorgModel
        $before = @(Get-Ledger model/info).Count
        $null = Get-CBorgModel -Force
        $before | Should -BeLessOrEqual 1
        @(Get-Ledger model/info).Count | Should -Be ($before + 1)
    }

    It 'makes a flat row of a CSV file' {
        $row = Get-CBorgModel claude-haiku | ConvertTo-Csv | ConvertFrom-Csv
        $row.Name | Should -Be 'claude-haiku'
        [decimal]$row.InputPrice | Should -Be 1
        $row.PSObject.Properties.Value | Should -Not -Match '^System\.'
    }

    It 'is piped into a chat' {
        (Get-CBorgModel claude-*u, gpt-5-mini | Invoke-CBorgChat 'Echo: x').Model | Should -Be 'claude-haiku', 'gpt-5-mini'
    }

    It 'fits into 80 columns' {
        $lines = (Get-CBorgModel | Out-String -Width 80) -split '\r?\n'
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
        $lines | Should -Contain 'Name                      Mode      Input  $/M in/out Can'
    }

    It 'completes names without asking for a key press twice' {
        $null = Get-CBorgModel
        $line = 'Invoke-CBorgChat -Model claude-h'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Contain 'claude-haiku'
    }

    It 'completes nothing, and complains of nothing, without a connection' {
        Connect-CBorg -BaseUri http://127.0.0.1:1 -ApiKey $Emulator.ApiKey
        $line = 'Invoke-CBorgChat -Model claude-h'
        { TabExpansion2 $line $line.Length } | Should -Not -Throw
        Reset-Emulator
    }
}

param([string] $Manifest, $Emulator)

BeforeDiscovery {
    $scripts = Get-ChildItem "$PSScriptRoot/../../examples" -Filter *.ps1 | ForEach-Object { @{ Name = $_.Name; Path = $_.FullName } }
}

Describe 'The examples' {
    BeforeAll {
        $examples = Resolve-Path "$PSScriptRoot/../../examples"
    }

    BeforeEach {
        Reset-Emulator
    }

    It '<Name> has help with an example, and no key in it' -ForEach $scripts {
        $help = Get-Help $Path -Full
        $help.Synopsis | Should -Not -BeLike "$Name*"
        $help.examples | Should -Not -BeNullOrEmpty
        Get-Content $Path -Raw | Should -Not -Match 'sk-[A-Za-z0-9]'
    }

    It 'Test-AllModels asks every chat model and reports the one that fails' {
        Add-Fault 'status:400:message=litellm.BadRequestError%3A No' -For @{ path = 'chat/completions'; model = 'gpt-4o' }
        $rows = & $examples/Test-AllModels.ps1
        $rows.Count | Should -Be @(Get-CBorgModel | Where-Object Mode -in 'chat', $null).Count
        ($rows | Where-Object Ok -eq $false).Model | Should -Be 'gpt-4o'
        ($rows | Where-Object Ok -eq $false).ErrorId | Should -Be 'BadRequest'
        ($rows | Where-Object Model -eq claude-haiku).Answer | Should -Be 'B'
        ($rows | Where-Object Model -eq claude-haiku).Cost | Should -BeGreaterThan 0
    }

    It 'Test-AllModels stops when the budget is used up' {
        Reset-Emulator overBudget
        { & $examples/Test-AllModels.ps1 -Name gpt-4* } | Should -Throw -ErrorId 'Budget,*'
    }

    It 'Get-KeyAndSpend shows key and budget' {
        $row = & $examples/Get-KeyAndSpend.ps1
        $row.Key | Should -Match '^sk-\.\.\.'
        $row.DaysLeft | Should -BeGreaterThan 200
        $row.MaxBudget | Should -Be 50
        $row.Remaining | Should -BeGreaterThan 0
    }

    It 'Get-KeyAndSpend warns in time' {
        $null = & $examples/Get-KeyAndSpend.ps1 -WarnDays 400 -WarnPercent 1 3> TestDrive:/warnings.txt
        Get-Content TestDrive:/warnings.txt -Raw | Should -Match '(?s)The key ends in \d+ days.*of the budget is used'
    }

    It 'Get-CachingModels lists all, those that cache first' {
        $rows = & $examples/Get-CachingModels.ps1
        $rows.Count | Should -Be @(Get-CBorgModel).Count
        $rows[0].PromptCaching | Should -BeTrue
        $rows[-1].PromptCaching | Should -Not -Be $true
        (& $examples/Get-CachingModels.ps1 -CachingOnly).PromptCaching | Select-Object -Unique | Should -Be $true
    }

    It 'Compare-Words finds that Apple is nearer to Orange than to Bread' {
        $rows = & $examples/Compare-Words.ps1
        $rows.Count | Should -Be 3
        "$($rows[0].Word) $($rows[0].Other)" | Should -Be 'Apple Orange'
        @(Get-Ledger embeddings).Count | Should -Be 1
    }

    It 'Measure-PromptCache finds the second question cached and cheaper, with both models' {
        $rows = & $examples/Measure-PromptCache.ps1
        $rows.Model | Should -Be 'gpt-5-mini', 'gpt-5-mini', 'claude-haiku', 'claude-haiku'
        foreach ($i in 0, 2) {
            $rows[$i].CachedTokens | Should -Be 0
            $rows[$i + 1].CachedTokens | Should -BeGreaterThan 1024
            $rows[$i + 1].Cost | Should -BeLessThan $rows[$i].Cost
        }
    }

    It 'Get-ImageDescription shows its own picture to a model' {
        (& $examples/Get-ImageDescription.ps1).Text | Should -Match 'PNG, 64 x 64 pixels'
    }

    It 'Invoke-SlowRequest waits' {
        Add-Fault 'stall-mid-stream:3:ms=300'
        $answer = & $examples/Invoke-SlowRequest.ps1
        $answer.FinishReason | Should -Be 'stop'
        $answer.Duration.TotalMilliseconds | Should -BeGreaterThan 300
    }

    It 'Invoke-SlowRequest ends when patience does' {
        Add-Fault 'stall-before-headers'
        $problem = & $examples/Invoke-SlowRequest.ps1 -TimeoutSec 1 -ErrorAction Continue 2>&1
        $problem.FullyQualifiedErrorId | Should -BeLike 'CallTimeout,*'
    }

    It 'Test-FlakyNetwork says how many attempts it took' {
        $row = $Emulator | & $examples/Test-FlakyNetwork.ps1 -Fault refuse, status:503:retry-after-ms=10
        $row.Answer | Should -Be 'B'
        $row.Attempts | Should -Be 3
    }

    It 'Test-FlakyNetwork needs one attempt on a good line' {
        (& $examples/Test-FlakyNetwork.ps1).Attempts | Should -Be 1
    }
}

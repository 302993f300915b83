param([string] $Manifest, $Emulator)

Describe 'Measure-CBorgCost' {
    BeforeEach {
        Reset-Emulator
    }

    It 'gives a range, and asks no model' {
        $estimate = Measure-CBorgCost 'Why is the sky blue?' -Model claude-haiku -MaxTokens 1000
        $estimate.PromptTokens | Should -BeGreaterThan 0
        $estimate.LowCost | Should -BeGreaterThan 0
        $estimate.HighCost - $estimate.LowCost | Should -Be 0.005
        $estimate.TokenSource | Should -Be 'Server'
        Get-Ledger | Should -BeNullOrEmpty
    }

    It 'holds what the call then costs' {
        $estimate = Measure-CBorgCost 'Count to 100.' -Model gpt-4o -MaxTokens 500
        $answer = Invoke-CBorgChat 'Count to 100.' -Model gpt-4o -MaxTokens 500
        $answer.PromptTokens | Should -Be $estimate.PromptTokens
        $answer.Cost | Should -BeGreaterOrEqual $estimate.LowCost
        $answer.Cost | Should -BeLessOrEqual $estimate.HighCost
    }

    It 'is nothing for a free model' {
        $estimate = Measure-CBorgCost 'Hello' -Model lbl/cborg-chat
        $estimate.HighCost | Should -Be 0
        $estimate.Source | Should -Be 'Free'
    }

    It 'measures each text of a pipeline' {
        $estimates = 'a', 'a much longer question than that' | Measure-CBorgCost -Model gpt-4o
        $estimates[1].LowCost | Should -BeGreaterThan $estimates[0].LowCost
    }

    It 'asks the proxy itself with -Server and says who answered' {
        (Measure-CBorgCost 'Hello' -Model gpt-4o -MaxTokens 100 -Server).Source | Should -Not -Be 'ListPrice'
    }

    It 'reckons by itself when the proxy does not count' {
        Add-Fault 'status:404' -For @{ path = 'utils/token_counter'; count = 10 }
        (Measure-CBorgCost 'Hello' -Model gpt-4o).TokenSource | Should -Be 'Local'
    }

    It 'fails with a model that is not there' {
        Measure-CBorgCost 'Hello' -Model nosuch -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.FullyQualifiedErrorId | Should -BeLike 'ModelNotFound,*'
    }
}

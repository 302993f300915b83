param([string] $Manifest, $Emulator)

Describe 'Get-CBorgSpend' {
    BeforeEach {
        Reset-Emulator
    }

    It 'shows the personal budget' {
        $spend = Get-CBorgSpend
        $spend.Scope | Should -Be 'User'
        $spend.MaxBudget | Should -Be 50
        $spend.Remaining | Should -Be ($spend.MaxBudget - $spend.Spend)
        $spend.BudgetResetAt | Should -BeGreaterThan ([DateTimeOffset]::Now)
    }

    It 'grows by exactly what a call cost' {
        $before = (Get-CBorgSpend).Spend
        $answer = Invoke-CBorgChat 'Count to 100.' -Model claude-opus
        (Get-CBorgSpend).Spend - $before | Should -Be $answer.Cost
    }

    It 'shows the budget of a project key' {
        Reset-Emulator project
        $spend = Get-CBorgSpend
        $spend.Scope | Should -Be 'Key'
        $spend.Name | Should -Be 'project-alpha'
        $spend.MaxBudget | Should -Be 300
    }

    It 'still answers when the budget is used up' {
        Reset-Emulator overBudget
        (Get-CBorgSpend).Remaining | Should -Be 0
        (Get-CBorgSpend).PercentUsed | Should -BeGreaterOrEqual 100
    }

    It 'has a row for each day and model' {
        $null = Invoke-CBorgChat 'Count to 10.' -Model gpt-5-mini
        $null = Invoke-CBorgChat 'Count to 10.' -Model gpt-5-mini
        $rows = @(Get-CBorgSpend -Daily -StartDate ([DateTime]::UtcNow.Date) -EndDate ([DateTime]::UtcNow.Date) | Where-Object Model -eq gpt-5-mini)
        $rows.Count | Should -Be 1
        $rows[0].Requests | Should -Be 2
        $rows[0].Spend | Should -BeGreaterThan 0
    }

    It 'refuses an end before its start' {
        Get-CBorgSpend -Daily -StartDate 2026-02-02 -EndDate 2026-02-01 -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.FullyQualifiedErrorId | Should -BeLike 'BadRequest,*'
    }

    It 'says so when the key may not ask' {
        Reset-Emulator llmRoutes
        { Get-CBorgSpend -ErrorAction Stop } | Should -Throw -ErrorId 'RouteNotAllowed,*'
    }
}

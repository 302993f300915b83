param([string] $Manifest, $Emulator)

Describe 'The emulator' {
    AfterAll {
        Reset-Emulator
    }

    It 'starts, connects, answers and stops' {
        $mine = Start-CBorgEmulator -Connect
        (Get-CBorgConnection).BaseUri | Should -Be $mine.BaseUri
        (Invoke-CBorgChat 'What letter comes after A?').Text | Should -Be 'B'
        $process = Get-Process -Id $mine.ProcessId
        $mine | Stop-CBorgEmulator
        $process.WaitForExit(5000) | Should -BeTrue
    }

    It 'has keys for every trouble, and shows none of them' {
        'personal', 'project', 'expired', 'blocked', 'overBudget', 'rpm' | ForEach-Object { $Emulator.Keys[$_] | Should -BeOfType securestring }
        $Emulator | Format-List * -Force | Out-String | Should -Not -Match 'sk-'
    }

    It 'behaves like an older proxy when told so' {
        $mine = Start-CBorgEmulator -LiteLLM 1.77 -Connect
        $mine.LiteLLM | Should -Be '1.77'
        (Invoke-CBorgChat 'What letter comes after A?').Text | Should -Be 'B'
        $mine | Stop-CBorgEmulator
    }

    It 'starts nothing with -WhatIf' {
        Start-CBorgEmulator -WhatIf | Should -BeNullOrEmpty
    }

    It 'says why it cannot start' {
        { Start-CBorgEmulator -Catalog TestDrive:/nosuch.json } | Should -Throw -ErrorId 'EmulatorNotStarted,*' -PassThru | Should -Match 'nosuch\.json'
    }

    It 'is stopped only by who started it' {
        Stop-CBorgEmulator -ProcessId $PID -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.FullyQualifiedErrorId | Should -BeLike 'EmulatorNotFound,*'
    }

    It 'keeps a ledger of what was sent, without the key' {
        Reset-Emulator
        $answer = Invoke-CBorgChat 'Count to 5.' -Model gpt-5-mini
        $entry = Get-Ledger
        $entry.model | Should -Be 'gpt-5-mini'
        $entry.call_id | Should -Be $answer.CallId
        [decimal]$entry.cost | Should -Be $answer.Cost
        $entry | ConvertTo-Json -Depth 9 | Should -Not -Match ([System.Net.NetworkCredential]::new('', $Emulator.ApiKey).Password)
    }

    It 'outlives the module that started it' {
        Import-Module $Manifest -Global -Force
        Get-CBorgModel lbl/cborg-chat -Force | Should -Not -BeNullOrEmpty
    }

    It 'refuses a fault that it does not know' {
        $problem = { Add-Fault 'nonsense' } | Should -Throw -PassThru
        ($problem.ErrorDetails.Message | ConvertFrom-Json).error.message | Should -Be "There is no fault 'nonsense'."
    }
}

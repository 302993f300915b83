param([string] $Manifest, $Emulator)

Describe 'Connecting' {
    BeforeEach {
        Reset-Emulator
    }

    AfterEach {
        Remove-Item env:CBORG_* -Exclude CBORG_HOME -ErrorAction Ignore
    }

    It 'needs no cmdlet when the environment has a key' {
        Disconnect-CBorg
        $env:CBORG_BASE_URL = $Emulator.BaseUri
        $env:CBORG_API_KEY = [System.Net.NetworkCredential]::new('', $Emulator.ApiKey).Password
        (Invoke-CBorgChat 'What letter comes after A?').Text | Should -Be 'B'
        (Get-CBorgConnection).KeySource | Should -Be '$env:CBORG_API_KEY'
    }

    It 'goes to the public service when nobody says otherwise' {
        Disconnect-CBorg
        (Get-CBorgConnection).BaseUri | Should -Be 'https://api.cborg.lbl.gov/'
    }

    It 'is taken from the pipeline, as Start-CBorgEmulator gives it' {
        Disconnect-CBorg
        ($Emulator | Connect-CBorg -PassThru).BaseUri | Should -Be $Emulator.BaseUri
    }

    It 'takes an address with the ending <_>' -ForEach '', '/', '/v1', '/v1/' {
        Connect-CBorg -BaseUri "$("$($Emulator.BaseUri)".TrimEnd('/'))$_" -ApiKey $Emulator.ApiKey
        (Invoke-CBorgChat 'What letter comes after A?').Text | Should -Be 'B'
    }

    It 'has a default model, from $env:CBORG_MODEL or -DefaultModel' {
        $env:CBORG_MODEL = 'gpt-5-mini'
        (Invoke-CBorgChat 'Echo: x').Model | Should -Be 'gpt-5-mini'
        Connect-CBorg -BaseUri $Emulator.BaseUri -ApiKey $Emulator.ApiKey -DefaultModel claude-haiku
        (Invoke-CBorgChat 'Echo: x').Model | Should -Be 'claude-haiku'
    }

    It 'shows no more of the key than its end' {
        $key = [System.Net.NetworkCredential]::new('', $Emulator.ApiKey).Password
        $shown = Get-CBorgConnection | Format-List * -Force | Out-String
        $shown | Should -Match "sk-\.\.\.$($key.Substring($key.Length - 4))"
        $shown | Should -Not -Match ([regex]::Escape($key))
    }

    It 'refuses a key in plain text, names three right ways, and does not repeat it' {
        $problem = { Connect-CBorg -ApiKey 'sk-secret-of-mine' } | Should -Throw -PassThru
        $problem | Should -Match 'CBORG_API_KEY'
        $problem | Should -Match 'Read-Host -AsSecureString'
        $problem | Should -Match 'Get-Secret'
        $problem | Should -Not -Match 'secret-of-mine'
    }

    It 'refuses plain http to another machine' {
        { Connect-CBorg -BaseUri http://example.org -ApiKey $Emulator.ApiKey } | Should -Throw -ErrorId 'BadRequest,*'
    }

    It 'warns when there is no key yet' {
        Connect-CBorg -BaseUri $Emulator.BaseUri -WarningVariable warning -WarningAction SilentlyContinue
        $warning | Should -Match 'no API key'
    }

    It 'does not leave this runspace' {
        $other = [powershell]::Create().AddScript("Import-Module '$Manifest'; (Get-CBorgConnection).BaseUri")
        $other.Invoke()[0] | Should -Be 'https://api.cborg.lbl.gov/'
        $other.Dispose()
    }
}

Describe 'A key that is not good' {
    It 'ends the pipeline with <ErrorId> when it is <Key>' -ForEach @(
        @{ Key = 'expired'; ErrorId = 'KeyExpired' }
        @{ Key = 'blocked'; ErrorId = 'KeyBlocked' }
        @{ Key = 'overBudget'; ErrorId = 'Budget' }
        @{ Key = 'userOverBudget'; ErrorId = 'Budget' }
    ) {
        Reset-Emulator $Key
        { 'one', 'two' | Invoke-CBorgChat -Model claude-haiku -ErrorAction SilentlyContinue } | Should -Throw -ErrorId "$ErrorId,*"
        @(Get-Ledger).Count | Should -Be 1
    }

    It 'is told from one that nobody knows' {
        Reset-Emulator
        Connect-CBorg -BaseUri $Emulator.BaseUri -ApiKey (ConvertTo-SecureString 'sk-unknown0000' -AsPlainText)
        { Get-CBorgKey } | Should -Throw -ErrorId 'KeyUnknown,*'
    }

    It 'is told from none at all, before anything is sent' {
        Reset-Emulator
        Connect-CBorg -BaseUri $Emulator.BaseUri -WarningAction SilentlyContinue
        { Invoke-CBorgChat 'Hello' } | Should -Throw -ErrorId 'KeyMissing,*'
        Get-Ledger | Should -BeNullOrEmpty
    }

    It 'fails a row only when it may not use that model' {
        Reset-Emulator fewModels
        $answer = 'lbl/cborg-mini', 'gpt-4o', 'lbl/cborg-mini' | ForEach-Object { [pscustomobject]@{ Prompt = 'Echo: x'; Model = $_ } } |
            Invoke-CBorgChat -ErrorAction SilentlyContinue -ErrorVariable problem
        $answer.Count | Should -Be 2
        $problem.FullyQualifiedErrorId | Should -BeLike 'ModelNotAllowed,*'
    }
}

Describe 'Test-CBorgConnection' {
    BeforeEach {
        Reset-Emulator
    }

    It 'passes every step that applies' {
        $steps = Test-CBorgConnection
        $steps.Step | Should -Be 'NameResolution', 'Connect', 'Tls', 'Service', 'Key', 'Models', 'Budget', 'Latency'
        $steps | Where-Object Outcome -notin 'Passed', 'Skipped' | Should -BeNullOrEmpty
        Test-CBorgConnection -Quiet | Should -BeTrue
    }

    It 'names the step that fails, advises, and skips what comes after' {
        Connect-CBorg -BaseUri http://127.0.0.1:1 -ApiKey $Emulator.ApiKey
        $steps = Test-CBorgConnection
        $failed = $steps | Where-Object Outcome -eq Failed
        $failed.Step | Should -Be 'Connect'
        $failed.Advice | Should -Not -BeNullOrEmpty
        ($steps | Where-Object Step -eq Key).Outcome | Should -Be 'Skipped'
        Test-CBorgConnection -Quiet | Should -BeFalse
    }

    It 'says when the key is expired' {
        Reset-Emulator expired
        (Test-CBorgConnection | Where-Object Step -eq Key).Outcome | Should -Be 'Failed'
    }
}

Describe 'Get-CBorgKey' {
    It 'tells whose the key is and how long it lasts, but not the key' {
        Reset-Emulator
        $key = Get-CBorgKey
        $key.Key | Should -Match '^sk-\.\.\..{4}$'
        $key.UserId | Should -Be 'someone@lbl.gov'
        $key.Expires | Should -BeGreaterThan ([DateTimeOffset]::Now)
    }

    It 'knows a project key by its missing user' {
        Reset-Emulator project
        (Get-CBorgKey).UserId | Should -BeNullOrEmpty
        (Get-CBorgKey).MaxBudget | Should -Be 300
    }
}

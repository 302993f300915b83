param([string] $Manifest, $Emulator)

Describe 'The tour' {
    BeforeAll {
        Reset-Emulator
        $before = @{ TMPDIR = $env:TMPDIR; TMP = $env:TMP }
        $env:CBORG_BASE_URL = $Emulator.BaseUri
        $env:CBORG_API_KEY = [System.Net.NetworkCredential]::new('', $Emulator.ApiKey).Password
        $env:CBORG_MODULE = $Manifest
        $env:NO_COLOR = 1
        $env:TMPDIR = $env:TMP = (New-Item TestDrive:/temporary -ItemType Directory).FullName
        $shown = Invoke-SamePowerShell -File "$PSScriptRoot/../../examples/tour.ps1" 2>&1 | Out-String -Width 200
        $exit = $LASTEXITCODE
        Remove-Item env:CBORG_*, env:NO_COLOR -Exclude CBORG_HOME
        $before.Keys | ForEach-Object { Set-Item "env:$_" $before[$_] }
    }

    It 'runs to its end' {
        $exit | Should -Be 0
        $shown | Should -Match 'What next\?'
    }

    It 'prints each command before its output' {
        $shown | Should -Match "(?s)PS> Invoke-CBorgChat 'What letter comes after A\?'\s+B\s"
        $shown | Should -Match '(?s)PS> Get-CBorgSpend.*someone@lbl\.gov'
        $shown | Should -Match '(?s)>>     Export-Csv out\.csv.*"1","positive"'
    }

    It 'shows an error that advises and a line that was survived' {
        $shown | Should -Match "There is no model 'claude-sonet'"
        $shown | Should -Match 'trying again'
        $shown | Should -Match '2 attempts'
    }

    It 'shows no key and leaves nothing behind' {
        $shown | Should -Not -Match 'sk-[A-Za-z0-9]{5}'
        Get-ChildItem TestDrive:/temporary -Filter cborg-* | Should -BeNullOrEmpty
    }
}

param([string] $Manifest, $Emulator)

BeforeDiscovery {
    $commands = (Import-PowerShellDataFile $Manifest).CmdletsToExport | ForEach-Object { @{ Command = $_ } }
}

Describe 'The module' {
    It 'has a valid manifest' {
        (Test-ModuleManifest $Manifest -ErrorAction Stop).Name | Should -Be 'CBorg'
    }

    It 'exports exactly the cmdlets of its manifest' {
        (Get-Command -Module CBorg).Name | Sort-Object | Should -Be ((Import-PowerShellDataFile $Manifest).CmdletsToExport | Sort-Object)
    }

    It 'exports nothing else' {
        $module = Get-Module CBorg
        $module.ExportedAliases.Count + $module.ExportedFunctions.Count + $module.ExportedVariables.Count | Should -Be 0
    }

    It 'uses approved verbs only' {
        (Get-Command -Module CBorg).Verb | Where-Object { $_ -notin (Get-Verb).Verb } | Should -BeNullOrEmpty
    }

    It 'can be imported again, with force' {
        { Import-Module $Manifest -Global; Import-Module $Manifest -Global -Force } | Should -Not -Throw
        Get-Command Invoke-CBorgChat | Should -Not -BeNullOrEmpty
    }

    It 'makes its types known by name' {
        [CBorg.ChatMessage]::new('user', 'Hello').Content | Should -Be 'Hello'
    }

    It 'has a synopsis for <Command>' -ForEach $commands {
        $help = Get-Help $Command
        $help.Synopsis | Should -Not -BeNullOrEmpty
        $help.Synopsis.Trim() | Should -Not -BeLike "$Command *"
    }

    It 'has two examples for <Command>' -ForEach $commands {
        @((Get-Help $Command -Full).examples.example).Count | Should -BeGreaterOrEqual 2
    }

    It 'describes every parameter of <Command>' -ForEach $commands {
        $common = [System.Management.Automation.Cmdlet]::CommonParameters + [System.Management.Automation.Cmdlet]::OptionalCommonParameters
        $described = (Get-Help $Command -Full).parameters.parameter | Where-Object { $_.description.Text } | ForEach-Object name
        (Get-Command $Command).Parameters.Keys | Where-Object { $_ -notin $common -and $_ -notin $described } | Should -BeNullOrEmpty
    }
}

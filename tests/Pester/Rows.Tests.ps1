param([string] $Manifest, $Emulator)

Describe 'Rows of a pipeline' {
    BeforeEach {
        Reset-Emulator
    }

    It 'are answered in the order of the input' {
        $answers = 1..40 | ForEach-Object { "Say row $_" } | Invoke-CBorgChat -Model gpt-4.1
        $answers.Text | Should -Be (1..40 | ForEach-Object { "row $_" })
        @(Get-Ledger).Count | Should -Be 40
    }

    It 'all come when they come as they finish' {
        $answers = 1..40 | ForEach-Object { "Say row $_" } | Invoke-CBorgChat -Model gpt-4.1 -Unordered
        $answers.Text | Sort-Object | Should -Be (1..40 | ForEach-Object { "row $_" } | Sort-Object)
    }

    It 'keep the limit of five calls for models of the Laboratory' {
        $answers = 1..30 | ForEach-Object { "Say row $_" } | Invoke-CBorgChat
        $answers.Text | Should -Be (1..30 | ForEach-Object { "row $_" })
        ($answers | Measure-Object Attempts -Maximum).Maximum | Should -Be 1
    }

    It 'fail alone, with the row as the target' {
        $rows = ConvertFrom-Csv 'Id,Text', '1,Say one', '2,', '3,Say three'
        $answers = $rows | Invoke-CBorgChat -Prompt { $_.Text } -ErrorVariable problem -ErrorAction SilentlyContinue
        $answers.Input.Id | Should -Be 1, 3
        $problem.TargetObject.Id | Should -Be 2
    }

    It 'end with the budget, after what was paid' {
        Add-Fault 'limit:budget' -For @{ path = 'chat/completions'; skip = 4; count = 200 }
        $written = [Collections.ArrayList]::new()
        { 1..100 | ForEach-Object { "Say row $_" } | Invoke-CBorgChat -Model gpt-4.1 -ThrottleLimit 2 | ForEach-Object { $null = $written.Add($_) } } | Should -Throw -ErrorId 'Budget,*'
        $written.Text | Should -Be 'row 1', 'row 2', 'row 3', 'row 4'
        @(Get-Ledger).Count | Should -BeLessOrEqual 8
    }

    It 'are not all asked when the first are enough' {
        $answers = 1..1000 | ForEach-Object { "Say row $_" } | Invoke-CBorgChat -Model gpt-4.1 -ThrottleLimit 4 | Select-Object -First 3
        $answers.Text | Should -Be 'row 1', 'row 2', 'row 3'
        @(Get-Ledger).Count | Should -BeLessThan 80
    }

    It 'refuse a throttle of <_>' -ForEach 0, 1025 {
        { 'Hi' | Invoke-CBorgChat -ThrottleLimit $_ } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }

    It 'embed in order, in batches at the same time' {
        $texts = 1..1000 | ForEach-Object { "text $_" }
        ($texts | New-CBorgEmbedding -ThrottleLimit 3).Text | Should -Be $texts
        @(Get-Ledger embeddings).Count | Should -Be 8
    }
}

Describe 'The example of a table' {
    BeforeEach {
        Reset-Emulator
    }

    It 'writes answers beside the rows, and keeps the rows that failed' {
        Set-Content TestDrive:/in.csv 'Id,Text', '1,Say one', '2,', '3,Say three'
        & "$PSScriptRoot/../../examples/Invoke-Table.ps1" TestDrive:/in.csv { $_.Text } TestDrive:/out.csv -ErrorAction SilentlyContinue
        $out = Import-Csv TestDrive:/out.csv
        $out.Id | Should -Be 1, 3
        $out.Answer | Should -Be 'one', 'three'
        (Import-Csv TestDrive:/out.failed.csv).Id | Should -Be 2
    }
}

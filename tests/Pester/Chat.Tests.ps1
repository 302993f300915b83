param([string] $Manifest, $Emulator)

Describe 'A question' {
    BeforeEach {
        Reset-Emulator
    }

    It 'is answered, with what it took' {
        $answer = Invoke-CBorgChat 'What letter comes after A?'
        $answer.Text | Should -Be 'B'
        $answer.Model | Should -Be 'lbl/cborg-chat'
        $answer.ResolvedModel | Should -Be 'hosted_vllm/gpt-oss-120b'
        $answer.FinishReason | Should -Be 'stop'
        $answer.PromptTokens | Should -BeGreaterThan 0
        $answer.Attempts | Should -Be 1
        $answer.Cost | Should -Be 0
        $answer.CostSource | Should -Be 'Free'
        "$answer" | Should -Be 'B'
    }

    It 'costs the same in a stream as in one body, to the last digit' {
        $stream = Invoke-CBorgChat 'Count to 50.' -Model claude-haiku
        $plain = Invoke-CBorgChat 'Count to 50.' -Model claude-haiku -NoStream
        $plain.CostSource | Should -Be 'Header'
        $stream.Cost | Should -BeGreaterThan 0
        $stream.Cost | Should -Be $plain.Cost
        $stream.Text | Should -Be $plain.Text
    }

    It 'goes with a system prompt' {
        $null = Invoke-CBorgChat 'Hello' -System 'Be brief.'
        $messages = ((Get-Ledger).body | ConvertFrom-Json).messages
        $messages.role | Should -Be 'system', 'user'
        $messages[0].content | Should -Be 'Be brief.'
    }

    It 'sends only the parameters that were given' {
        $null = Invoke-CBorgChat 'Hello' -Temperature 0 -MaxTokens 10 -Stop 'x' -ExtraBody @{ user = 'me'; metadata = @{ a = 1 } } -WarningAction SilentlyContinue
        $body = (Get-Ledger).body | ConvertFrom-Json
        $body.temperature | Should -Be 0
        $body.max_tokens ?? $body.max_completion_tokens | Should -Be 10
        $body.user | Should -Be 'me'
        $body.metadata.a | Should -Be 1
        $body.PSObject.Properties.Name | Should -Not -Contain 'top_p'
        $body.PSObject.Properties.Name | Should -Not -Contain 'seed'
    }

    It 'warns when the answer was cut' {
        $answer = Invoke-CBorgChat 'Count to 100.' -MaxTokens 5 -WarningVariable warning -WarningAction SilentlyContinue
        $answer.FinishReason | Should -Be 'length'
        $warning | Should -Not -BeNullOrEmpty
    }

    It 'gets an answer in a JSON schema' {
        $schema = @{ type = 'object'; properties = @{ letter = @{ type = 'string' } }; required = @('letter') }
        $answer = Invoke-CBorgChat 'What letter comes after A?' -ExtraBody @{ response_format = @{ type = 'json_schema'; json_schema = @{ name = 'answer'; schema = $schema } } }
        ($answer.Text | ConvertFrom-Json).PSObject.Properties.Name | Should -Be 'letter'
    }

    It 'has its answer and a line about it for a view' {
        $shown = Invoke-CBorgChat 'What letter comes after A?' -Model claude-haiku | Out-String
        $shown | Should -Match '(?m)^B\s*$'
        $shown | Should -Match 'claude-haiku · \d+\+\d+ tokens · \$0\.0000'
    }

    It 'breaks long answers between words' {
        $lines = (Invoke-CBorgChat 'Write 100 words.' | Out-String -Width 80) -split '\r?\n'
        $lines | Where-Object { $_ -match 'water' } | Should -Match '\b(light|water|stone|river|cloud|field|north|early|quiet|seven)$'
    }
}

Describe 'A pipeline of questions' {
    BeforeEach {
        Reset-Emulator
    }

    It 'gives one answer for each text, in order' {
        ('A', 'B', 'C' | ForEach-Object { "What letter comes after ${_}?" } | Invoke-CBorgChat).Text | Should -Be 'B', 'C', 'D'
    }

    It 'puts piped text below a prompt for all' {
        $null = 'one', 'two' | Invoke-CBorgChat 'Echo this:' -ThrottleLimit 1
        Get-SentPrompt | Should -Be "Echo this:`n`none", "Echo this:`n`ntwo"
    }

    It 'sends what a script block makes of each text, and nothing more' {
        $null = 'one', 'two' | Invoke-CBorgChat -Prompt { "Echo: $_!" } -ThrottleLimit 1
        Get-SentPrompt | Should -Be 'Echo: one!', 'Echo: two!'
    }

    It 'takes prompt and model from the columns of a row' {
        $rows = 'Prompt,Model', 'Echo: 1,gpt-5-mini', 'Echo: 2,claude-haiku' | ConvertFrom-Csv
        $answers = $rows | Invoke-CBorgChat
        $answers.Text | Should -Be '1', '2'
        $answers.Model | Should -Be 'gpt-5-mini', 'claude-haiku'
        $answers[1].Input.Prompt | Should -Be 'Echo: 2'
    }

    It 'goes from one CSV file to another' {
        'Id,Comment', '1,I love it', '2,It is terrible' | Set-Content TestDrive:/in.csv
        Import-Csv TestDrive:/in.csv |
            Invoke-CBorgChat -Prompt { "Classify as positive or negative: $($_.Comment)" } -Model gpt-5-mini |
            Select-Object @{ Name = 'Id'; Expression = { $_.Input.Id } }, Text, Cost |
            Export-Csv TestDrive:/out.csv
        $rows = Import-Csv TestDrive:/out.csv
        $rows.Id | Should -Be '1', '2'
        $rows.Text | Should -Be 'positive', 'negative'
        [decimal]$rows[0].Cost | Should -BeGreaterThan 0
    }

    It 'has flat columns without any choice' {
        $row = Invoke-CBorgChat 'Echo: x' | ConvertTo-Csv | ConvertFrom-Csv
        $row.Text | Should -Be 'x'
        $row.PSObject.Properties.Name | Should -Contain 'CallId'
        $row.PSObject.Properties.Value | Should -Not -Match '^(System|CBorg)\.'
    }

    It 'is filtered and added up by cost' {
        $answers = 'lbl/cborg-chat', 'gpt-5-mini', 'claude-opus' | ForEach-Object { [pscustomobject]@{ Model = $_; Prompt = 'Count to 20.' } } | Invoke-CBorgChat
        ($answers | Where-Object Cost -gt 0).Model | Should -Be 'gpt-5-mini', 'claude-opus'
        ($answers | Sort-Object Cost -Descending)[0].Model | Should -Be 'claude-opus'
        ($answers | Measure-Object Cost -Sum).Sum | Should -BeGreaterThan 0
    }

    It 'goes on after a row that fails, and says which' {
        $rows = 'lbl/cborg-chat', 'nosuch', 'gpt-5-mini' | ForEach-Object { [pscustomobject]@{ Model = $_; Prompt = 'Echo: x' } }
        $answers = $rows | Invoke-CBorgChat -ErrorAction SilentlyContinue -ErrorVariable problem
        $answers.Model | Should -Be 'lbl/cborg-chat', 'gpt-5-mini'
        $problem.Count | Should -Be 1
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'ModelNotFound,*'
        $problem[0].TargetObject.Model | Should -Be 'nosuch'
        "$($problem[0])" | Should -Match 'Get-CBorgModel'
    }

    It 'stops at the first failure when told so' {
        { 'nosuch', 'gpt-5-mini' | ForEach-Object { [pscustomobject]@{ Model = $_; Prompt = 'Echo: x' } } | Invoke-CBorgChat -ThrottleLimit 1 -ErrorAction Stop } | Should -Throw -ErrorId 'ModelNotFound,*'
        @(Get-Ledger).Count | Should -Be 1
    }

    It 'never sends an object that is no question' {
        [pscustomobject]@{ Id = 1; Name = 'x' } | Invoke-CBorgChat -ErrorAction SilentlyContinue -ErrorVariable problem
        "$problem" | Should -Match 'Id, Name'
        "$problem" | Should -Match '-Prompt \{'
        Get-Ledger | Should -BeNullOrEmpty
    }

    It 'refuses an empty question' {
        Invoke-CBorgChat '' -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.FullyQualifiedErrorId | Should -BeLike 'BadRequest,*'
    }
}

Describe 'Streaming' {
    BeforeEach {
        Reset-Emulator
    }

    It 'gives the pieces, and the whole answer with the last' {
        $pieces = Invoke-CBorgChat 'Count to 20.' -Stream
        $pieces.Count | Should -BeGreaterThan 5
        -join $pieces.Text | Should -Be (1..20 -join ' ')
        $pieces[-1].Result.Text | Should -Be (1..20 -join ' ')
        $pieces[0].Result | Should -BeNullOrEmpty
    }

    It 'ends at once when nobody wants more, and hangs up' {
        (Invoke-CBorgChat 'Write 50000 words.' -Stream | Select-Object -First 3).Count | Should -Be 3
        # The proxy sees it when it next writes, a moment later.
        $deadline = [datetime]::UtcNow.AddSeconds(20)
        while (-not (Get-Ledger).client_closed -and [datetime]::UtcNow -lt $deadline) { }
        (Get-Ledger).client_closed | Should -BeTrue
    }

    It 'keeps what arrived when the line breaks, and does not ask again' {
        Add-Fault 'reset-mid-stream:6'
        Invoke-CBorgChat 'Count to 20.' -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.FullyQualifiedErrorId | Should -BeLike 'StreamInterrupted,*'
        $problem.TargetObject.Text | Should -BeLike '1 2 3*'
        @(Get-Ledger).Count | Should -Be 1
    }

    It 'reports an error that comes in the middle' {
        Add-Fault 'error-mid-stream:4'
        Invoke-CBorgChat 'Count to 20.' -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.Exception.Partial.Text | Should -Not -BeNullOrEmpty
    }

    It 'puts characters together that came in pieces' {
        Add-Fault 'split-utf8;crlf'
        (Invoke-CBorgChat 'Echo: grüße, 漢字 😀').Text | Should -Be 'grüße, 漢字 😀'
    }

    It 'does not go with one body' {
        { Invoke-CBorgChat 'Hello' -Stream -NoStream } | Should -Throw -ErrorId 'AmbiguousParameterSet,*'
    }
}

Describe 'A conversation' {
    BeforeEach {
        Reset-Emulator
    }

    It 'is continued with -Message' {
        $first = Invoke-CBorgChat 'Echo: one' -System 'Be brief.' -Model gpt-5-mini
        $second = Invoke-CBorgChat 'Echo: two' -Message $first
        $second.Messages.Role | Should -Be 'system', 'user', 'assistant', 'user', 'assistant'
        $second.Messages.Content | Should -Be 'Be brief.', 'Echo: one', 'one', 'Echo: two', 'two'
        ((Get-Ledger)[1].body | ConvertFrom-Json).messages.Count | Should -Be 4
    }

    It 'is continued through the pipeline, with the same model' {
        $second = Invoke-CBorgChat 'Echo: one' -Model gpt-5-mini | Invoke-CBorgChat 'Echo: two'
        $second.Model | Should -Be 'gpt-5-mini'
        $second.Messages.Count | Should -Be 4
    }

    It 'is begun with hashtables' {
        $null = Invoke-CBorgChat 'And 2?' -Message @{ role = 'user'; content = '1?' }, @{ role = 'assistant'; content = 'Yes.' }
        ((Get-Ledger).body | ConvertFrom-Json).messages.role | Should -Be 'user', 'assistant', 'user'
    }

    It 'refuses a message without a role, and one with a member that nobody knows' {
        { Invoke-CBorgChat 'Hello' -Message @{ content = 'x' } } | Should -Throw '*role*'
        { Invoke-CBorgChat 'Hello' -Message @{ role = 'user'; text = 'x' } } | Should -Throw "*'text'*"
    }
}

Describe 'An image' {
    BeforeEach {
        Reset-Emulator
        $images = Resolve-Path "$PSScriptRoot/../../examples/images"
    }

    It 'is sent as it is' {
        $answer = Invoke-CBorgChat 'Describe this.' -Image "$images/*.png" -Model lbl/cborg-vision
        $answer.Text | Should -Match '1 image: PNG, 64 x 64 pixels'
        $sent = ((Get-Ledger).body | ConvertFrom-Json).messages[0].content | Where-Object type -eq image_url
        $bytes = [convert]::FromBase64String(($sent.image_url.url -split ',')[1])
        $bytes | Should -Be ([IO.File]::ReadAllBytes("$images/orange-and-blue.png"))
    }

    It 'must be there, and be one' {
        'no image' | Set-Content TestDrive:/x.png
        Invoke-CBorgChat 'Describe this.' -Image nosuch.png -ErrorAction SilentlyContinue -ErrorVariable missing
        Invoke-CBorgChat 'Describe this.' -Image TestDrive:/x.png -ErrorAction SilentlyContinue -ErrorVariable wrong
        "$missing" | Should -Match 'nosuch\.png'
        "$wrong" | Should -Match 'PNG, JPEG'
        Get-Ledger | Should -BeNullOrEmpty
    }
}

Describe 'Trouble on the way' {
    BeforeEach {
        Reset-Emulator
    }

    It 'is survived when it passes: <_>' -ForEach 'refuse', 'reset-before-headers', 'status:503:retry-after-ms=10', 'limit:provider:retry-after-ms=10' {
        Add-Fault $_
        $answer = Invoke-CBorgChat 'What letter comes after A?' -Verbose -WarningAction SilentlyContinue 4> TestDrive:/verbose.txt
        $answer.Text | Should -Be 'B'
        $answer.Attempts | Should -Be 2
        Get-Content TestDrive:/verbose.txt -Raw | Should -Match 'trying again'
    }

    It 'is not repeated when it can only fail again: <Fault>' -ForEach @(
        @{ Fault = 'status:400:message=litellm.BadRequestError%3A No such parameter'; ErrorId = 'BadRequest' }
        @{ Fault = 'limit:budget'; ErrorId = 'Budget' }
        @{ Fault = 'limit:quota'; ErrorId = 'ProviderQuota' }
    ) {
        Add-Fault $Fault
        { Invoke-CBorgChat 'Hello' -ErrorAction Stop } | Should -Throw -ErrorId "$ErrorId,*"
        @(Get-Ledger).Count | Should -Be 1
    }

    It 'is survived when it is a limit of the proxy' {
        # The client remembers limits for as long as they last, so another key is taken.
        Reset-Emulator team
        Add-Fault 'limit:max_parallel_requests'
        (Invoke-CBorgChat 'Hello' -WarningAction SilentlyContinue).Attempts | Should -Be 2
    }

    It 'is given up after -MaximumRetryCount' {
        Connect-CBorg -BaseUri $Emulator.BaseUri -ApiKey $Emulator.ApiKey -MaximumRetryCount 1
        Add-Fault (, 'status:503:retry-after-ms=10' * 3)
        { Invoke-CBorgChat 'Hello' -ErrorAction Stop } | Should -Throw -ErrorId 'ProviderFault,*'
        @(Get-Ledger).Count | Should -Be 2
    }

    It 'ends when the time is over' {
        Add-Fault 'stall-before-headers'
        { Invoke-CBorgChat 'Hello' -TimeoutSec 1 -ErrorAction Stop } | Should -Throw -ErrorId 'CallTimeout,*'
    }

    It 'ends the pipeline when nobody answers at all' {
        Connect-CBorg -BaseUri http://127.0.0.1:1 -ApiKey $Emulator.ApiKey -MaximumRetryCount 0
        { 'one', 'two' | Invoke-CBorgChat -ErrorAction SilentlyContinue } | Should -Throw -ErrorId 'ConnectionFailed,*'
    }

    It 'names the call and keeps the words of the server' {
        Add-Fault 'status:400:message=Temperature is not for me'
        Invoke-CBorgChat 'Hello' -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.Exception.CallId | Should -Not -BeNullOrEmpty
        $problem.Exception.StatusCode | Should -Be 400
        "$problem" | Should -Match 'Temperature is not for me'
    }
}

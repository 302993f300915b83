param([string] $Manifest, $Emulator)

Describe 'Invoke-CBorgRestMethod' {
    BeforeEach {
        Reset-Emulator
    }

    It 'gives objects' {
        (Invoke-CBorgRestMethod /models).data.id | Should -Contain 'lbl/cborg-chat'
    }

    It 'posts a hashtable' {
        (Invoke-CBorgRestMethod /utils/token_counter -Body @{ model = 'gpt-4o'; prompt = 'Hello there' }).total_tokens | Should -BeGreaterThan 0
    }

    It 'gives text that is no JSON as text' {
        Invoke-CBorgRestMethod /health/liveliness | Should -Match 'alive'
    }

    It 'gives the reply itself with -Raw' {
        $reply = Invoke-CBorgRestMethod /v1/models -Raw
        $reply.StatusCode | Should -Be 200
        $reply.ContentType | Should -Match 'json'
        ($reply.Body | ConvertFrom-Json).data.Count | Should -BeGreaterThan 0
    }

    It 'has the same errors as the other cmdlets' {
        Invoke-CBorgRestMethod /nowhere -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.FullyQualifiedErrorId | Should -BeLike 'NotFound,*'
    }

    It 'has the same patience as the other cmdlets' {
        Add-Fault 'status:503:retry-after-ms=10' -For @{ path = 'models' }
        (Invoke-CBorgRestMethod /models -Raw).Attempts | Should -Be 2
    }

    It 'does not take the key to another host' {
        Invoke-CBorgRestMethod https://example.org/models -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.FullyQualifiedErrorId | Should -BeLike 'BadRequest,*'
        Get-Ledger models | Should -BeNullOrEmpty
    }
}

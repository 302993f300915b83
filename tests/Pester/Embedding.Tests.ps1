param([string] $Manifest, $Emulator)

Describe 'New-CBorgEmbedding' {
    BeforeEach {
        Reset-Emulator
    }

    It 'makes a vector of each text, in order, in one request' {
        $embeddings = 'Apple', 'Bread', 'Orange' | New-CBorgEmbedding
        $embeddings.Text | Should -Be 'Apple', 'Bread', 'Orange'
        $embeddings.Dimension | Select-Object -Unique | Should -Be 768
        $embeddings[0].Vector.Count | Should -Be 768
        @(Get-Ledger embeddings).Count | Should -Be 1
    }

    It 'sends a document as a list even when it is one, and a query as a bare text' {
        $null = New-CBorgEmbedding Apple
        $null = New-CBorgEmbedding -Query Apple
        $inputs = Get-Ledger embeddings | ForEach-Object { ($_.body | ConvertFrom-Json -NoEnumerate).input.GetType().Name }
        $inputs | Should -Be 'Object[]', 'String'
    }

    It 'takes texts from a column' {
        ('Id,Text', '1,Apple', '2,Bread' | ConvertFrom-Csv | New-CBorgEmbedding).Text | Should -Be 'Apple', 'Bread'
    }

    It 'keeps the order of many' {
        $texts = 1..600 | ForEach-Object { "text $_" }
        ($texts | New-CBorgEmbedding).Text | Should -Be $texts
    }

    It 'has the length of its model' {
        (New-CBorgEmbedding Apple -Model lbl/nomic-embed-code).Dimension | Should -Be 3584
        (New-CBorgEmbedding Apple -Model text-embedding-3-small -Dimensions 256).Dimension | Should -Be 256
    }

    It 'fails with the model that it does not know' {
        New-CBorgEmbedding Apple -Model nosuch -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.FullyQualifiedErrorId | Should -BeLike 'ModelNotFound,*'
    }
}

Describe 'Compare-CBorgEmbedding' {
    BeforeAll {
        Reset-Emulator
        $fruit = New-CBorgEmbedding Apple, Bread, Orange
    }

    It 'finds a text most like itself' {
        $same = $fruit[0] | Compare-CBorgEmbedding $fruit[0]
        $same.Similarity | Should -BeGreaterThan 0.99999
        $same.Similarity | Should -BeLessThan 1.00001
    }

    It 'finds Orange nearer to Apple than Bread' {
        ($fruit | Compare-CBorgEmbedding $fruit[0] -Top 3).Text | Should -Be 'Apple', 'Orange', 'Bread'
    }

    It 'keeps the order without -Top, and cuts with it' {
        ($fruit | Compare-CBorgEmbedding $fruit[1]).Text | Should -Be 'Apple', 'Bread', 'Orange'
        @($fruit | Compare-CBorgEmbedding $fruit[1] -Top 1).Text | Should -Be 'Bread'
    }

    It 'refuses to mix models, and goes on' {
        $other = New-CBorgEmbedding Apple -Model lbl/nomic-embed-code
        $matches = $other, $fruit[2] | Compare-CBorgEmbedding $fruit[0] -ErrorAction SilentlyContinue -ErrorVariable problem
        $matches.Text | Should -Be 'Orange'
        $problem.FullyQualifiedErrorId | Should -BeLike 'BadRequest,*'
    }
}

# The emulator's control address, for the tests.
param($Emulator)

$control = $Emulator.ControlUri

# Runs this same PowerShell once more. As a .NET tool it has no program of its own.
function Invoke-SamePowerShell {
    $program = Get-Item "$PSHOME/pwsh", "$PSHOME/pwsh.exe" -ErrorAction Ignore | Select-Object -First 1
    if ($program) { & $program -NoLogo -NoProfile -NonInteractive @args } else { & dotnet "$PSHOME/pwsh.dll" -NoLogo -NoProfile -NonInteractive @args }
}

# Forgets ledger, faults, spend and caches, and connects this runspace with a key by what it is good for.
function Reset-Emulator([string] $Key = 'personal') {
    $null = Invoke-RestMethod "$control/reset" -Method Post
    Connect-CBorg -BaseUri $Emulator.BaseUri -ApiKey $Emulator.Keys[$Key]
}

# What happens to the next requests, one script each.
function Add-Fault([string[]] $Script, [hashtable] $For = @{ path = 'chat/completions' }) {
    $faults = @($Script | ForEach-Object { $For + @{ script = $_ } })
    $null = Invoke-RestMethod "$control/faults" -Method Post -ContentType application/json -Body (ConvertTo-Json $faults)
}

# The requests that were received, oldest first.
function Get-Ledger([string] $Path = 'chat/completions') {
    Invoke-RestMethod "$control/ledger?path=$Path&body=true" | ForEach-Object { $_ }
}

# The text of the last user's message of each chat that was received.
function Get-SentPrompt {
    Get-Ledger | ForEach-Object { ($_.body | ConvertFrom-Json).messages[-1].content }
}

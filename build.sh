#!/usr/bin/env bash
# One word, one task: ./build.sh demo | test | build | bench | pack [--no-emulator] | clean. Needs the .NET SDK; PowerShell 7.4 or later makes all of it run.
set -euo pipefail
cd "$(dirname "$0")"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

if ! command -v dotnet >/dev/null; then
  echo "The .NET SDK 10 is needed: https://dot.net" >&2
  exit 1
fi

# PowerShell as a .NET tool, for machines that have none, and the formatter.
dotnet tool restore -v quiet >/dev/null || echo "The .NET tools of .config/dotnet-tools.json cannot be restored; a PowerShell 7 on PATH is needed for tests and demo." >&2
exec dotnet run --project tools/CBorg.Build -c Release -v quiet -- "${1:-build}" "${@:2}"

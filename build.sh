#!/usr/bin/env bash
# One word, one task: ./build.sh demo | test | build | bench | pack [--no-emulator] | clean. Needs the .NET SDK; PowerShell 7.4 or later makes all of it run.
set -euo pipefail
cd "$(dirname "$0")"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

if ! command -v dotnet >/dev/null; then
  echo "The .NET SDK 10 is needed: https://dot.net" >&2
  exit 1
fi

if [ -z "${CBORG_PWSH:-}" ] && ! command -v pwsh >/dev/null; then
  tools=artifacts/pwsh
  if [ ! -x "$tools/pwsh" ] && ! dotnet tool install PowerShell --tool-path "$tools" >/dev/null 2>&1; then
    echo "No PowerShell 7 on PATH, and the .NET tool 'PowerShell' cannot be had here: what needs an engine is skipped."
  fi
  [ -x "$tools/pwsh" ] && export CBORG_PWSH="$PWD/$tools/pwsh"
fi

exec dotnet run --project tools/CBorg.Build -c Release -v quiet -- "${1:-build}" "${@:2}"

#!/bin/bash
# Runs every command of docs/test-your-client.md, in the order in which they stand there.
# Usage: newcomer_test.sh OCOKIT SOURCE_FOLDER
set -euo pipefail
unset OCOKIT_SECRET OCOKIT_CONTROL_TOKEN
ocokit=$(realpath "$1") source=$2
dir=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$dir"' EXIT
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')

# What a newcomer has after the first step, where the commands expect it.
mkdir -p "$dir/build/release/bin"
ln -s "$ocokit" "$dir/build/release/bin/ocokit"
ln -s "$source/conformance" "$dir/conformance"
cd "$dir"

# The program is built already; the port may be in use by a newcomer of this machine.
awk '/^```sh$/ { code = 1; next } /^```$/ { code = 0 } code' "$source/docs/test-your-client.md" |
  sed -e '/^\.\/dev build ocokit$/d' -e "s/127\.0\.0\.1:8787/127.0.0.1:$port/" \
    -e '/^ocokit serve .*&$/a for i in $(seq 200); do ocokit ctl health --url $URL >health.txt 2>\&1 \&\& break; sleep 0.05; done' \
    >commands.sh
[ "$(grep -c '^ocokit ' commands.sh)" -ge 8 ] || { echo "the page has too few commands"; exit 1; }
bash -ec "trap 'kill \$(jobs -p) 2>/dev/null || true' EXIT; $(cat commands.sh)" >output.txt 2>&1 || { cat output.txt; exit 1; }

for text in 'wb' 'as expected'; do
  grep -q "$text" output.txt || { echo "no \"$text\" in:"; cat output.txt; exit 1; }
done
for file in observed.html report.html report.json report.xml known-failing.txt; do
  [ -e "$file" ] || { echo "the commands have not written $file"; cat output.txt; exit 1; }
done

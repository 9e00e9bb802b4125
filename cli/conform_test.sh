#!/bin/bash
# `ocokit conform`: choosing cases, exit codes, reports, what is known to fail, real venues.
# Usage: conform_test.sh OCOKIT SOURCE_FOLDER
set -eu
unset OCOKIT_SECRET OCOKIT_CONTROL_TOKEN
ocokit=$1 source=$2
. "$(dirname "$0")/test_functions.sh"
broken=$source/conformance/broken
proxy=
trap 'kill $pid $proxy 2>/dev/null || true; rm -rf "$dir"' EXIT

check 'a venue is needed' 2 '--venue is required' conform server --url http://127.0.0.1:1
check 'a URL is needed' 2 '--url is required' conform server --venue bingx
check 'a URL that is none' 2 'must be like http://HOST' conform server --venue bingx --url 127.0.0.1
check 'nobody listens' 3 'no connection to http://127.0.0.1:1' \
  conform server --venue bingx --url http://127.0.0.1:1
check 'an adapter is needed' 2 'its command goes after --' conform client
check 'no such adapter' 3 'cannot start ocokit-none' conform client --venue bingx -- ocokit-none
check 'an account is needed' 2 '--account is required' conform observe
check 'a case that is not there' 2 'no case fits wb-auht-*' \
  conform server --venue whitebit --list --run 'wb-auht-*'
check 'a name like a loopback address' 2 '--secret-file or OCOKIT_SECRET is required' \
  conform server --venue bingx --url http://127.venue.example
check 'a secret for a real venue' 2 '--secret-file or OCOKIT_SECRET is required' \
  conform server --live --venue whitebit --url https://whitebit.invalid
check 'a real venue without --live' 2 '--live' \
  conform server --venue whitebit --url https://whitebit.com --secret x
check 'a secret twice' 2 'excludes' \
  conform server --venue bingx --url http://127.0.0.1:1 --secret a --secret-file b
check 'a report that is none' 2 'it is no report of `ocokit conform`' \
  conform report "$source/fixtures/decimal/decimal.json" --html "$dir/page.html"
check 'a report that is not there' 3 'cannot read' conform report "$dir/none.json" --html "$dir/page.html"

# --list: by venue, subject, pattern, level, and what can be sent to a real venue.
check 'listing' 0 'wb-auth-010' conform server --venue whitebit --list
! grep -q 'bx-' "$dir/got" || { echo 'the other venue is listed'; exit 1; }
check 'listing clients' 0 'wbc-' conform client --list
check 'one section' 0 'wb-auth-010' conform server --venue whitebit --list --run authentication
! grep -q 'wb-life' "$dir/got" || { echo 'another section is listed'; exit 1; }
check 'without shoulds' 0 '' conform server --venue whitebit --list --level must
! grep -q ' should ' "$dir/got" || { echo 'a should is listed'; exit 1; }
check 'a case of the other venue' 2 'fits only cases of another' conform server --venue bingx --list --run wb-auth-010
check 'a trace of several' 2 'must be the id of one case' conform client --list --trace 'wbc-*'
check 'a trace and a choice' 2 'excludes' conform client --list --trace wbc-sign-010 --run 'wbc-*'
check 'nothing left' 2 'no case is left' conform client --list --skip '*'
check 'harmless ones' 0 '(harmless)' conform server --live --venue bingx --list
[ "$(grep -c '^  bx-' "$dir/got")" -eq "$(grep -c '(harmless)' "$dir/got")" ] ||
  { echo 'a case that is not harmless is listed'; exit 1; }

start --quiet
server() { check "$1" "$2" "$3" conform server --venue whitebit --url "$url" "${@:4}"; }

# Our own server, and all reports of it.
server 'our own server' 0 ': as expected' --run 'wb-auth-*' --junit "$dir/r.xml" --json "$dir/r.json" \
  --html "$dir/r.html" --name 'our own'
grep -q '<testsuites name="our own"' "$dir/r.xml"
grep -q '"subject": "our own"' "$dir/r.json"
grep -q '<!doctype html>' "$dir/r.html"
python3 - "$dir/r.xml" <<'PY'
import sys, xml.etree.ElementTree as tree
root = tree.parse(sys.argv[1]).getroot()
assert root.get("failures") == "0" and int(root.get("tests")) == len(root.findall(".//testcase")) > 3
PY
check 'side by side' 0 '' conform report "$dir/r.json" "$dir/r.json" --html "$dir/page.html"
server 'a trace' 0 '> POST /api/v4' --trace wb-auth-010
grep -q '^-- pass$' "$dir/got"
! grep -q 'test-secret' "$dir/got" || { echo 'a secret in the trace'; exit 1; }
# Without the control API: the key that is given, and what needs an account is skipped.
server 'without a control API' 0 'skipped' --control none
server 'placing without a control API' 0 '1 pass' --control none --run wb-life-010
check 'it is cancelled again' 0 '"pairs":[],"orders":[]' ctl orders whitebit-1 --open --url "$url"
check 'no orders at a real venue' 2 'excludes' \
  conform server --live --may-order --venue whitebit --url "$url"
server 'a wrong secret' 3 'does not answer a right call' --control none --secret wrong --run wb-auth-010

stop

# Which dialect a venue speaks, with no order.
for dialect in docs live; do
  for venue in bingx whitebit; do
    start --quiet --dialect "$venue=$dialect"
    # BingX's limits are kept, and take their time: two of its cases tell.
    cases=
    [ "$venue" = whitebit ] || cases='--run bx-auth-120 --run bx-time-010'
    check "which dialect $venue speaks" 0 "The server speaks the dialect $dialect" \
      conform server --live --venue "$venue" --url "$url" --stream-url "$url" $cases
    check 'no order came of it' 0 '"pairs":[],"orders":[]' ctl orders "$venue-1" --url "$url"
    stop
  done
done
# A broken server: caught, told, and known.
start --quiet
python3 "$broken/server.py" accepts-any-signature --upstream "$url" --listen 127.0.0.1:0 >"$dir/proxy" &
proxy=$!
tries=0
until [ -s "$dir/proxy" ]; do
  tries=$((tries + 1))
  [ "$tries" -le 200 ] || { echo 'the broken server did not become ready'; exit 1; }
  sleep 0.05
done
broken_url=$(sed 's/.*"url": *"\([^"]*\)".*/\1/' "$dir/proxy")
broken_server() { check "$1" "$2" "$3" conform server --venue whitebit --url "$broken_url" "${@:4}"; }
broken_server 'a broken server' 1 'FAIL wb-auth-020' --run 'wb-auth-*'
for text in 'why ' 'sent' 'got' 'wanted' 'MUST: ' '  see' \
  "ocokit conform server --venue whitebit --url $broken_url --dialect docs --seed 1 --run wb-auth-020"; do
  grep -qF "$text" "$dir/got" || { echo "a failure does not say \"$text\":"; cat "$dir/got"; exit 1; }
done
grep '^FAIL' "$dir/got" | sed 's/^FAIL \([^:]*\):.*/\1/' >"$dir/known"
broken_server 'what is known to fail' 0 'known to fail' --run 'wb-auth-*' --known-failing "$dir/known"
echo 'wb-auth-010 # passes' >>"$dir/known"
broken_server 'what was known and passes' 1 'it was known to fail' --run 'wb-auth-*' \
  --known-failing "$dir/known"
echo 'wb-none-010' >>"$dir/known"
broken_server 'an unknown case that is known' 2 'no case fits wb-none-010' --known-failing "$dir/known"
kill "$proxy"
wait "$proxy" || true
proxy=

# What a client has sent, without an adapter.
check 'nothing sent yet' 3 '' conform observe --url "$url" --account whitebit-1
"$ocokit" order whitebit place --url "$url" --market BTC_USDT --side buy --amount 0.001 --price 40000 \
  --activation-price 41000 --stop-limit-price 42000 >/dev/null
check 'a right client' 0 'pass' conform observe --url "$url" --account whitebit-1
check 'no such account' 2 'whitebit-9' conform observe --url "$url" --account whitebit-9
stop

#!/bin/sh
# `ocokit load` against `ocokit serve`: figures, books, faults, a stopped server, comparisons, refusals.
# Usage: load_test.sh OCOKIT SOURCE_DIR
set -eu
unset OCOKIT_SECRET OCOKIT_CONTROL_TOKEN
ocokit=$1 source=$2
. "$(dirname "$0")/test_functions.sh"

# json PATH: the member of $dir/report.json, as Python writes it: counts.sent.
json() {
  python3 -c '
import json, sys
value = json.load(open(sys.argv[1]))
for name in sys.argv[2].split("."):
    value = value[name]
print(value)' "$dir/report.json" "$1"
}
# is PATH VALUE: the member is that.
is() {
  [ "$(json "$1")" = "$2" ] || { echo "$1 is $(json "$1"), not $2"; cat "$dir/got"; exit 1; }
}

start --quiet
for venue in bingx whitebit; do
  check "$venue" 0 'books: agree' load --venue "$venue" --url "$url" --rate 200 --duration 2s \
    --warmup 500ms --connections 4 --mix place=2,cancel=2,list=1 \
    --json "$dir/report.json" --html "$dir/page.html"
  is counts.intended 400
  is counts.accepted 400
  is counts.warmup_requests 100
  is counts.written 500
  is books.agree True
  is books.journal 500
  is latency_ns.count 400
  # Not of requests where the load was interrupted between writing and looking at the clock.
  [ "$(json phases_ns.server.count)" -gt 380 ] || { echo 'no time of the server'; exit 1; }
  is errors '[]'
  grep -q 'latency by percentile' "$dir/page.html"
done
# WebSockets that listen hear of all that is done: 100 commands, each account's by 4 of 8.
for venue in bingx whitebit; do
  check "streams, $venue" 0 'lost connections 0, missing frames 0' load \
    --venue "$venue" --url "$url" --rate 100 --duration 1s --warmup 200ms --connections 2 --streams 8 \
    --json "$dir/report.json"
  is streams.subscribers 8
  is streams.missing 0
  is streams.delay_ns.count 400
  is books.agree True
done
check 'streams with a path' 2 'needs a --url without a path' load --venue bingx --url "$url/path" --streams 1
check 'poisson, threads, shared accounts' 0 'books: agree' load --venue whitebit --url "$url" \
  --rate 300 --duration 1s --warmup 0s --connections 4 --threads 2 --accounts 2 --arrivals poisson
check 'faults' 0 'books: agree' load --venue bingx --url "$url" --rate 300 --duration 2s \
  --warmup 500ms --connections 4 --json "$dir/report.json" \
  --faults lost_reply=0.03,delay=0.05,reset=0.03,status=0.03,close_early=0.03,empty=0.03
is counts.intended 600
for kind in transport reply; do
  [ "$(json counts.$kind)" -gt 0 ] || { echo "no $kind errors"; cat "$dir/got"; exit 1; }
done
# Nothing is left of its accounts.
"$ocokit" ctl accounts --url "$url" >"$dir/accounts"
! grep -q '"name":"load"' "$dir/accounts" || { echo 'accounts are left'; exit 1; }
stop

# A server that stands still is seen by all that it kept waiting: at 200 a second, a stop of 400 ms
# by about 80 of 600 requests.
start --quiet
"$ocokit" load --venue bingx --url "$url" --rate 200 --duration 3s --warmup 500ms --connections 4 \
  --json "$dir/report.json" >"$dir/got" 2>&1 &
load=$!
# Not before its connections are open and its requests flow.
tries=0
until "$ocokit" ctl metrics --url "$url" 2>/dev/null | grep -q '^ocokit_requests_total.*[0-9]\{3\}$'; do
  tries=$((tries + 1))
  [ "$tries" -le 200 ] || { echo 'no load came'; exit 1; }
  sleep 0.05
done
kill -STOP "$pid"
stopped=$(date +%s%N)
sleep 0.4
stopped=$(($(date +%s%N) - stopped))
kill -CONT "$pid"
wait "$load" || { echo "load: status $?"; cat "$dir/got"; exit 1; }
grep -q 'books: agree' "$dir/got" || { cat "$dir/got"; exit 1; }
is counts.intended 600
is counts.accepted 600
# However long that was here: the first that waited was meant to leave at most 5 ms after the stop,
# and the sixth, of which p99 of 600 is, 30 ms after it.
waited() {
  [ "$(json "$1")" -ge "$2" ] || { echo "$1: $(json "$1"), not $2"; cat "$dir/got"; exit 1; }
}
waited latency_ns.max $((stopped - 20000000))
waited latency_ns.p99 $((stopped - 100000000))

# Ctrl-C ends early, with what was done.
"$ocokit" load --venue bingx --url "$url" --rate 200 --duration 60s --warmup 0s \
  --json "$dir/report.json" >"$dir/got" 2>&1 &
load=$!
open_pairs() { "$ocokit" ctl metrics --url "$url" | sed -n 's/^ocokit_open_pairs{venue="bingx"} //p'; }
tries=0
until [ "$(open_pairs)" -gt 0 ]; do
  tries=$((tries + 1))
  [ "$tries" -le 400 ] || { echo 'no load came'; exit 1; }
done
kill -INT "$load"
wait "$load" || { echo "interrupted load: status $?"; cat "$dir/got"; exit 1; }
grep -q 'books: agree' "$dir/got" || { cat "$dir/got"; exit 1; }
[ "$(json counts.intended)" -lt 12000 ] || { echo 'it did not end early'; exit 1; }
is counts.unanswered 0

# A key of one's own: no accounts, no books, and refusals by their code.
check 'own key' 0 'refused' load --venue bingx --url "$url" --key test-key --rate 100 \
  --duration 1s --warmup 0s --connections 2 --json "$dir/report.json"
is books None
grep -q 'refused    code 100410 ' "$dir/got" || { echo 'no refusals by the limit'; cat "$dir/got"; exit 1; }
stop

# Where nothing is accepted there is nothing to be glad of, though the books agree.
start --quiet
check 'nothing accepted' 1 'warning: no request was accepted' load --venue bingx --url "$url" \
  --rate 100 --duration 500ms --warmup 0s --connections 2 --faults status=1
grep -q 'warning: 100 % of the requests failed' "$dir/got" || { cat "$dir/got"; exit 1; }
grep -q 'books: agree' "$dir/got" || { cat "$dir/got"; exit 1; }
# Each thread and connection needs descriptors.
(ulimit -n 60; check 'few descriptors' 3 'has 60: raise ulimit -n' load --venue bingx --url "$url" \
  --connections 60)
# An earlier report stays until there is a new one, and its place keeps its rights.
echo old >"$dir/kept.json"
chmod 600 "$dir/kept.json"
ln -s kept.json "$dir/link.json"
check 'report kept' 3 '' load --venue bingx --url http://127.0.0.1:1 --json "$dir/kept.json"
[ "$(cat "$dir/kept.json")" = old ] || { echo 'the earlier report is gone'; exit 1; }
check 'report replaced' 0 '' load --venue bingx --url "$url" --rate 100 --duration 200ms --warmup 0s \
  --connections 2 --json "$dir/link.json" --html /dev/null
grep -q '"schema":1' "$dir/kept.json" && [ -L "$dir/link.json" ] || { echo 'no new report'; exit 1; }
[ "$(stat -c %a "$dir/kept.json")" = 600 ] || { echo 'other rights'; exit 1; }
[ -c /dev/null ] || { echo '/dev/null was replaced'; exit 1; }
[ -z "$(find "$dir" -name '*.part')" ] || { echo 'a part is left'; exit 1; }
check 'one file twice' 2 'must be different files' load --venue bingx --url "$url" \
  --json "$dir/kept.json" --html "$dir/./link.json"
stop

# A server that accepts and closes at once is not asked thousands of times a second.
python3 - "$dir/port" <<'PY' &
import os, socket, sys
server = socket.create_server(("127.0.0.1", 0))
server.settimeout(10)
with open(sys.argv[1] + ".part", "w") as file:
    file.write(str(server.getsockname()[1]))
os.rename(sys.argv[1] + ".part", sys.argv[1])
# The two that the load begins with stay until it sends; it ends two seconds after the last one.
held = [server.accept()[0] for _ in range(2)]
held[0].settimeout(10)
held[0].recv(1)
for connection in held:
    connection.close()
count = 0
server.settimeout(2)
try:
    while True:
        server.accept()[0].close()
        count += 1
except TimeoutError:
    pass
with open(sys.argv[1] + ".count", "w") as file:
    file.write(str(count))
PY
closing=$!
tries=0
while [ ! -e "$dir/port" ]; do
  tries=$((tries + 1))
  [ "$tries" -le 200 ] || { echo 'no closing server'; exit 1; }
  sleep 0.05
done
check 'closes at once' 1 'no request was accepted' load --venue bingx \
  --url "http://127.0.0.1:$(cat "$dir/port")" --key test-key --rate 200 --duration 2s --warmup 0s \
  --drain 0s --connections 2
wait "$closing"
# Pauses of 10, 20, 40 ... ms make seven or eight each in two seconds, or fewer on a slow machine.
[ "$(cat "$dir/port.count")" -le 30 ] || { echo "$(cat "$dir/port.count") connections"; exit 1; }

# A server that goes away: what has no answer then is counted, and so it stays to the end.
start --quiet
"$ocokit" load --venue whitebit --url "$url" --rate 200 --duration 2s --warmup 0s --drain 200ms \
  --json "$dir/report.json" >"$dir/got" 2>&1 &
load=$!
tries=0
until "$ocokit" ctl metrics --url "$url" | grep -q '^ocokit_requests_total.*[0-9]\{2\}$'; do
  tries=$((tries + 1))
  [ "$tries" -le 200 ] || { echo 'no load came'; exit 1; }
done
stop
status=0
wait "$load" || status=$?
[ "$status" -eq 1 ] || { echo "server gone: status $status"; cat "$dir/got"; exit 1; }
grep -q 'books: differ' "$dir/got" || { cat "$dir/got"; exit 1; }
is counts.intended 400
[ "$(json counts.unanswered)" -gt 0 ] || { echo 'all were answered'; exit 1; }

# Comparisons: with itself, with one that is half as fast again, with one of another rate.
python3 - "$dir/report.json" "$dir" <<'PY'
import copy, json, sys
report = json.load(open(sys.argv[1]))
report["measured_ns"] = 20 * 10**9
report["seconds"] = [{"second": i, "sent": 100, "answered": 100, "errors": 0, "p50": 100000 + i,
                      "p99": 200000, "max": 300000} for i in range(20)]
report["latency_ns"]["p50"] = 100000
json.dump(report, open(sys.argv[2] + "/before.json", "w"))
slower = copy.deepcopy(report)
slower["latency_ns"]["p50"] *= 1.5
for row in slower["seconds"]:
    row["p50"] *= 1.5
json.dump(slower, open(sys.argv[2] + "/after.json", "w"))
fails = copy.deepcopy(report)
fails["counts"]["transport"] += fails["counts"]["intended"] // 2
json.dump(fails, open(sys.argv[2] + "/fails.json", "w"))
short = copy.deepcopy(report)
short["measured_ns"] = 3 * 10**9
short["seconds"] = short["seconds"][:3]
json.dump(short, open(sys.argv[2] + "/short.json", "w"))
report["asked"]["rate"] = 7
json.dump(report, open(sys.argv[2] + "/other.json", "w"))
PY
check 'with itself' 0 'no regression' load --compare "$dir/before.json" "$dir/before.json"
check 'slower' 1 'regression' load --compare "$dir/before.json" "$dir/after.json"
check 'tolerated' 0 'no regression' load --compare "$dir/before.json" "$dir/after.json" \
  --tolerance 0.6
check 'faster' 0 'no regression' load --compare "$dir/after.json" "$dir/before.json"
check 'another rate' 2 'the reports differ in rate' load --compare "$dir/before.json" "$dir/other.json"
check 'fails more' 1 'regression: failures grew' load --compare "$dir/before.json" "$dir/fails.json"
check 'too short' 2 'cannot tell: 20 and 3 seconds' load --compare "$dir/before.json" "$dir/short.json"
check 'no number' 2 '--tolerance must be a number' load --compare "$dir/before.json" \
  "$dir/before.json" --tolerance nan
check 'compare and load' 2 'excludes' load --compare "$dir/before.json" "$dir/after.json" \
  --json "$dir/both.json"
check 'no report' 2 'no report of' load --compare "$dir/before.json" "$source/README.md"
check 'no file' 3 'cannot read the report' load --compare "$dir/before.json" "$dir/none.json"

# What is refused, and what would be right.
check 'a name like an address' 2 'neither a loopback address' load --venue bingx \
  --url http://127.venue.example:8787
check 'not loopback' 2 '--i-own-this-server' load --venue bingx --url http://192.0.2.1:8787
check 'no venue' 2 '--venue is required' load
check 'bad venue' 2 'venue' load --venue binance
check 'bad mix' 2 'must name place, cancel or list' load --venue bingx --mix amend=1
check 'bad duration' 2 'must be like 30s, 500ms or 2m' load --venue bingx --duration 30
check 'bad warm-up' 2 '--warmup must be like' load --venue bingx --warmup soon
check 'bad fault' 2 'must name a fault of' load --venue bingx --faults explode=0.1
for rate in 0 0.000000001 -1 nan inf 1e9; do
  check "rate $rate" 2 '--rate must be from 0.01 to 10000000' load --venue bingx --rate "$rate"
done
check 'accounts elsewhere' 2 '--accounts is for' load --venue bingx --key k --accounts 2
check 'faults elsewhere' 2 'own accounts' load --venue bingx --key k --faults reset=0.1
check 'secret without key' 2 '--secret-file needs --key' load --venue bingx --secret-file none
check 'nothing beside' 2 '--tolerance must be' load --compare "$dir/before.json" "$dir/before.json" \
  --tolerance -1
check 'tolerance alone' 2 'compare' load --venue bingx --tolerance 0.1
check 'bad url' 2 'http://127.0.0.1:8787' load --venue bingx --url nowhere
check 'no server' 3 '' load --venue bingx --url http://127.0.0.1:1
check 'no such folder' 3 'cannot write' load --venue bingx --json "$dir/none/report.json"

# In TLS, with a token.
start --quiet --tls-listen 127.0.0.1:0 --control-token secret-token
tls_url=$(sed 's/.*"\(https:[^"]*\)".*/\1/' "$dir/ready")
certificate=$(sed 's/.*"tls_certificate":"\([^"]*\)".*/\1/' "$dir/ready")
check 'no token' 2 '401' load --venue bingx --url "$url" --duration 1s
check 'tls' 0 'books: agree' load --venue whitebit --url "$tls_url" --ca-file "$certificate" \
  --control-token secret-token --rate 200 --duration 1s --warmup 500ms --connections 4 \
  --faults reset=0.05
check 'streams in tls' 0 'lost connections 0, missing frames 0' load --venue bingx --url "$tls_url" \
  --ca-file "$certificate" --control-token secret-token --rate 50 --duration 500ms --warmup 0s --streams 2
check 'no trust' 3 'certificate' load --venue whitebit --url "$tls_url" --control-token secret-token
stop
echo ok

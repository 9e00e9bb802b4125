#!/bin/sh
# `ocokit conform` that is ended early: its report, its status, and that nothing it started goes on.
# Usage: interrupt_test.sh OCOKIT SOURCE
set -eu
unset OCOKIT_SECRET OCOKIT_CONTROL_TOKEN
ocokit=$1 source=$2
. "$(dirname "$0")/test_functions.sh"

# How many cases there are.
all=$("$ocokit" conform client --venue bingx --list | sed -n 's/^\([0-9]*\) cases$/\1/p')

# An adapter that answers the first ping, starts something, and says nothing more.
cat >"$dir/adapter" <<'EOF'
read line
echo '{"id":0,"ok":{}}'
sleep 1000 &
echo "$$ $!" >"$1.part" && mv "$1.part" "$1"
while read line; do :; done
wait
EOF

# await FILE: until it is there.
await() {
  tries=0
  until [ -e "$1" ]; do
    tries=$((tries + 1))
    [ "$tries" -le 400 ] || { echo "$1 was not written"; cat "$dir/got"; exit 1; }
    sleep 0.05
  done
}
# gone PID...: they end within twenty seconds; a zombie has ended.
gone() {
  for one in "$@"; do
    tries=0
    while grep -q '^State:[[:space:]]*[^ZX]' "/proc/$one/status" 2>/dev/null; do
      tries=$((tries + 1))
      [ "$tries" -le 400 ] || { echo "process $one goes on:"; cat "/proc/$one/cmdline"; exit 1; }
      sleep 0.05
    done
  done
}
# run TIMEOUT: judges the adapter; sets $pid and, of what was started, $started.
run() {
  rm -f "$dir/pids" "$dir/report.xml" "$dir/report.json"
  # A shell lets what it starts beside itself ignore SIGINT.
  env --default-signal=INT "$ocokit" conform client --venue bingx --jobs 1 --timeout "$1" \
    --junit "$dir/report.xml" --json "$dir/report.json" -- \
    sh "$dir/adapter" "$dir/pids" >"$dir/got" 2>&1 &
  pid=$!
  await "$dir/pids"
  # The simulator and the adapter; whoever keeps them for the kit, too.
  started="$(cat "$dir/pids") $(cat /proc/$pid/task/*/children)"
}
# ended STATUS: waits for it, and that it has this status.
ended() {
  status=0
  wait "$pid" || status=$?
  pid=
  [ "$status" -eq "$1" ] || { echo "status $status, not $1"; cat "$dir/got"; exit 1; }
}
# reported: there is a report that can be read, and the program said that it was interrupted.
reported() {
  python3 - "$dir/report.xml" "$dir/report.json" "$all" <<'EOF'
import json, sys, xml.etree.ElementTree
suites = xml.etree.ElementTree.parse(sys.argv[1]).getroot()
report = json.load(open(sys.argv[2]))
cases = report["cases"]
assert len(cases) + report["not_run"] == int(sys.argv[3]) and report["not_run"] > 0, (len(cases), report["not_run"])
# Beside the cases one that says that some were not run.
assert int(suites.get("tests")) == len(cases) + 1 and int(suites.get("errors")) > 0, suites.attrib
EOF
  grep -q '^ocokit: interrupted by .* of '"$all cases" "$dir/got" || { cat "$dir/got"; exit 1; }
}

for signal in INT TERM HUP; do
  run 300
  kill -$signal "$pid"
  case $signal in INT) ended 130 ;; TERM) ended 143 ;; HUP) ended 129 ;; esac
  reported
  gone $started
done
# A case that takes longer is not waited for.
run 600000
kill -TERM "$pid"
ended 143
reported
gone $started
# Nothing can be written when it is killed, but nothing goes on.
run 600000
kill -KILL "$pid"
ended 137
gone $started
# nohup means what it says.
(trap '' HUP; run 600000; kill -HUP "$pid"; kill -TERM "$pid"; ended 143; gone $started)

# Who reads the report goes away: the files are written.
start --rate-limits off
server=$pid
mkfifo "$dir/pipe"
"$ocokit" conform server --venue bingx --url "$url" --run 'bx-auth-*' --junit "$dir/piped.xml" \
  >"$dir/pipe" 2>"$dir/got" &
pid=$!
exec 3<"$dir/pipe" 3<&-
ended 141
pid=$server
grep -q '<testsuites .*tests="2[0-9]"' "$dir/piped.xml"
grep -q 'standard output cannot be written' "$dir/got"
stop

# serve ends with whoever started it.
for how in --exit-with-parent --quiet; do
  rm -f "$dir/ready"
  sh -c '"$0" serve --listen 127.0.0.1:0 --ready-file "$1" "$2" >/dev/null & echo $! >"$1.pid"; wait' \
    "$ocokit" "$dir/ready" $how &
  pid=$!
  await_ready
  served=$(cat "$dir/ready.pid")
  kill -KILL "$pid"
  wait "$pid" 2>/dev/null || true
  pid=
  if [ $how = --exit-with-parent ]; then
    gone "$served"
  else
    "$ocokit" ctl health --url "$url" >"$dir/got"
    kill "$served"
    gone "$served"
  fi
done
# So do the servers of the helpers for tests.
cat >"$dir/held.py" <<'EOF'
import os, sys, time
sys.path.insert(0, sys.argv[1])
from ocokit_mock import Server
server = Server()
with open(sys.argv[2] + ".part", "w") as file:
    file.write(str(server._process.pid))
os.rename(sys.argv[2] + ".part", sys.argv[2])
while True:
    time.sleep(100)
EOF
cat >"$dir/held.mjs" <<'EOF'
import { renameSync, writeFileSync } from 'node:fs';
const { Server } = await import(process.argv[2] + '/ocokit_mock.mjs');
const server = await Server.start();
writeFileSync(process.argv[3] + '.part', String(server.child.pid));
renameSync(process.argv[3] + '.part', process.argv[3]);
EOF
export OCOKIT="$ocokit"
for language in python node; do
  rm -f "$dir/held"
  case $language in
    python) python3 "$dir/held.py" "$source/examples/python" "$dir/held" & ;;
    node) node "$dir/held.mjs" "$source/examples/node" "$dir/held" & ;;
  esac
  pid=$!
  await "$dir/held"
  kill -KILL "$pid"
  wait "$pid" 2>/dev/null || true
  pid=
  gone "$(cat "$dir/held")"
done
echo "interrupted"

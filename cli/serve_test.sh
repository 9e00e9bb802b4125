#!/bin/sh
# `ocokit serve` where standard error is read slowly, by nobody, or not there at all.
# Usage: serve_test.sh OCOKIT
set -eu
unset OCOKIT_SECRET OCOKIT_CONTROL_TOKEN
ocokit=$1
. "$(dirname "$0")/test_functions.sh"

# requests COUNT: sends so many, all of which must be answered.
requests() {
  answered=$(curl -sS --max-time 60 -o /dev/null -w '%{http_code}\n' "$url/api/v4/none?[1-$1]" |
    grep -c '^404$')
  [ "$answered" -eq "$1" ] || { echo "$answered of $1 requests were answered"; exit 1; }
}
# A pipe takes 64 KiB; this shell holds its reading end and reads nothing.
mkfifo "$dir/pipe"
hold() { exec 9<>"$dir/pipe"; }
# start_on_pipe: serves with the pipe as standard error.
start_on_pipe() {
  rm -f "$dir/ready"
  "$ocokit" serve --listen 127.0.0.1:0 --ready-file "$dir/ready" >/dev/null 2>"$dir/pipe" 9<&- &
  pid=$!
  await_ready
}

hold
start_on_pipe
requests 2000
stop

# More than are kept: what was dropped is told to whoever reads on.
start_on_pipe
requests 12000
cat <&9 9<&- >"$dir/read" &
reader=$!
tries=0
until grep -q '"dropped":[0-9]' "$dir/read"; do
  tries=$((tries + 1))
  [ "$tries" -le 200 ] || { echo 'nothing says that lines were dropped'; kill "$reader"; exit 1; }
  requests 1
  sleep 0.05
done
kill "$reader"
wait "$reader" || true

# The reader goes away, the server stays.
exec 9<&-
requests 10
stop

# Started without standard streams, whose numbers the listener must not get.
rm -f "$dir/ready"
"$ocokit" serve --listen 127.0.0.1:0 --ready-file "$dir/ready" <&- >&- 2>&- &
pid=$!
await_ready
requests 10
stop
echo ok

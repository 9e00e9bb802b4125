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
until grep -qs '"dropped":[0-9]' "$dir/read"; do
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
# The ready line goes into what is no ordinary file, which stays what it is.
mkfifo "$dir/line"
"$ocokit" serve --listen 127.0.0.1:0 --ready-file "$dir/line" --quiet >"$dir/out" 2>"$dir/log" &
pid=$!
head -n 1 "$dir/line" >"$dir/ready"
await_ready
requests 1
[ -p "$dir/line" ] || { echo 'the FIFO was replaced'; exit 1; }
stop
ln -s "$dir/target" "$dir/link"
echo old >"$dir/target"
"$ocokit" serve --listen 127.0.0.1:0 --ready-file "$dir/link" --quiet >"$dir/out" 2>"$dir/log" &
pid=$!
logged_ready() {
  tries=0
  until grep -qs ready "$1"; do
    tries=$((tries + 1))
    [ "$tries" -le 200 ] || { echo "no ready line in $1"; cat "$dir/log"; exit 1; }
    sleep 0.05
  done
}
logged_ready "$dir/target"
[ -L "$dir/link" ] || { echo 'the link was replaced'; exit 1; }
stop
for device in /dev/null /dev/stderr; do
  rm -f "$dir/out"  # or the ready line of the one before is taken for this one's
  "$ocokit" serve --listen 127.0.0.1:0 --ready-file $device --quiet >"$dir/out" 2>"$dir/log" &
  pid=$!
  logged_ready "$dir/out"
  [ -c /dev/null ] || { echo '/dev/null was replaced'; exit 1; }
  stop
done
grep -q '"event":"ready"' "$dir/log" || { echo '/dev/stderr got no ready line'; exit 1; }
check 'full device' 3 'cannot write the ready file /dev/full' serve --listen 127.0.0.1:0 \
  --ready-file /dev/full
check 'FIFO that nobody reads' 3 'cannot write the ready file' serve --listen 127.0.0.1:0 \
  --ready-file "$dir/line"
check 'no path' 2 'must not be empty' serve --listen 127.0.0.1:0 --ready-file ''
# A file that cannot be written whole leaves nothing beside it. A limit on its size stands for a
# full disk.
mkdir "$dir/full"
status=0
(trap '' XFSZ; ulimit -f 0; "$ocokit" serve --listen 127.0.0.1:0 --quiet \
  --ready-file "$dir/full/ready" 2>&1) | grep -q 'cannot write the ready file' ||
  { echo 'a full disk is not reported'; exit 1; }
[ -z "$(ls -A "$dir/full")" ] || { echo 'left on a full disk:'; ls -A "$dir/full"; exit 1; }
# Standard output is full.
rm -f "$dir/ready"
"$ocokit" serve --listen 127.0.0.1:0 --quiet --ready-file "$dir/ready" >/dev/full 2>"$dir/log" &
pid=$!
await_ready
requests 1
logged 'standard output cannot be written'
kill -TERM "$pid"
wait "$pid" || true
pid=

# The certificate that is made up is in TMPDIR, and is gone at the end, however that is asked for.
mkdir "$dir/temporary" "$dir/working"
for signal in TERM HUP INT; do
  rm -f "$dir/ready"
  (cd "$dir/working" && TMPDIR="$dir/temporary" exec env --default-signal=INT "$ocokit" serve \
    --listen 127.0.0.1:0 --tls-listen 127.0.0.1:0 --quiet --ready-file "$dir/ready" \
    >"$dir/out" 2>"$dir/log") &
  pid=$!
  await_ready
  certificate=$(sed 's/.*"tls_certificate":"\([^"]*\)".*/\1/' "$dir/ready")
  grep -q 'BEGIN CERTIFICATE' "$certificate"
  case $certificate in "$dir/temporary"/*) ;; *) echo "it is in $certificate"; exit 1 ;; esac
  kill -$signal "$pid"
  wait "$pid"
  pid=
  [ ! -e "$certificate" ] || { echo "the certificate is left after $signal"; exit 1; }
done
(cd "$dir/working" && TMPDIR="$dir/none" check 'no folder for a certificate' 3 'TMPDIR must name one' \
  serve --listen 127.0.0.1:0 --tls-listen 127.0.0.1:0 --quiet)
[ -z "$(ls -A "$dir/working" "$dir/temporary" | grep -v ':$' | tr -d '\n')" ] ||
  { echo 'left:'; ls -A "$dir/working" "$dir/temporary"; exit 1; }
echo ok

#!/bin/sh
# What the program does with servers and files that have no end: it says so, in a bounded time and
# memory, and ends with the status that its help names. Usage: hostile_test.sh OCOKIT SOURCE
set -eu
unset OCOKIT_SECRET OCOKIT_CONTROL_TOKEN
ocokit=$1 source=$2
. "$(dirname "$0")/test_functions.sh"

# against MODE: a server of that mode; sets $url.
against() {
  rm -f "$dir/port"
  python3 "$source/cli/hostile_server.py" "$1" "$dir/port" &
  pid=$!
  tries=0
  while [ ! -e "$dir/port" ]; do
    tries=$((tries + 1))
    [ "$tries" -le 200 ] || { echo "the hostile server did not become ready"; exit 1; }
    sleep 0.05
  done
  url=http://127.0.0.1:$(cat "$dir/port")
}
gone() {
  kill "$pid" 2>/dev/null || true
  wait "$pid" 2>/dev/null || true
  pid=
}
# bounded NAME STATUS TEXT COMMAND...: as check, within $most seconds and with one line of error alone. Of
# address space it has 2 GB, unless a sanitizer needs more.
most=60
bounded() {
  name=$1
  if [ -z "${limit:-}" ]; then
    limit=unlimited
    (ulimit -v 2000000 && "$ocokit" --version >/dev/null 2>&1) && limit=2000000
  fi
  begun=$(date +%s)
  (ulimit -v "$limit"; check "$@")
  took=$(($(date +%s) - begun))
  [ "$took" -le "$most" ] || { echo "$name took $took s"; exit 1; }
  [ "$(grep -c '^ocokit: ' "$dir/got")" -eq 1 ] || { echo "$name: not one error:"; cat "$dir/got"; exit 1; }
}

for mode in status headers header interim extension extensions trailers; do
  against $mode
  bounded "ctl, $mode" 3 "no reply from $url: the reply has" ctl health --url "$url"
  case $mode in
    # Here a library of the client sees by itself that this is no reply.
    trailers) status=3 text='transport' ;;
    *) status=1 text='larger than max_response_bytes' ;;
  esac
  bounded "order, $mode" "$status" "$text" order bingx list --url "$url"
  bounded "conform, $mode" 3 'does not answer a right call' conform server --venue bingx \
    --control none --run bx-auth-010 --timeout 20000 --url "$url"
  gone
done
# These take hundreds of megabytes, which a slow machine needs its time for.
most=300
against body
bounded 'ctl, body' 3 'more than 256 MiB' ctl health --url "$url" --timeout 300000
gone
against line
bounded 'ctl --follow, a line' 3 'a line of more than 32 MiB' ctl journal bingx-1 --follow --url "$url"
gone
most=60
# A byte now and then begins no timeout anew.
against drip
bounded 'ctl, drip' 3 'no whole reply within 300 ms' ctl health --url "$url" --timeout 300
bounded 'conform, drip' 3 'no whole reply within 300 ms' conform server --venue bingx \
  --control none --run bx-auth-010 --timeout 300 --url "$url"
gone

# What a server says cannot command the terminal, nor look like another message.
tame() {
  name=$1
  shift
  python3 - "$ocokit" "$@" >"$dir/got" <<'EOF' || { echo "$name:"; od -c "$dir/got" | head -20; exit 1; }
import os, pty, sys
os.environ["NO_COLOR"] = "1"
parts = []
pty.spawn(sys.argv[1:], lambda fd: parts.append(os.read(fd, 65536)) or parts[-1])
# All of it is UTF-8. The line of progress is the program's own.
text = b"".join(parts).decode().replace("\r\x1b[K", "")
bad = [c for c in text if (ord(c) < 32 and c not in "\r\n\t") or 127 <= ord(c) < 160 or c == "\u202e"]
sys.exit(1 if bad or "\nocokit: forged" in text or "forged" not in text else 0)
EOF
}
against evil
tame 'ctl, refused' ctl health --url "$url"
tame 'order bingx, refused' order bingx list --url "$url"
tame 'order whitebit, refused' order whitebit list --url "$url"
tame 'order whitebit, refused, as JSON' order whitebit list --url "$url" --json
tame 'conform' conform server --venue whitebit --control none --run wb-auth-010 --url "$url"
gone
against evil-data
tame 'ctl, data' ctl metrics --url "$url"
"$ocokit" ctl metrics --url "$url" | od -An -tx1 | tr -d ' \n' | grep -q 'ff$' ||
  { echo 'data that are not for a terminal are changed'; exit 1; }
gone
evil=$(printf '\033[2J\302\2332J\342\200\256\nocokit: forged')
echo test-secret >"$dir/secret"
tame 'doctor' doctor --venue bingx --secret-file "$dir/secret" --curl "curl 'http://x/$evil' $evil"
tame 'usage' order bingx list "$evil"

# Files without an end, and FIFOs that nobody writes to.
mkfifo "$dir/fifo"
request='curl http://x/openApi/spot/v1/oco/order'
echo test-secret >"$dir/secret"
bounded 'endless token' 2 'more than 64 KiB' ctl health --url http://127.0.0.1:1 --token-file /dev/zero
bounded 'endless document' 3 'has more than 16777216 bytes' ctl add-account @/dev/zero
bounded 'endless secret' 2 'more than 64 KiB' order bingx list --secret-file /dev/zero
bounded 'endless secret of the doctor' 3 'has more than 65536 bytes' doctor --venue bingx \
  --secret-file /dev/zero --curl "$request"
bounded 'endless request' 3 'has more than 16777216 bytes' doctor --venue bingx \
  --secret-file "$dir/secret" --request /dev/zero
bounded 'endless curl' 3 'has more than 16777216 bytes' doctor --venue bingx \
  --secret-file "$dir/secret" --curl @/dev/zero
bounded 'endless HAR' 3 'has more than 268435456 bytes' doctor --venue bingx \
  --secret-file "$dir/secret" --har /dev/zero
bounded 'token of a FIFO' 2 'nobody writes to it' ctl health --token-file "$dir/fifo"
bounded 'secret of a FIFO' 2 'nobody writes to it' order bingx list --secret-file "$dir/fifo"
bounded 'request of a FIFO' 3 'nobody writes to it' doctor --venue bingx \
  --secret-file "$dir/secret" --request "$dir/fifo"
# One that somebody writes to, in pieces, is read whole.
{ printf 'test-to'; printf 'ken\n'; } >"$dir/fifo" &
check 'a FIFO with a writer' 3 'no connection' ctl health --url http://127.0.0.1:1 \
  --token-file "$dir/fifo"
wait
echo "bounded"

# What the tests of the command line share; sourced with $ocokit set. $dir is a folder of their own.
dir=$(mktemp -d)
pid=
trap '[ -z "$pid" ] || kill "$pid" 2>/dev/null || true; rm -rf "$dir"' EXIT

# start OPTION...: serves with these options; sets $pid and $url.
start() {
  rm -f "$dir/ready"
  "$ocokit" serve --listen 127.0.0.1:0 --ready-file "$dir/ready" "$@" >"$dir/out" 2>"$dir/log" &
  pid=$!
  await_ready
}

# await_ready: until the server that was just started has written $dir/ready; sets $url.
await_ready() {
  tries=0
  while [ ! -e "$dir/ready" ]; do
    tries=$((tries + 1))
    [ "$tries" -le 200 ] || { echo "serve did not become ready"; cat "$dir/log"; exit 1; }
    sleep 0.05
  done
  url=$(sed 's/.*"bingx_url":"\([^"]*\)".*/\1/' "$dir/ready")
}

# stop: ends it, which it does with status 0.
stop() {
  kill -TERM "$pid"
  wait "$pid"
  pid=
}
# check NAME STATUS TEXT COMMAND...: the command ends with STATUS and prints TEXT on either stream.
check() {
  name=$1 want=$2 text=$3
  shift 3
  status=0
  "$ocokit" "$@" >"$dir/got" 2>&1 || status=$?
  [ "$status" -eq "$want" ] || { echo "$name: status $status, not $want"; cat "$dir/got"; exit 1; }
  [ -z "$text" ] || grep -qF -- "$text" "$dir/got" || { echo "$name: no \"$text\" in:"; cat "$dir/got"; exit 1; }
}

# logged TEXT: the server's standard error comes to have a line that matches, within ten seconds: its
# lines are written beside the requests.
logged() {
  tries=0
  until grep -q -- "$1" "$dir/log"; do
    tries=$((tries + 1))
    [ "$tries" -le 200 ] || { echo "no line like $1 in:"; cat "$dir/log"; exit 1; }
    sleep 0.05
  done
}

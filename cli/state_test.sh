#!/bin/sh
# `ocokit serve --state`: accounts outlive their server.
# Usage: state_test.sh OCOKIT
set -eu
unset OCOKIT_SECRET OCOKIT_CONTROL_TOKEN
ocokit=$1
. "$(dirname "$0")/test_functions.sh"
state=$dir/state

start --state "$state" --quiet
check 'placed' 0 '' order whitebit place --url "$url" \
  --market BTC_USDT --side buy --amount 0.001 --price 40000 --activation-price 41000 \
  --stop-limit-price 42000 --client-order-id mine
check 'price' 0 '41500' ctl price bingx-1 BTC-USDT 41500 --url "$url"
# Made while it ran, it is there, too.
check 'added' 0 '"account":"bingx-2"' ctl add-account '{"venue":"bingx","key":"other"}' --url "$url"
check 'another server' 2 "another server uses the state file $state" \
  serve --listen 127.0.0.1:0 --state "$state"
stop
[ "$(stat -c %a "$state")" = 600 ] || { echo "the state file is for others, too"; exit 1; }

start --state "$state" --quiet
logged '3 accounts go on as they were'
check 'the pair is there' 0 '"client_id":"mine"' ctl orders whitebit-1 --open --url "$url"
check 'the price is there' 0 '41500' ctl price bingx-1 BTC-USDT --url "$url"
check 'the key is there' 0 '"key":"other"' ctl account bingx-2 --url "$url"
# An id is never given twice, nor is a pair's client id while that is open.
check 'the next id' 0 '"account":"bingx-3"' ctl add-account '{"venue":"bingx"}' --url "$url"
check 'the id is taken' 1 '36' order whitebit place --url "$url" \
  --market BTC_USDT --side buy --amount 0.001 --price 40000 \
  --activation-price 41000 --stop-limit-price 42000 --client-order-id mine
check 'filled' 0 '39000' ctl price whitebit-1 BTC_USDT 39000 --url "$url"
stop

# Kept while it runs, so that a server that is killed has lost little.
start --state "$state" --state-every 1 --quiet
check 'the fill is there' 0 '"filled"' ctl orders whitebit-1 --url "$url"
before=$(stat -c %i "$state")
check 'a price' 0 '12345' ctl price bingx-1 BTC-USDT 12345 --url "$url"
tries=0
while [ "$(stat -c %i "$state")" = "$before" ]; do
  tries=$((tries + 1))
  [ "$tries" -le 200 ] || { echo "the state was not kept"; exit 1; }
  sleep 0.05
done
# The one that was just written may be of before the price: the next one is not.
before=$(stat -c %i "$state")
while [ "$(stat -c %i "$state")" = "$before" ]; do
  tries=$((tries + 1))
  [ "$tries" -le 400 ] || { echo "the state was not kept again"; exit 1; }
  sleep 0.05
done
kill -KILL "$pid"
wait "$pid" || true
start --state "$state" --quiet
check 'the price outlived it' 0 '12345' ctl price bingx-1 BTC-USDT --url "$url"
stop

# A torn file is refused by name, and stays; so does the one before it, from which one can go on.
size=$(stat -c %s "$state")
truncate -s $((size / 2)) "$state"
check 'torn' 2 "$state" serve --listen 127.0.0.1:0 --state "$state"
check 'torn, and what to do' 2 "$state.previous" serve --listen 127.0.0.1:0 --state "$state"
[ "$(stat -c %s "$state")" -eq $((size / 2)) ] || { echo "a torn file was changed"; exit 1; }
mv "$state.previous" "$state"
start --state "$state" --quiet
check 'the state before it' 0 '12345' ctl price bingx-1 BTC-USDT --url "$url"
stop

# A file that is missed is not made anew where there is one before it.
rm "$state"
check 'missed' 2 "$state.previous is" serve --listen 127.0.0.1:0 --state "$state"
mv "$state.previous" "$state"

# A disk that is full ends nothing, and what was kept stays.
cp "$state" "$dir/whole"
rm -f "$dir/ready"
(ulimit -f 8; exec "$ocokit" serve --listen 127.0.0.1:0 --state "$state" >"$dir/got" 2>&1) && status=0 || status=$?
[ "$status" -eq 3 ] || { echo "full disk: status $status"; cat "$dir/got"; exit 1; }
grep -q "$state.new" "$dir/got" || { cat "$dir/got"; exit 1; }
cmp -s "$dir/whole" "$state" || { echo "a full disk has changed the state"; exit 1; }

# A config file has the accounts that are new.
start --state "$state" --config "$(dirname "$0")/../examples/config/ocokit.json" --quiet
check 'old and new ones' 0 '"account":"bingx-1"' ctl accounts --url "$url"
check 'new ones' 0 '"key":"spot-key"' ctl accounts --url "$url"
stop
check 'a folder that is not there' 3 "$dir/none/state" serve --listen 127.0.0.1:0 \
  --state "$dir/none/state"
[ ! -e "$state.lock" ] || { echo "the lock is left"; exit 1; }
check 'nothing to keep' 2 'state-every' serve --listen 127.0.0.1:0 --state-every 5
check 'no path' 2 'must not be empty' serve --listen 127.0.0.1:0 --state ''
echo ok

#!/bin/sh
# Starts `ocokit serve` on a free port and runs the README's curl lines and the client examples
# against it. Usage: run_served.sh OCOKIT PLACE_OCO ENTER_AND_PROTECT HEAR_FILLS
set -eu
ocokit=$1 place_oco=$2 enter_and_protect=$3 hear_fills=$4
here=$(dirname "$0")
dir=$(mktemp -d)
"$ocokit" serve --listen 127.0.0.1:0 --ready-file "$dir/ready" --quiet \
  --rate-limits off >"$dir/out" &
pid=$!
trap 'kill "$pid" 2>/dev/null || true; rm -rf "$dir"' EXIT
tries=0
while [ ! -e "$dir/ready" ]; do
  tries=$((tries + 1))
  [ "$tries" -le 100 ] || { echo "serve did not become ready"; exit 1; }
  sleep 0.05
done
url=$(sed 's/.*"bingx_url":"\([^"]*\)".*/\1/' "$dir/ready")
cmp -s "$dir/ready" "$dir/out" || { echo "the ready file differs from the ready line"; exit 1; }

fail() { echo "$1: $2"; exit 1; }
reply=$("$here/curl/bingx.sh" "$url")
case $reply in
  '{"code":0,"msg":"","debugMsg":"","data":[{"transactionTime":'*'"orderType":"ocoLimit"'*'"orderType":"ocoTps"'*) ;;
  *) fail bingx.sh "$reply" ;;
esac
reply=$("$here/curl/whitebit.sh" "$url")
case $reply in
  '{"id":'*',"reduceOnly":false,"stop_loss":{"order_id":'*'"take_profit":{"order_id":'*) ;;
  *) fail whitebit.sh "$reply" ;;
esac
reply=$("$here/curl/candles.sh" "$url")
case $reply in
  '{"code":0,"timestamp":'*',"data":[['*',64000,64000,64000,64000,0.0001,'*']]}{"success":true,"message":null,"result":[['*',"40500","40500","40500","40500","0.001","40.5"]]}') ;;
  *) fail candles.sh "$reply" ;;
esac
reply=$("$here/curl/entry.sh" "$url")
case $reply in
  *'"status":"FILLED","type":"MARKET","side":"BUY"'*'"orderType":"ocoLimit","side":"SELL"'*'"orderType":"ocoTps"'*) ;;
  *) fail entry.sh "$reply" ;;
esac
reply=$("$place_oco" "$url")
case $reply in
  'limit order '*', stop-limit order '*) ;;
  *) fail place_oco "$reply" ;;
esac
reply=$("$enter_and_protect" "$url")
case $reply in
  'bought 0.01 for 405'*'protected by group '*) ;;
  *) fail enter_and_protect "$reply" ;;
esac
# The pairs that were placed above are filled while a stream hears of it.
: >"$dir/fills"
"$hear_fills" "$url" 1 "$(sed 's/.*"bingx_ws_url":"\([^"]*\)".*/\1/' "$dir/ready")" >"$dir/fills" &
hearer=$!
trap 'kill "$pid" "$hearer" 2>/dev/null || true; rm -rf "$dir"' EXIT
tries=0
until grep -q '^connected' "$dir/fills"; do
  tries=$((tries + 1))
  [ "$tries" -le 100 ] || fail hear_fills "$(cat "$dir/fills")"
  sleep 0.05
done
"$ocokit" ctl price --url "$url" bingx-1 BTC-USDT 48000 >/dev/null
wait "$hearer" || fail hear_fills "$(cat "$dir/fills")"
grep -q ' filled 0.001 at 48000$' "$dir/fills" || fail hear_fills "$(cat "$dir/fills")"
# SIGTERM ends it with status 0.
kill -TERM "$pid"
wait "$pid"
trap 'rm -rf "$dir"' EXIT
echo "the examples work against ocokit serve"

#!/bin/sh
# `ocokit ctl` and what `ocokit serve` has for it: token, TLS, lines for requests.
# Usage: control_test.sh OCOKIT
set -eu
unset OCOKIT_SECRET OCOKIT_CONTROL_TOKEN
ocokit=$1
. "$(dirname "$0")/test_functions.sh"
start --rate-limits off --tls-listen 127.0.0.1:0

# ctl NAME STATUS TEXT COMMAND...: as check, for `ocokit ctl COMMAND`.
ctl() {
  name=$1 want=$2 text=$3 command=$4
  shift 4
  check "$name" "$want" "$text" ctl "$command" --url "$url" "$@"
}
place() {
  "$ocokit" order whitebit place --url "$url" --market BTC_USDT --side buy --amount 0.001 \
    --price 40000 --activation-price 41000 --stop-limit-price 42000 "$@" >/dev/null 2>&1
}

ctl health 0 '"status":"ok"' health
ctl accounts 0 '"account":"whitebit-1"' accounts
ctl 'add-account' 0 '"account":"whitebit-2"' add-account '{"venue":"whitebit","name":"second"}'
echo '{"venue":"bingx"}' >"$dir/account"
ctl 'add-account from a file' 0 '"account":"bingx-2"' add-account "@$dir/account"
ctl 'add-account that cannot be' 1 'the document needs "venue"' add-account '{}'
ctl 'add-account from no file' 3 'cannot read' add-account "@$dir/none"
ctl 'add-account from a folder' 3 "cannot read the file $dir" add-account "@$dir"
ctl account 0 '"name":"second"' account whitebit-2
ctl 'no such account' 1 'there is no account "whitebit-9"' account whitebit-9
ctl remove-account 0 '' remove-account whitebit-2
ctl 'remove the other, too' 0 '' remove-account bingx-2
ctl balances 0 '"USDT":{"free":"500000","reserved":"0"}' balances whitebit-1 USDT=500000
ctl 'balances without a value' 2 'USDT=100000' balances whitebit-1 USDT
ctl positions 0 '"side":"long"' positions whitebit-1 \
  '[{"market":"BTC_USDT","side":"long","amount":"0.5","base_price":"40000"}]'
ctl settings 0 '"margin":"sum"' settings whitebit-1 margin=sum 'permissions=["read","trade"]'
ctl 'settings that are none' 1 'has no "margins"' settings whitebit-1 margins=sum
ctl 'settings shown' 0 '"margin":"sum"' settings whitebit-1
ctl price 0 '"last":"40500"' price whitebit-1 BTC_USDT
place --client-order-id mine
ctl 'price moved' 0 '"last":"40000"' price whitebit-1 BTC_USDT 40000 --fill 0.5
ctl 'price path' 0 '"last":"40000"' price whitebit-1 BTC_USDT \
  --json '{"path":[{"after_ms":60000,"last":"41000"}]}'
printf 'time,open,high,low,close,volume\n%s\n%s\n%s\n' \
  1700000000,40000,40100,39900,40050,1.5 1700000060,40050,40200,40000,40150,2 \
  1700000120,40150,40150,40150,40150,1 >"$dir/past.csv"
ctl 'replay' 0 '"last":"40150"' replay whitebit-1 ETH_USDT "$dir/past.csv" --speed 60 --at-ms 1700000120000
ctl 'replay of nothing' 1 'file' replay whitebit-1 ETH_USDT "$dir/nothing.csv"
ctl 'replay stopped' 0 '' price whitebit-1 ETH_USDT --json '{"stop":true}'
ctl 'no book' 0 '"1000000"' book whitebit-1 BTC_USDT
ctl 'book kept' 0 '"39999.75","0.2"' book whitebit-1 BTC_USDT --spread 0.5 --levels 2 --amount 0.2
ctl 'book set' 0 '"40001","3"' book whitebit-1 BTC_USDT --json '{"asks":[["40001","3"]]}'
ctl 'book crossed' 1 'must be below the best ask' book whitebit-1 BTC_USDT \
  --json '{"bids":[["40001","1"]],"asks":[["40001","1"]]}'
ctl 'book cleared' 0 '' book whitebit-1 BTC_USDT --clear
ctl 'no such market' 1 'it has BTC_USDT' price whitebit-1 NONE 5
ctl clock 0 '"frozen":true' clock whitebit-1 --freeze --set-ms 1700000000000
ctl 'clock moved' 0 '"now_ms":1700000005000' clock whitebit-1 --advance-ms 5000
ctl 'clock run' 0 '"frozen":false' clock whitebit-1 --run
ctl orders 0 '"event":"partially_filled"' orders whitebit-1
ctl 'orders that are open' 0 '"client_id":"mine"' orders whitebit-1 --open
ctl snapshot 0 '"name":"before"' snapshot whitebit-1 before
ctl 'snapshot without a name' 0 '"name":"snapshot-1"' snapshot whitebit-1
ctl snapshots 0 '"snapshots":[{"name":"before"' snapshots whitebit-1
ctl reset 0 '"margin":"larger_leg"' reset whitebit-1
ctl 'orders after a reset' 0 '"pairs":[],"orders":[]' orders whitebit-1
ctl restore 0 '"name":"before"' restore whitebit-1 before
ctl 'orders after it was put back' 0 '"client_id":"mine"' orders whitebit-1 --open
ctl remove-snapshot 0 '' remove-snapshot whitebit-1 before
ctl 'no such snapshot' 1 'no snapshot "before"' restore whitebit-1 before
ctl 'the latest snapshot' 0 '"name":"snapshot-1"' restore whitebit-1
ctl 'reset again' 0 '"margin":"larger_leg"' reset whitebit-1
ctl add-fault 0 '"id":"fault-1"' add-fault whitebit-1 \
  '{"action":{"type":"lost_reply"},"match":{"path":"/api/v4/order/collateral/oco"}}'
place && { echo "a lost reply was not noticed"; exit 1; }
ctl faults 0 '"applied":1' faults whitebit-1
ctl 'orders after a lost reply' 0 '"open":true' orders whitebit-1
ctl fault 0 '"applied":1' fault whitebit-1 fault-1
ctl 'no such fault' 1 'no fault "fault-7"' remove-fault whitebit-1 fault-7
ctl remove-fault 0 '' remove-fault whitebit-1
ctl journal 0 '"faults":["fault-1 lost_reply"]' journal whitebit-1 --limit 5
ctl 'journal, the latest' 0 '"faults":["fault-1 lost_reply"]' journal whitebit-1 --tail 1
[ "$(grep -o '"seq":' "$dir/got" | wc -l)" -eq 1 ] || { echo 'not one entry'; cat "$dir/got"; exit 1; }
ctl har 0 '"version":"1.2"' har whitebit-1
ctl strays 0 '"entries":[]' strays --full
curl -sS -o "$dir/got" "$url/nobody"
ctl 'strays after one' 0 'nobody' strays --full --limit 5
ctl metrics 0 'ocokit_' metrics
ctl examine 0 '"id":' examine bingx-1 --curl "curl '$url/openApi/spot/v1/oco/order?a=1'"
printf 'GET /openApi/spot/v1/oco/order HTTP/1.1\nX-BX-APIKEY: test-key\n\n' >"$dir/raw"
ctl 'examine a file' 0 '"id":' examine bingx-1 --request "$dir/raw"
ctl 'examine what is no request' 1 'first line' examine bingx-1 --request "$0"
ctl 'examine nothing' 2 '--curl' examine bingx-1
printf 'GET /\377 HTTP/1.1\n\n' >"$dir/raw"
ctl 'examine what is no text' 2 'UTF-8' examine bingx-1 --request "$dir/raw"
for command in account reset faults remove-fault remove-account balances journal; do
  ctl "$command of nothing" 2 'ACCOUNT: must not be empty' $command ''
done
ctl 'no fault named' 2 'FAULT: must not be empty' remove-fault whitebit-1 ''
ctl 'a balance twice' 2 'USDT is given twice' balances whitebit-1 USDT=1 USDT=2
ctl 'a setting twice' 2 'margin is given twice' settings whitebit-1 margin=sum margin=sum
check 'the ready line'"'"'s control_url' 0 '"status":"ok"' ctl health --url "$url/control/v1/"
if [ -e /dev/full ]; then
  status=0
  "$ocokit" ctl accounts --url "$url" >/dev/full 2>"$dir/got" || status=$?
  [ "$status" -eq 3 ] || { echo "a full device: status $status, not 3"; exit 1; }
fi
ctl clear-journal 0 '' clear-journal whitebit-1
ctl 'journal, cleared' 0 '"entries":[]' journal whitebit-1
ctl openapi 0 '"openapi": "3.1.0"' openapi
ctl 'unknown command' 2 'nonsense' nonsense
check 'no connection' 3 'no reply from http://127.0.0.1:1' ctl health --url http://127.0.0.1:1
check 'URL with a user' 2 'a user' ctl health --url http://127.0.0.1:8787@venue.example/
check 'no URL' 2 '--url must' ctl health --url 127.0.0.1:8787

# Followed, the journal has a line for each request as it comes.
"$ocokit" ctl journal whitebit-1 --url "$url" --follow >"$dir/followed" &
follower=$!
tries=0
until [ -s "$dir/followed" ] && grep -q '"rule":"accepted"' "$dir/followed"; do
  tries=$((tries + 1))
  [ "$tries" -le 200 ] || { echo "nothing was followed"; kill "$follower"; exit 1; }
  place || true
  sleep 0.05
done
kill "$follower"
wait "$follower" || true

# Each request has its line: JSON, since this is no terminal.
"$ocokit" order bingx list --url "$url" --key unknown >/dev/null 2>&1 || true
logged '"account":"bingx-1".*"rule":"api_key".*"diagnosis":'
echo test-secret-2 >"$dir/secret"
"$ocokit" order whitebit list --url "$url" --secret-file "$dir/secret" >/dev/null 2>&1 || true
logged '"account":"whitebit-1".*"rule":"signature".*"diagnosis":'

# The same accounts in TLS, by the certificate that the ready line names.
tls_url=$(sed 's/.*"tls_url":"\([^"]*\)".*/\1/' "$dir/ready")
certificate=$(sed 's/.*"tls_certificate":"\([^"]*\)".*/\1/' "$dir/ready")
check 'an order in TLS' 0 'gte' order whitebit place --url "$tls_url" --ca-file "$certificate" \
  --json --market BTC_USDT --side buy --amount 0.001 --price 40000 --activation-price 41000 \
  --stop-limit-price 42000
check 'ctl in TLS' 0 '"status":"ok"' ctl health --url "$tls_url" --ca-file "$certificate"
check 'TLS that nobody vouches for' 3 'no reply' ctl health --url "$tls_url"
cp "$certificate" "$dir/certificate"
# A follower notices that the server is gone.
"$ocokit" ctl journal whitebit-1 --url "$url" --follow >"$dir/followed_to_end" 2>"$dir/follower" &
follower=$!
tries=0
until [ -s "$dir/followed_to_end" ]; do
  tries=$((tries + 1))
  [ "$tries" -le 200 ] || { echo "nothing was followed"; kill "$follower"; exit 1; }
  sleep 0.05
done
stop
status=0
wait "$follower" || status=$?
[ "$status" -eq 3 ] || { echo "the follower's status is $status, not 3"; exit 1; }
grep -q 'sends no more' "$dir/follower" || { echo "the follower does not say why"; cat "$dir/follower"; exit 1; }
[ ! -e "$certificate" ] || { echo "the certificate's file is still there"; exit 1; }

check 'a certificate without its key' 2 '--tls-key' serve --tls-listen 127.0.0.1:0 \
  --tls-cert "$dir/certificate"
check 'a key that is none' 2 'key' serve --listen 127.0.0.1:0 --tls-listen 127.0.0.1:0 \
  --tls-cert "$dir/certificate" --tls-key "$dir/secret"
check 'TLS nowhere' 2 '--tls-listen takes HOST:PORT' serve --listen 127.0.0.1:0 --tls-listen nowhere
check 'open to others without a token' 2 'control_token' serve --listen 0.0.0.0:0
start --control-token letmein
check 'no token' 1 'Authorization: Bearer' ctl accounts --url "$url"
echo letmein >"$dir/token"
check 'the token from a file' 0 'bingx-1' ctl accounts --url "$url" --token-file "$dir/token"
OCOKIT_CONTROL_TOKEN=letmein "$ocokit" ctl accounts --url "$url" >/dev/null
stop
export OCOKIT_CONTROL_TOKEN=letmein
start --quiet
unset OCOKIT_CONTROL_TOKEN
check 'a token from the environment' 1 'Authorization: Bearer' ctl accounts --url "$url"
[ ! -s "$dir/log" ] || { echo "--quiet printed:"; cat "$dir/log"; exit 1; }
stop
echo ok

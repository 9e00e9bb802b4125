#!/bin/sh
# `ocokit doctor`, on what a person would paste. Signatures are made by openssl.
# Usage: doctor_test.sh OCOKIT README
set -eu
unset OCOKIT_SECRET
ocokit=$1 readme=$2
. "$(dirname "$0")/test_functions.sh"
echo test-secret >"$dir/secret"

# bingx SIGNED SENT SECRET: a curl command whose signature is over SIGNED.
bingx() {
  signature=$(printf %s "$1" | openssl dgst -sha256 -hmac "$3" | sed 's/.* //')
  printf "curl -sS -X POST 'http://127.0.0.1:8787/openApi/spot/v1/oco/order?%s&signature=%s' \\\\\n" \
    "$2" "$signature"
  printf "  -H 'X-BX-APIKEY: test-key'"
}
# whitebit BODY SECRET: a curl command that sends BODY, which it also signs.
whitebit() {
  payload=$(printf %s "$1" | openssl base64 -A)
  signature=$(printf %s "$payload" | openssl dgst -sha512 -hmac "$2" | sed 's/.* //')
  printf "curl 'http://127.0.0.1:8787/api/v4/order/collateral/oco' --data '%s' -H '%s' -H '%s' " \
    "$1" "X-TXC-APIKEY: test-key" "X-TXC-PAYLOAD: $payload"
  printf -- "-H '%s' -H 'Content-Type: application/json'" "X-TXC-SIGNATURE: $signature"
}
# doctor NAME STATUS TEXT VENUE COMMAND OPTION...
doctor() {
  name=$1 want=$2 text=$3 venue=$4 command=$5
  shift 5
  check "$name" "$want" "$text" doctor --venue "$venue" --secret-file "$dir/secret" \
    --curl "$command" "$@"
}

rest='limitPrice=48000&orderPrice=88000&quantity=0.001&side=BUY&symbol=BTC-USDT'
good="$rest&timestamp=1700000000000&triggerPrice=87000"
late="$rest&timestamp=1700000000&triggerPrice=87000"
short="$rest&triggerPrice=87000"
doctor 'right' 0 'nothing_wrong' bingx "$(bingx "$good" "$good" test-secret)"
doctor 'another secret' 1 'secret' bingx "$(bingx "$good" "$good" test-secreT)"
doctor 'seconds' 1 'timestamp_in_seconds' bingx "$(bingx "$late" "$late" test-secret)"
doctor 'a time not signed' 1 'timestamp_not_signed' bingx "$(bingx "$short" "$good" test-secret)"
doctor 'marked' 1 '^ byte 75' bingx "$(bingx "$short" "$good" test-secret)"
grep -q '^expected  limitPrice=48000&' "$dir/got" && grep -q '^signed    limitPrice=48000&' "$dir/got" ||
  { echo "the two strings are not set one above the other"; cat "$dir/got"; exit 1; }
doctor 'old' 1 'timestamp' bingx "$(bingx "$good" "$good" test-secret)" --now-ms 1700000060000
doctor 'as JSON' 1 '"id":"timestamp_in_seconds"' bingx "$(bingx "$late" "$late" test-secret)" --json

# The README's example, word for word.
signed='quantity=0.001&side=BUY&symbol=BTC-USDT&triggerPrice=87000'
sent='quantity=0.001&side=BUY&symbol=BTC-USDT&timestamp=1700000000000&triggerPrice=87000'
doctor 'as in the README' 1 'timestamp_not_signed' bingx "$(bingx "$signed" "$sent" test-secret)"
while read -r line; do
  grep -qF -- "$line" "$readme" || { echo "the README lacks: $line"; exit 1; }
done <"$dir/got"

members='"market":"BTC_USDT","side":"buy","nonce":"1700000000000"'
body="{$members,\"request\":\"/api/v4/order/collateral/oco\"}"
spaced=$(printf %s "$body" | sed 's/":/": /g; s/,/, /g')
doctor 'right at WhiteBIT' 0 'nothing_wrong' whitebit "$(whitebit "$body" test-secret)"
doctor 'blanks' 1 'spaced_json_in_payload' whitebit "$(whitebit "$spaced" test-secret)"
doctor 'a nonce used before' 1 'nonce' whitebit "$(whitebit "$body" test-secret)" \
  --last-nonce 1700000000001

bingx "$late" "$late" test-secret >"$dir/command"
check 'from a file' 1 'timestamp_in_seconds' doctor --venue bingx --secret-file "$dir/secret" \
  --curl "@$dir/command"
signature=$(printf %s "$good" | openssl dgst -sha256 -hmac test-secret | sed 's/.* //')
printf 'POST /openApi/spot/v1/oco/order?%s&signature=%s HTTP/1.1\nHost: x\nX-BX-APIKEY: test-key\n\n' \
  "$good" "$signature" >"$dir/raw"
check 'raw' 0 'nothing_wrong' doctor --venue bingx --secret-file "$dir/secret" --request "$dir/raw"
OCOKIT_SECRET=other "$ocokit" doctor --venue bingx --request "$dir/raw" >"$dir/got" && exit 1
cat >"$dir/har" <<END
{"log":{"version":"1.2","creator":{"name":"x","version":"1"},"entries":[
 {"startedDateTime":"2023-11-14T22:13:20.000Z","request":{"method":"GET","url":"https://x.test/style.css","headers":[]}},
 {"startedDateTime":"2023-11-14T22:14:20.000Z","request":{"method":"POST",
  "url":"https://open-api.bingx.com/openApi/spot/v1/oco/order?$good&signature=$signature",
  "headers":[{"name":"X-BX-APIKEY","value":"test-key"}]}}]}}
END
check 'HAR' 1 'timestamp' doctor --venue bingx --secret-file "$dir/secret" --har "$dir/har"
sed 's/"GET","url":"[^"]*"/"OPTIONS","url":"https:\/\/open-api.bingx.com\/openApi\/spot"/' "$dir/har" \
  >"$dir/preflight"
check 'HAR with a preflight' 1 'timestamp' doctor --venue bingx --secret-file "$dir/secret" \
  --har "$dir/preflight" --json
[ "$(wc -l <"$dir/got")" -eq 1 ] || { echo 'a preflight was examined'; exit 1; }
sed "s/$signature/$(printf %.4s "$signature").../" "$dir/har" >"$dir/shortened"
check 'HAR exported shortened' 2 'use ocokit ctl har --full' doctor --venue bingx \
  --secret-file "$dir/secret" --har "$dir/shortened"
check 'HAR of another venue' 2 'is for whitebit' doctor --venue whitebit \
  --secret-file "$dir/secret" --har "$dir/har"
check 'no HAR' 2 'not JSON' doctor --venue bingx --secret-file "$dir/secret" --har "$dir/raw"
check 'what the shell knows' 2 '$SIGNATURE is known to the shell alone' doctor --venue bingx \
  --secret-file "$dir/secret" --curl 'curl "https://x/openApi?signature=$SIGNATURE"'
check 'no secret' 2 'OCOKIT_SECRET is required' doctor --venue bingx --request "$dir/raw"
check 'no request' 2 '--curl' doctor --venue bingx --secret-file "$dir/secret"
check 'no file' 3 'cannot read' doctor --venue bingx --secret-file "$dir/secret" --har "$dir/none"
for option in --har --request; do
  check "a folder as $option" 3 "cannot read the file $dir" doctor --venue bingx \
    --secret-file "$dir/secret" $option "$dir"
done
check 'a folder as --secret-file' 3 "cannot read the file $dir" doctor --venue bingx \
  --secret-file "$dir" --request "$dir/raw"
check 'a folder as a body' 3 "cannot read the file $dir" doctor --venue bingx \
  --secret-file "$dir/secret" --curl "curl http://x/openApi/ -d @$dir"
check 'no venue' 2 'binance' doctor --venue binance --secret-file "$dir/secret" --request "$dir/raw"
check 'secret on the command line' 2 '--secret' doctor --venue bingx --secret x --request "$dir/raw"
# Where the secret stands in the path, or in what cannot be read.
printf 'POST /openApi/test-secret\033[2J?a=1 HTTP/1.1\nX-BX-APIKEY: test-key\n\n' >"$dir/raw"
for json in '' --json; do
  check "a secret in the path $json" 1 '/openApi/[secret]' doctor --venue bingx \
    --secret-file "$dir/secret" --request "$dir/raw" $json
  ! grep -q 'test-secret' "$dir/got" || { echo "the path shows the secret"; exit 1; }
done
check 'an escape in the path' 1 '/openApi/[secret]\x1B[2J' doctor --venue bingx \
  --secret-file "$dir/secret" --request "$dir/raw"
echo 'test-secret' >"$dir/raw"
check 'a secret that is no request' 2 'not "[secret]"' doctor --venue bingx \
  --secret-file "$dir/secret" --request "$dir/raw"
! grep -rq 'test-secret' "$dir/got" || { echo "the secret was printed"; exit 1; }
echo ok

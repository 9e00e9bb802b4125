#!/bin/sh
# No command prints a secret: of this account or another one, whole or in a form that a client's
# mistake gave it. And no key or token makes a header. What `ocokit doctor` prints: doctor_secrets_test.sh.
# Usage: secrets_test.sh OCOKIT
set -eu
unset OCOKIT_SECRET OCOKIT_CONTROL_TOKEN
ocokit=$1
. "$(dirname "$0")/test_functions.sh"
# shellcheck disable=SC2089,SC2090

. "$(dirname "$0")/secret_forms.sh"

# ctl COMMAND OPTION...: of the server at $url.
ctl() { "$ocokit" ctl "$@" --url "$url"; }

# Two accounts; what is sent to the one holds the other's secret, too.
cat >"$dir/config" <<'END'
{"accounts": [
  {"venue": "bingx", "key": "first-key", "secret": "Te/st\"secret+9z"},
  {"venue": "bingx", "key": "other-key", "secret": "other-secret"},
  {"venue": "whitebit", "key": "third-key", "secret": "third-secret"}]}
END
start --config "$dir/config"
echo third-secret >"$dir/third"
for form in "$core" "$encoded" "$hex" "$base64" "$escaped"; do
  for key in "$form" first-key other-key; do
    "$ocokit" order bingx list --url "$url" --key "$key" --client-order-id "$form" >>"$dir/orders" 2>&1 || true
  done
  for path in "/openApi/spot/v1/oco/order?a=$form" "/openApi/$form" "/$form" "/control/v1/accounts/$form"; do
    curl -gsS -X "POST" -H "X-BX-APIKEY: other-key" -H "X-$hex: $form" --data "$form" \
      --path-as-is "$url$path" >/dev/null 2>&1 || true
  done
  curl -gsS -X POST -H "X-TXC-APIKEY: third-key" -H "X-TXC-PAYLOAD: $base64" \
    -H "X-TXC-SIGNATURE: $form" --data "$form" "$url/api/v4/order/collateral/oco" >/dev/null 2>&1
  # What the server answers is shown by ctl.
  for call in "balances bingx-1 $form=$form" "settings bingx-1 $form=1" "account $form" "faults $form" \
    "journal $form" "price bingx-1 $form"; do
    # The words are without blanks.
    # shellcheck disable=SC2086
    ctl $call >>"$dir/shown" 2>&1 || true
  done
done
for account in bingx-1 bingx-2 whitebit-1; do
  for full in '' --full; do
    ctl journal "$account" --limit 1000 $full >>"$dir/shown"
    ctl har "$account" $full >>"$dir/shown"
  done
  ctl examine "$account" --request "$dir/raw" >>"$dir/shown" 2>&1 || true
  "$ocokit" conform observe --url "$url" --account $account --json "$dir/report.json" >>"$dir/shown" 2>&1 || true
  [ ! -e "$dir/report.json" ] || cat "$dir/report.json" >>"$dir/shown"
done
ctl strays --limit 1000 --full >>"$dir/shown"
ctl accounts >>"$dir/shown"
curl -sS "$url/metrics" >>"$dir/shown"
stop
[ "$(wc -l <"$dir/shown")" -ge 20 ] || { echo 'too little to look through'; exit 1; }
clean 'what is shown' "$dir/shown"
clean 'the log' "$dir/log"
grep -q '\[secret\]' "$dir/shown" || { echo 'nothing was hidden'; exit 1; }

# A venue whose refusal quotes the secret.
start
printf '%s\n' "$core" >"$dir/secret"
for text in "$base64" "$encoded" "$hex"; do
  for json in '' --json; do
    printf '{"action":{"type":"status","status":200,"body":"%s"}}' \
      "{\\\"code\\\":100400,\\\"msg\\\":\\\"no $text\\\",\\\"data\\\":{}}" >"$dir/fault"
    ctl add-fault bingx-1 "@$dir/fault" >"$dir/got" || { cat "$dir/got"; exit 1; }
    check "a refusal that quotes the secret $json" 1 'secret]' order bingx list --url "$url" \
      --secret-file "$dir/secret" $json
    clean "order $json" "$dir/got"
    ctl remove-fault bingx-1
  done
done
stop

# A key or token with a line break would be another header of the request: it is refused, and names
# where it came from.
start --control-token right-token
evil=$(printf 'right-token\r\nX-Other: 1')
printf 'right-token\rX-Other: 1\n' >"$dir/evil"
printf 'right-token\001\n' >"$dir/control"
printf ' right-token\n' >"$dir/blank"
OCOKIT_CONTROL_TOKEN=$evil
export OCOKIT_CONTROL_TOKEN
check 'ctl' 2 'OCOKIT_CONTROL_TOKEN must be printable ASCII' ctl accounts --url "$url"
check 'observe' 2 'OCOKIT_CONTROL_TOKEN must be printable ASCII' conform observe --url "$url" \
  --account bingx-1
check 'load' 2 'OCOKIT_CONTROL_TOKEN, must be printable ASCII' load --venue bingx --url "$url" --rate 1 \
  --duration 1s
check 'serve' 2 'OCOKIT_CONTROL_TOKEN must be printable ASCII' serve --listen 127.0.0.1:0
unset OCOKIT_CONTROL_TOKEN
check 'serve, as an option' 2 '--control-token must be printable ASCII' serve --listen 127.0.0.1:0 \
  --control-token "$evil"
for file in evil control blank; do
  check "ctl, $file" 2 '--token-file must be printable ASCII' ctl accounts --url "$url" \
    --token-file "$dir/$file"
  check "observe, $file" 2 '--control-token-file must be printable ASCII' conform observe --url "$url" \
    --account bingx-1 --control-token-file "$dir/$file"
done
check 'a key of load' 2 '--key must be printable ASCII' load --venue bingx --url "$url" --rate 1 \
  --duration 1s --key "$evil"
check 'a key of order' 2 '--key must be printable ASCII' order bingx list --url "$url" --key "$evil"
check 'a key of conform server' 2 '--key must be printable ASCII' conform server --venue bingx \
  --url "$url" --control none --key "$evil" --run 'bx-auth-*'
printf 'right-token\r\n' >"$dir/right"
check 'the right token' 0 '"accounts"' ctl accounts --url "$url" --token-file "$dir/right"
stop
echo ok

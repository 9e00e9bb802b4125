#!/bin/sh
# The command line against a served simulator: every subcommand, its JSON, and the exit statuses.
# Usage: cli_test.sh OCOKIT CONFIG
set -eu
unset OCOKIT_SECRET
ocokit=$1 config=$2
. "$(dirname "$0")/test_functions.sh"
start --rate-limits off

bingx_prices='--limit-price 48000 --trigger-price 87000 --order-price 88000'
whitebit_prices='--price 40000 --activation-price 41000 --stop-limit-price 42000'

check help 0 'Exit status:' --help
check version 0 '.' --version
check 'no subcommand' 2 'subcommand' order
check 'unknown command' 2 'bogus' bogus
check 'unknown venue' 2 'bogus' order bogus
check 'unknown subcommand' 2 'cancle' order whitebit cancle --market BTC_USDT
check 'unknown option' 2 'nonsense' serve --nonsense
check 'unknown option before a required one' 2 '--markt' order whitebit place --markt BTC_USDT
check 'required option' 2 '--market is required' order whitebit cancel
check 'bad address' 2 'HOST:PORT' serve --listen nowhere
check 'host that is no address' 2 'is not an IP address' serve --listen host.invalid:0
check 'seed below zero' 2 '--seed' serve --seed -1
check 'config file that is a folder' 3 'cannot read the config file' serve --config "$dir"
check 'config file that is not there' 3 'cannot read the config file' serve --config "$dir/none"
echo '{"accounts":[{"venue":"bingx","settings":{"blok_ms":1}}]}' >"$dir/config"
check 'config with an unknown setting' 2 'accounts[0].settings has no "blok_ms"; there are: bad_listen_key,' \
  serve --config "$dir/config"
check 'config beside --seed' 2 '--config excludes --seed' serve --config "$dir/config" --seed 1
check 'unknown dialect' 2 'bingx=old' serve --dialect bingx=old
check 'port taken' 3 'cannot listen' serve --listen "${url#http://}"
check 'ready file not writable' 3 'ready file' serve --listen 127.0.0.1:0 --ready-file /nonexistent/x

for format in json form query; do
  check "bingx place as $format" 0 '"orderType":"ocoTps"' order bingx place --url "$url" --json \
    --format $format --symbol BTC-USDT --side BUY --quantity 0.001 $bingx_prices
done
check 'bingx place for a person' 0 'once 87000 trades' order bingx place --url "$url" \
  --symbol BTC-USDT --side BUY --quantity 0.002 $bingx_prices --list-client-order-id 77 \
  --above-client-order-id 78 --below-client-order-id 79
check 'bingx id in use' 1 'list it, and cancel it' order bingx place --url "$url" \
  --symbol BTC-USDT --side BUY --quantity 0.003 $bingx_prices --list-client-order-id 77
check 'bingx list' 0 'ocoLimit' order bingx list --url "$url"
check 'bingx list one' 0 '"orderListId":"77"' order bingx list --url "$url" --json \
  --client-order-id 77
check 'bingx cancel' 0 'cancelled' order bingx cancel --url "$url" --client-order-id 78
check 'bingx cancel again' 1 'code 100404' order bingx cancel --url "$url" --client-order-id 78
check 'bingx history' 0 'FAILED' order bingx list --url "$url" --history
check 'bingx refused, as JSON' 1 '"code":100400' order bingx place --url "$url" --json \
  --symbol BTC-USDT --side BUY --quantity 0.00001 $bingx_prices
# The simulator's secret is for hosts that are this machine, not for names that look like them.
for host in 127.venue.example localhost.venue.example 127.0.0.1.venue.example 127.1; do
  check "no secret for $host" 2 'OCOKIT_SECRET is required' order bingx list --url "http://$host:1"
done
check 'URL with a user' 2 'a user' order bingx list --url http://127.0.0.1@venue.example/
check 'not a number' 2 '--quantity' order bingx place --url "$url" \
  --symbol BTC-USDT --side BUY --quantity many $bingx_prices
check 'not a number, as JSON' 2 '"retry_safe":true' order bingx place --url "$url" --json \
  --symbol BTC-USDT --side BUY --quantity many $bingx_prices
check 'prices that make no OCO' 2 '--limit-price must be below --trigger-price' order bingx place \
  --url "$url" --symbol BTC-USDT --side BUY --quantity 0.001 --limit-price 9 --trigger-price 8 \
  --order-price 8
check 'ids that differ' 2 '--above-client-order-id must differ from --list-client-order-id' \
  order bingx place --url "$url" --symbol BTC-USDT --side BUY --quantity 0.001 $bingx_prices \
  --list-client-order-id 5 --above-client-order-id 5
check 'bingx page' 2 '--page must be' order bingx list --url "$url" --page 0
check 'bingx page size, as JSON' 2 '"field":"--page-size"' order bingx list --url "$url" --json \
  --page-size 1001
check 'bingx history of one' 2 '--history' order bingx list --url "$url" --history --order-list-id 1
check 'bingx page of one' 2 '--page' order bingx list --url "$url" --page 1 --client-order-id 1
check 'bingx list by two ids' 2 '--order-list-id excludes --client-order-id' order bingx list \
  --url "$url" --order-list-id 1 --client-order-id 1
check 'bingx cancel of nothing' 2 '--order-id or --client-order-id is required' order bingx cancel \
  --url "$url"
check 'side' 2 'BUY' order bingx place --url "$url" --symbol BTC-USDT --side up --quantity 1 \
  $bingx_prices

check 'whitebit place' 0 '"activationCondition":"gte"' order whitebit place --url "$url" --json \
  --market BTC_USDT --side buy --amount 0.001 $whitebit_prices --client-order-id mine
check 'whitebit list' 0 'take-profit' order whitebit list --url "$url" --market BTC_USDT
check 'whitebit conditional list' 0 '"takeProfit"' order whitebit list --url "$url" --conditional \
  --json
check 'whitebit 116' 1 'reduce_only (code 116)' order whitebit place --url "$url" --reduce-only \
  --market BTC_USDT --side buy --amount 0.001 $whitebit_prices
check 'whitebit id in use' 1 'list it, and cancel it' order whitebit place --url "$url" \
  --market BTC_USDT --side buy --amount 0.001 $whitebit_prices --client-order-id mine
check 'whitebit limit' 2 '--limit must be 1 to 100' order whitebit list --url "$url" --limit 0
check 'whitebit cancel of nothing' 2 '--id or --client-order-id is required' order whitebit cancel \
  --url "$url" --market BTC_USDT
check 'whitebit cancel by two ids' 2 '--id excludes --client-order-id' order whitebit cancel \
  --url "$url" --market BTC_USDT --id 5 --client-order-id mine
check 'whitebit conditional cancel by the other id' 2 '--client-order-id excludes --conditional' \
  order whitebit cancel --url "$url" --market BTC_USDT --conditional --client-order-id mine
check 'whitebit conditional cancel without id' 2 '--id is required' order whitebit cancel \
  --url "$url" --market BTC_USDT --conditional
check 'whitebit cancel' 0 'CANCELED' order whitebit cancel --url "$url" --market BTC_USDT \
  --client-order-id mine
check 'whitebit conditional cancel of nothing' 1 'code 2' order whitebit cancel --url "$url" \
  --market BTC_USDT --id 5 --conditional

echo wrong >"$dir/secret"
check 'a wrong secret from a file' 1 'auth (code 100001)' order bingx list --url "$url" \
  --secret-file "$dir/secret"
check 'no such file' 2 '--secret-file' order bingx list --url "$url" --secret-file "$dir/none"
check 'no connection' 3 'no connection to http://127.0.0.1:1' order bingx list \
  --url http://127.0.0.1:1
check 'no secret' 2 '--secret-file or OCOKIT_SECRET is required' order bingx list \
  --url http://venue.invalid
check 'no scheme' 2 '--url must be' order bingx list --url 127.0.0.1:8787
check 'a path in the URL' 2 '--url must be' order whitebit list --url "$url/api"
check 'no such CA file' 2 '--ca-file cannot be read' order bingx list --url "$url" --ca-file /none
check 'a key that is none' 2 '--key must be' order bingx list --url "$url" --key 'a b'
check 'help of --json' 0 'as text on' order bingx list --help
if grep -rqF test-secret "$dir/log" "$dir/out"; then
  echo 'the log shows the secret'
  exit 1
fi
logged '"path":"/openApi/spot/v1/oco/order","status":200,"accepted":true'
stop

start --rate-limits off --dialect bingx=live --dialect whitebit=live
check 'bingx live place' 0 '"status":""' order bingx place --url "$url" --json \
  --symbol BTC-USDT --side BUY --quantity 0.001 $bingx_prices
check 'bingx live list' 0 'PENDING' order bingx list --url "$url"
check 'whitebit live place' 0 '"margin stop limit"' order whitebit place --url "$url" --json \
  --market BTC_PERP --side buy --amount 0.001 $whitebit_prices --client-order-id mine
check 'whitebit live conditional list' 0 '"takeProfit"' order whitebit list --url "$url" \
  --conditional --json
check 'whitebit live cancel' 0 'CANCELED' order whitebit cancel --url "$url" --market BTC_PERP \
  --client-order-id mine
stop

echo '{"accounts":[{"venue":"bingx","name":"unnamed key"}]}' >"$dir/config"
start --config "$dir/config"
grep -q '^accounts\[0\] unnamed key: key [0-9a-f]*, secret [0-9a-f]*$' "$dir/log" || {
  echo 'a made-up key is not shown'
  exit 1
}
stop

start --config "$config"
echo spot-secret >"$dir/secret"
check 'an account of the config' 0 'ocoLimit' order bingx place --url "$url" --key spot-key \
  --secret-file "$dir/secret" --symbol SOL-USDT --side BUY --quantity 1 --limit-price 60 \
  --trigger-price 700 --order-price 701
check 'no default account beside' 1 'code 100413' order bingx list --url "$url" \
  --secret-file "$dir/secret"
echo reader-secret >"$dir/secret"
check 'a key that may not trade' 1 'permission' order whitebit cancel --url "$url" \
  --key reader-key --secret-file "$dir/secret" --market BTC_USDT --id 1
stop
echo 'the command line holds'

#!/bin/sh
URL=${1:-http://127.0.0.1:8787}
BODY='{"market":"BTC_USDT","side":"buy","amount":"0.001","price":"40000","activation_price":"41000","stop_limit_price":"42000","client_order_id":"order1987111","reduceOnly":false,"request":"/api/v4/order/collateral/oco","nonce":"'$(date +%s%3N)'"}'
PAYLOAD=$(printf %s "$BODY" | openssl base64 -A)
SIGNATURE=$(printf %s "$PAYLOAD" | openssl dgst -sha512 -hmac test-secret | sed 's/.* //')
curl -sS "$URL/api/v4/order/collateral/oco" -H "Content-Type: application/json" \
  -H "X-TXC-APIKEY: test-key" -H "X-TXC-PAYLOAD: $PAYLOAD" -H "X-TXC-SIGNATURE: $SIGNATURE" \
  --data "$BODY"

#!/bin/sh
URL=${1:-http://127.0.0.1:8787}
PARAMS="limitPrice=48000&orderPrice=88000&quantity=0.001&side=BUY&symbol=BTC-USDT&timestamp=$(date +%s%3N)&triggerPrice=87000"
SIGNATURE=$(printf %s "$PARAMS" | openssl dgst -sha256 -hmac test-secret | sed 's/.* //')
curl -sS -X POST "$URL/openApi/spot/v1/oco/order?$PARAMS&signature=$SIGNATURE" \
  -H "X-BX-APIKEY: test-key"

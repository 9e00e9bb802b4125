#!/bin/sh
URL=${1:-http://127.0.0.1:8787}
post() {
  SIGNATURE=$(printf %s "$2" | openssl dgst -sha256 -hmac test-secret | sed 's/.* //')
  curl -sS -X POST "$URL$1?$2&signature=$SIGNATURE" -H "X-BX-APIKEY: test-key"
}
post /openApi/spot/v1/trade/order \
  "quantity=0.001&side=BUY&symbol=BTC-USDT&timestamp=$(date +%s%3N)&type=MARKET"
post /openApi/spot/v1/oco/order \
  "limitPrice=70000&orderPrice=59900&quantity=0.001&side=SELL&symbol=BTC-USDT&timestamp=$(date +%s%3N)&triggerPrice=60000"

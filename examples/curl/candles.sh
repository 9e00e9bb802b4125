#!/bin/sh
URL=${1:-http://127.0.0.1:8787}
curl -sS "$URL/@bingx-1/openApi/spot/v1/market/kline?symbol=BTC-USDT&interval=1m&limit=5"
curl -sS "$URL/@whitebit-1/api/v1/public/kline?market=BTC_USDT&interval=1h&limit=5"

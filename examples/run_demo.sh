#!/bin/sh
# Runs the demo and checks that its output shows what it promises. Usage: run_demo.sh DEMO
set -eu
out=$("$1")
expect() {
  printf '%s\n' "$out" | grep -qF -- "$1" || { expect 'the doctor: signed with the API key in place of the secret'
expect 'open pairs at the simulator: 1'
echo "the demo's output lacks: $1"; exit 1; }
}
expect 'POST /openApi/spot/v1/oco/order'
expect 'POST /api/v4/order/collateral/oco'
expect ': canceled    stop-limit order'
expect ': filled    stop-limit order'
expect '"code":100001'
expect 'Amount field is required.'
expect 'refused: reduce_only, code 116'
expect 'refused: rate_limit, code 100410'
echo "the demo shows both pairs, four refusals, a diagnosis and a lost reply"

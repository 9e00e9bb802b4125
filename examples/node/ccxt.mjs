// A bot's first steps through ccxt: candles, an entry, its protection, a fill, what is left.
// Run: node ccxt.mjs [URL], with `npm install ccxt` and `ocokit serve` beside it.

import { pathToFileURL } from 'node:url';

// Points a ccxt exchange at an account's address, http://HOST:PORT/@ACCOUNT: calls without a key
// then see that account's prices and clock.
export function at(exchange, url) {
  const from = exchange.id === 'bingx' ? 'https://open-api.{hostname}' : 'https://whitebit.com';
  exchange.urls.api = JSON.parse(JSON.stringify(exchange.urls.api).replaceAll(from, url));
  return exchange;
}

// Buys, protects what was bought with an OCO, and returns both orders.
export async function enter(exchange) {
  const bingx = exchange.id === 'bingx';
  // Of the pair, WhiteBIT's OCO is collateral alone; so is the entry that it protects.
  const symbol = 'BTC/USDT';
  const margin = bingx ? {} : { marginMode: 'cross' };
  await exchange.loadMarkets();
  const candles = await exchange.fetchOHLCV(symbol, '1m');
  const last = candles[candles.length - 1][4];
  const entry = await exchange.createOrder(symbol, 'market', 'buy', 0.01, undefined, margin);
  const amount = exchange.amountToPrecision(symbol, 0.009);
  const price = (factor) => exchange.priceToPrecision(symbol, last * factor);
  // The OCO calls have no unified method.
  const exits = bingx
    ? await exchange.spotV1PrivatePostOcoOrder({
        symbol: 'BTC-USDT', side: 'SELL', quantity: amount,
        limitPrice: price(1.05), triggerPrice: price(0.95), orderPrice: price(0.94),
      })
    : await exchange.v4PrivatePostOrderCollateralOco({
        market: 'BTC_USDT', side: 'sell', amount, reduceOnly: true,
        price: price(1.05), activation_price: price(0.95), stop_limit_price: price(0.94),
      });
  return { last, entry, exits };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { default: ccxt } = await import('ccxt');
  const base = process.argv[2] ?? 'http://127.0.0.1:8787';
  for (const venue of ['bingx', 'whitebit']) {
    const keys = { apiKey: 'test-key', secret: 'test-secret' };
    const exchange = at(new ccxt[venue](keys), `${base}/@${venue}-1`);
    const { last, entry } = await enter(exchange);
    const open = await exchange.fetchOpenOrders('BTC/USDT');
    console.log(`${venue}: last price ${last}, bought ${entry.filled}, ${open.length} orders wait`);
  }
}

// What ccxt.pro hears of an account at BingX: its orders, trades and balance, and the markets.
// Run: node ccxt-pro-bingx.mjs [URL], with `npm install ccxt` and `ocokit serve` beside it.

import { pathToFileURL } from 'node:url';

// Points a ccxt.pro exchange at an account's address, http://HOST:PORT/@ACCOUNT, streams too.
export async function listenAt(exchange, url) {
  const from = 'https://open-api.{hostname}';
  exchange.urls.api = JSON.parse(JSON.stringify(exchange.urls.api).replaceAll(from, url));
  exchange.urls.api.ws.spot = `${url.replace('http', 'ws')}/market`;
  // Without this call ccxt opens no ws:// address, only wss://. There is no proxy.
  await exchange.loadHttpProxyAgent();
  // The timer that renews the listenKey would hold this program for an hour.
  exchange.delay = (timeout, method, ...args) =>
    setTimeout(() => exchange.spawn(method, ...args), timeout).unref();
  return exchange;
}

// Resolves with what a watch method brings once `does` is done; `watch` is called before it. ccxt
// does not say when a subscription stands, so what is done waits until the stream is quiet.
export async function hear(watch, does = async () => {}, pause = 300) {
  const heard = watch();
  await new Promise((resolve) => setTimeout(resolve, pause));
  await does();
  return heard;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { default: ccxt } = await import('ccxt');
  const base = process.argv[2] ?? 'http://127.0.0.1:8787';
  const keys = { apiKey: 'test-key', secret: 'test-secret' };
  const exchange = await listenAt(new ccxt.pro.bingx(keys), `${base}/@bingx-1`);
  const symbol = 'BTC/USDT';
  const ticker = await exchange.watchTicker(symbol);
  const book = await exchange.watchOrderBook(symbol);
  console.log(`last price ${ticker.last}, best bid ${book.bids[0][0]}`);
  const balance = await exchange.watchBalance();
  console.log(`${balance.USDT.total} USDT`);
  const [order] = await hear(
    () => exchange.watchOrders(symbol),
    () => exchange.createOrder(symbol, 'limit', 'buy', 0.001, ticker.last * 0.9),
  );
  console.log(`order ${order.id} is ${order.status}`);
  const [trade] = await hear(
    () => exchange.watchMyTrades(symbol),
    () => exchange.createOrder(symbol, 'market', 'buy', 0.001),
  );
  console.log(`bought ${trade.amount} at ${trade.price}`);
  await exchange.cancelAllOrders(symbol);
  await exchange.close();
}

// What a bot hears through ccxt.pro while it trades at WhiteBIT: prices and the book, its orders,
// its fills and its balance.
// Run: node ccxt-pro-whitebit.mjs [URL], with `npm install ccxt` and `ocokit serve` beside it.

import { pathToFileURL } from 'node:url';

import { at } from './ccxt.mjs';

// Points a ccxt.pro exchange at an account's address. ccxt loads the client of WebSockets together
// with its proxies, which it would ask for otherwise.
export async function listen(exchange, url) {
  at(exchange, url);
  exchange.urls.api.ws = `${url.replace(/^http/, 'ws')}/ws`;
  await exchange.loadHttpProxyAgent();
  await exchange.loadMarkets();
  return exchange;
}

// ccxt.pro waits for ever where a subscription was refused.
export function within(ms, what, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no ${what} within ${ms} ms`)), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

// Subscribes, places an order that rests, and returns what was heard of it and of the market.
export async function hear(exchange, symbol = 'BTC/USDT') {
  const wait = (what, promise) => within(10_000, what, promise);
  const ticker = await wait('ticker', exchange.watchTicker(symbol));
  const book = await wait('book', exchange.watchOrderBook(symbol));
  const trades = await wait('trades', exchange.watchTrades(symbol));
  const candles = await wait('candles', exchange.watchOHLCV(symbol, '1m'));
  // The first of the private ones authorizes; each of them hears of what comes after it.
  const orders = wait('order', exchange.watchOrders(symbol));
  const balance = wait('balance', exchange.watchBalance());
  await new Promise((resolve) => setTimeout(resolve, 500));
  const placed = await exchange.createOrder(symbol, 'limit', 'buy', 0.01, ticker.last * 0.9);
  return { ticker, book, trades, candles, placed, orders: await orders, balance: await balance };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { default: ccxt } = await import('ccxt');
  const base = process.argv[2] ?? 'http://127.0.0.1:8787';
  const exchange = new ccxt.pro.whitebit({ apiKey: 'test-key', secret: 'test-secret' });
  await listen(exchange, `${base}/@whitebit-1`);
  const heard = await hear(exchange);
  console.log(`last price ${heard.ticker.last}, best bid ${heard.book.bids[0][0]}`);
  console.log(`order ${heard.orders[0].id} is ${heard.orders[0].status}`);
  console.log(`${heard.balance.USDT.used} USDT are held back for it`);
  await exchange.close();
}

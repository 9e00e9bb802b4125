// The example through ccxt.pro, where CCXT names a folder that has it: ./dev check ccxt.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import path from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { hear, listenAt } from './ccxt-pro-bingx.mjs';
import { Server } from './ocokit_mock.mjs';

const folder = process.env.CCXT;
const skip = folder ? false : 'CCXT is not set';
const symbol = 'BTC/USDT';

async function load() {
  const require = createRequire(path.join(path.resolve(folder), 'from.js'));
  return (await import(pathToFileURL(require.resolve('ccxt')).href)).default;
}

// An account of a server that is the test's own, and an exchange that listens there.
async function listening(t) {
  const ccxt = await load();
  const server = await Server.start();
  t.after(() => server.stop());
  const account = await server.addAccount('bingx', { settings: { rate_limits: 'off' } });
  const keys = { apiKey: account.key, secret: account.secret };
  const exchange = await listenAt(new ccxt.pro.bingx(keys), account.url);
  t.after(() => exchange.close());
  await exchange.loadMarkets();
  return { account, exchange };
}

test('bingx: every watch method delivers', { skip, timeout: 60000 }, async (t) => {
  const { account, exchange } = await listening(t);

  assert.equal((await exchange.watchTicker(symbol)).last, 64000);
  assert.deepEqual((await exchange.watchOrderBook(symbol)).asks[0], [64000, 1000000]);
  assert.equal((await exchange.watchOHLCV(symbol, '1m'))[0][4], 64000);
  const trades = await hear(
    () => exchange.watchTrades(symbol),
    () => account.setPrice('BTC-USDT', '64100'),
  );
  assert.deepEqual([trades[0].price, trades[0].side], [64100, 'buy']);

  assert.equal((await exchange.watchBalance()).USDT.total, 1000000);
  const [placed] = await hear(
    () => exchange.watchOrders(symbol),
    () => exchange.createOrder(symbol, 'limit', 'buy', 0.001, 60000),
  );
  assert.deepEqual([placed.status, placed.price, placed.amount], ['open', 60000, 0.001]);
  const [done] = await hear(
    () => exchange.watchOrders(symbol),
    () => account.setPrice('BTC-USDT', '60000'),
  );
  assert.deepEqual([done.id, done.status, done.filled], [placed.id, 'closed', 0.001]);
  const mine = (await hear(
    () => exchange.watchMyTrades(symbol),
    () => exchange.createOrder(symbol, 'market', 'sell', 0.002),
  )).at(-1);
  assert.deepEqual([mine.side, mine.amount, mine.takerOrMaker], ['sell', 0.002, 'taker']);
  const balance = await hear(
    () => exchange.watchBalance(),
    () => exchange.createOrder(symbol, 'limit', 'sell', 1, 70000),
  );
  assert.equal(balance.BTC.used, 1);
});

test('bingx: the two orders of a pair', { skip, timeout: 60000 }, async (t) => {
  const { account, exchange } = await listening(t);
  const states = new Map();
  let ended = 0;
  const until = async (count) => {
    while (ended < count) {
      for (const order of await exchange.watchOrders(symbol)) states.set(order.type, order.status);
      ended = [...states.values()].filter((status) => status !== 'open').length;
    }
  };
  await hear(() => exchange.watchOrders(symbol), () => exchange.spotV1PrivatePostOcoOrder({
    symbol: 'BTC-USDT', side: 'SELL', quantity: 0.001,
    limitPrice: 70000, triggerPrice: 60000, orderPrice: 59900,
  }));
  await hear(() => until(2), () => account.setPrice('BTC-USDT', '70000'));
  assert.deepEqual([...states].sort(), [['limit', 'closed'], ['take_stop_limit', 'canceled']]);
});

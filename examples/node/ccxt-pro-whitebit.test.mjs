// The example through ccxt.pro, where CCXT names a folder that has ccxt: ./dev check ccxt.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import path from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { hear, listen, within } from './ccxt-pro-whitebit.mjs';
import { Server } from './ocokit_mock.mjs';

const folder = process.env.CCXT;
const skip = folder ? false : 'CCXT is not set';

test('whitebit: prices, orders, fills and balances through ccxt.pro', { skip }, async (t) => {
  const require = createRequire(path.join(path.resolve(folder), 'from.js'));
  const { default: ccxt } = await import(pathToFileURL(require.resolve('ccxt')).href);
  const server = await Server.start();
  t.after(() => server.stop());
  const account = await server.addAccount('whitebit');
  const exchange = new ccxt.pro.whitebit({ apiKey: account.key, secret: account.secret });
  t.after(() => exchange.close());
  await listen(exchange, account.url);

  const heard = await hear(exchange);
  assert.equal(heard.ticker.last, 40500);
  assert.equal(heard.book.bids[0][0], 40500);
  assert.equal(heard.trades.at(-1).price, 40500);
  assert.equal(heard.candles.at(-1)[4], 40500);
  assert.equal(heard.orders[0].id, heard.placed.id);
  assert.equal(heard.orders[0].status, 'open');
  assert.equal(heard.balance.USDT.used, 364.5);

  const mine = exchange.watchMyTrades('BTC/USDT');
  const orders = exchange.watchOrders('BTC/USDT');
  // The answer to the subscription, before the price that fills the order.
  await new Promise((resolve) => setTimeout(resolve, 500));
  await account.setPrice('BTC_USDT', '36000');
  const [fill] = await within(10_000, 'fill', mine);
  assert.equal(fill.order, heard.placed.id);
  assert.equal(fill.takerOrMaker, 'maker');
  const closed = await within(10_000, 'order', orders);
  assert.equal(closed.at(-1).status, 'closed');
  assert.equal(closed.at(-1).filled, 0.01);
});

// The example through ccxt, where CCXT names a folder that has it: ./dev check ccxt.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import path from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { at, enter } from './ccxt.mjs';
import { Server } from './ocokit_mock.mjs';

const folder = process.env.CCXT;
const skip = folder ? false : 'CCXT is not set';

async function load() {
  const require = createRequire(path.join(path.resolve(folder), 'from.js'));
  return (await import(pathToFileURL(require.resolve('ccxt')).href)).default;
}

for (const [venue, market] of [['bingx', 'BTC-USDT'], ['whitebit', 'BTC_USDT']]) {
  test(`${venue}: an entry and its OCO through ccxt`, { skip }, async (t) => {
    const ccxt = await load();
    const server = await Server.start();
    t.after(() => server.stop());
    const account = await server.addAccount(venue, { settings: { rate_limits: 'off' } });
    const exchange = at(new ccxt[venue]({ apiKey: account.key, secret: account.secret }),
                        account.url);
    const { last, entry } = await enter(exchange);
    assert.equal(entry.status, 'closed');
    assert.equal(entry.filled, 0.01);
    assert.equal((await exchange.fetchOpenOrders('BTC/USDT')).length, 2);

    await account.setPrice(market, String(last * 1.05));
    const [pair] = await account.orders();
    assert.equal(pair.limit.state, 'filled');
    assert.equal(pair.open, false);
    assert.deepEqual(await exchange.fetchOpenOrders('BTC/USDT'), []);
    const trades = await exchange.fetchMyTrades('BTC/USDT');
    assert.deepEqual(trades.map((trade) => trade.side), ['buy', 'sell']);
  });
}

test('whitebit: the fees of deposits and withdrawals through ccxt', { skip }, async (t) => {
  const ccxt = await load();
  const server = await Server.start();
  t.after(() => server.stop());
  const account = await server.addAccount('whitebit');
  const exchange = at(new ccxt.whitebit(), account.url);
  const fees = await exchange.fetchDepositWithdrawFees();
  assert.equal(fees.BTC.withdraw.fee, 17.5);
});

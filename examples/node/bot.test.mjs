// A bot's tests against the simulator; `place` stands for the bot. Run: node --test

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, beforeEach, test } from 'node:test';

import { ControlError, Server } from './ocokit_mock.mjs';

// Places an OCO order at BingX; `timestamp` in milliseconds.
async function place(url, key, secret, timestamp = Date.now()) {
  const signed = [
    'limitPrice=48000',
    'orderPrice=88000',
    'quantity=0.001',
    'side=BUY',
    'symbol=BTC-USDT',
    `timestamp=${timestamp}`,
    'triggerPrice=87000',
  ].join('&');
  const signature = createHmac('sha256', secret).update(signed).digest('hex');
  const reply = await fetch(`${url}/openApi/spot/v1/oco/order?${signed}&signature=${signature}`, {
    method: 'POST',
    headers: { 'X-BX-APIKEY': key },
  });
  return { headers: reply.headers, body: await reply.json() };
}

let server;
let account;
before(async () => {
  server = await Server.start();
});
after(() => server.stop());
beforeEach(async () => {
  account = await server.addAccount('bingx', { settings: { diagnosis_header: true } });
});

test('the stop triggers, and the other order is cancelled', async () => {
  const { body } = await place(server.url, account.key, account.secret);
  assert.equal(body.code, 0);
  await account.setPrice('BTC-USDT', '87500');
  const [pair] = await account.orders();
  assert.equal(pair.stop.state, 'filled');
  assert.equal(pair.limit.state, 'canceled');
  assert.deepEqual(
    pair.timeline.map((event) => event.event),
    ['placed', 'triggered', 'canceled', 'filled'],
  );
});

test('both ends of a pair from one beginning', async () => {
  await place(server.url, account.key, account.secret);
  await account.snapshot('placed');
  for (const [last, leg] of [
    ['47000', 'limit'],
    ['87500', 'stop'],
  ]) {
    await account.setPrice('BTC-USDT', last);
    assert.equal((await account.orders())[0][leg].state, 'filled');
    await account.restore('placed');
    assert.ok((await account.orders())[0].open);
  }
});

test('a timestamp in seconds is explained', async () => {
  const seconds = Math.floor(Date.now() / 1000);
  const { headers, body } = await place(server.url, account.key, account.secret, seconds);
  assert.equal(body.code, 100421);
  assert.equal(headers.get('Ocokit-Diagnosis'), 'timestamp_in_seconds');
  const [entry] = await account.journal();
  assert.equal(entry.decision.rule, 'timestamp');
  assert.match(entry.diagnosis.detail, new RegExp(seconds));
});

test('a reset is a broken connection', async () => {
  await account.addFault({ action: { type: 'reset' }, times: 1 });
  await assert.rejects(place(server.url, account.key, account.secret), /fetch failed/);
  assert.deepEqual(await account.orders(), []);
  assert.equal((await place(server.url, account.key, account.secret)).body.code, 0);
});

test('a mistake in a call names the member', async () => {
  await assert.rejects(account.changeSettings({ margin: 'all' }), (error) => {
    assert.ok(error instanceof ControlError);
    assert.equal(error.member, 'margin');
    return true;
  });
});

test('a server with a token', async () => {
  const guarded = await Server.start([], { token: 'letmein' });
  try {
    assert.deepEqual(await (await guarded.addAccount('bingx')).orders(), []);
    assert.equal((await fetch(`${guarded.controlUrl}/accounts`)).status, 401);
  } finally {
    await guarded.stop();
  }
});

test('a refusal that is no JSON', () => {
  const error = new ControlError(413, 'too large\n');
  assert.equal(error.message, 'too large');
  assert.equal(error.status, 413);
});

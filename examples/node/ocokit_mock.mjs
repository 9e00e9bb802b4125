// ocokit's simulator for JavaScript tests. Node 18 or later, no dependency; copy this file into
// your project.
//
//   const server = await Server.start();
//   const account = await server.addAccount('bingx', { balances: { USDT: '100000' } });
//   ...  // your bot, with server.url, account.key and account.secret
//   await account.setPrice('BTC-USDT', '48000');
//   (await account.orders())[0].limit.state;  // 'filled'
//   await server.stop();
//
// The program is found as `ocokit` on the PATH, or where the environment's OCOKIT says. With a
// control token, given or in OCOKIT_CONTROL_TOKEN, the server asks for it and each call bears it.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

// The control API refused: the message says what was wrong, `member` names what it is about.
export class ControlError extends Error {
  constructor(status, text) {
    let problem;
    try {
      problem = JSON.parse(text);
    } catch {
      // Refused before it was read, as 413 is.
    }
    super(problem?.detail ?? (text.trim() || `HTTP status ${status}`));
    this.status = status;
    this.member = problem?.member;
  }
}

export class Server {
  // A server of its own on a free port, until `stop` or the end of this program.
  static async start(
    options = [],
    { program = process.env.OCOKIT ?? 'ocokit', token = process.env.OCOKIT_CONTROL_TOKEN } = {},
  ) {
    const env = { ...process.env };
    if (token !== undefined) env.OCOKIT_CONTROL_TOKEN = token;
    const own = ['serve', '--listen', '127.0.0.1:0', '--quiet', '--exit-with-parent'];
    const child = spawn(program, [...own, ...options], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env,
    });
    const lines = createInterface({ input: child.stdout });
    const line = await Promise.race([
      once(lines, 'line').then(([text]) => text),
      once(child, 'exit').then(([code]) => {
        throw new Error(`${program} ended with ${code} before it was ready`);
      }),
    ]);
    const ready = JSON.parse(line);
    return new Server(child, ready, token);
  }

  constructor(child, ready, token) {
    this.child = child;
    this.token = token;
    this.url = ready.bingx_url; // of both venues
    this.controlUrl = ready.control_url;
  }

  // A new account; options as in docs/config.md: balances, dialect, settings, ...
  async addAccount(venue, options = {}) {
    return new Account(this, await this.call('POST', '/accounts', { venue, ...options }));
  }

  // One call of the control API. Throws ControlError.
  async call(method, path, body) {
    const headers = { 'Content-Type': 'application/json' };
    if (this.token) headers.Authorization = `Bearer ${this.token}`;
    const reply = await fetch(this.controlUrl + path, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await reply.text();
    if (!reply.ok) throw new ControlError(reply.status, text);
    return text === '' ? undefined : JSON.parse(text);
  }

  async stop() {
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await ended;
  }
}

// A grip on one account of a server.
export class Account {
  constructor(server, made) {
    this.server = server;
    this.id = made.account;
    this.url = made.url; // its own address: calls without a key are this account's, too
    this.wsUrl = made.ws_url; // where its streams begin
    this.key = made.key;
    this.secret = made.secret;
  }

  // A trade at `last` (a text); `fill`: the share that is filled of what it crosses.
  setPrice(market, last, fill) {
    return this.call('PUT', `/markets/${encodeURIComponent(market)}/price`, { last, fill });
  }

  // { bids: [['39999', '1']], asks: [['40001', '1']] }, which orders use up, or
  // { spread: '0.5', levels: 20, amount_per_level: '0.2' }, kept around the price.
  setBook(market, book) {
    return this.call('PUT', `/markets/${encodeURIComponent(market)}/book`, book);
  }

  // Prices of the past from a file of candles or trades; how: { speed, at_ms } (docs/control.md).
  replay(market, file, how = {}) {
    return this.call('POST', `/markets/${encodeURIComponent(market)}/replay`, { file, ...how });
  }

  advance(milliseconds) {
    return this.call('POST', '/clock', { advance_ms: milliseconds });
  }

  changeSettings(settings) {
    return this.call('PUT', '/settings', settings);
  }

  // addFault({ action: { type: 'reset' }, times: 1 }); docs/faults.md has all of them.
  addFault(fault) {
    return this.call('POST', '/faults', fault);
  }

  // What has happened: orders placed, filled, ended; money that changed. The oldest first.
  async events(after = 0) {
    return (await this.call('GET', `/events?after=${after}`)).events;
  }

  // The WebSockets that show this account.
  async streams() {
    return (await this.call('GET', '/streams')).streams;
  }

  // Ends one of them, without a closing frame unless `code` is given.
  endStream(id, code) {
    return this.call('DELETE', `/streams/${id}${code === undefined ? '' : `?code=${code}`}`);
  }

  // Every pair, the newest first.
  async orders() {
    return (await this.call('GET', '/orders')).pairs;
  }

  // Every order by itself, the newest first.
  async plainOrders() {
    return (await this.call('GET', '/orders')).orders;
  }

  // What came and what was answered, the oldest first.
  async journal(after = 0) {
    return (await this.call('GET', `/journal?after=${after}&limit=10000`)).entries;
  }

  // Keeps how the account stands; restore(name) puts it back to that.
  snapshot(name) {
    return this.call('POST', '/snapshot', { name });
  }

  restore(name) {
    return this.call('POST', '/restore', { name });
  }

  reset() {
    return this.call('POST', '/reset');
  }

  remove() {
    return this.call('DELETE', '');
  }

  call(method, path, body) {
    return this.server.call(method, `/accounts/${this.id}${path}`, body);
  }
}

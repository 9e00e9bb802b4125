// An example client for BingX spot OCO and WhiteBIT collateral OCO orders, written plainly from the
// venues' documents, with an adapter around it (docs/adapter.md). Node 18 or later, no dependency.
//
// It is an example of an adapter, not of a perfect client: what the kit finds in it is published.

import { createHmac } from 'node:crypto';
import { createInterface } from 'node:readline';

class VenueError extends Error {
  constructor(kind, code, message, outcomeUnknown = false) {
    super(message);
    this.kind = kind;
    this.code = code;
    this.outcomeUnknown = outcomeUnknown;
  }
}

async function send(method, url, headers, body, timeoutMs) {
  const reply = await fetch(url, {
    method, headers, body, signal: AbortSignal.timeout(timeoutMs), redirect: 'error',
  });
  return { status: reply.status, text: await reply.text() };
}

// '1e-7' and 1e-7 as '0.0000001'.
function plain(number) {
  const [, sign, whole, , fraction = '', , exponent = '0'] =
    /^(-?)(\d+)(\.(\d+))?([eE]([+-]?\d+))?$/.exec(String(number)) ?? [];
  if (whole === undefined) throw new TypeError(`${number} is no number`);
  let digits = whole + fraction;
  let point = whole.length + Number(exponent);
  if (point <= 0) [digits, point] = ['0'.repeat(1 - point) + digits, 1];
  digits = digits.padEnd(point, '0');
  return sign + digits.slice(0, point) + (point < digits.length ? '.' + digits.slice(point) : '');
}

class BingxClient {
  static kinds = {
    100001: 'auth', 100412: 'auth', 100413: 'auth', 100004: 'permission', 100419: 'permission',
    100414: 'permission', 100421: 'timestamp', 100410: 'rate_limit', 100202: 'insufficient_funds',
    100204: 'bad_request', 100400: 'bad_request', 100440: 'bad_request', 100404: 'not_found',
    100490: 'unavailable', 100500: 'unavailable', 100503: 'unavailable',
  };

  constructor(baseUrl, key, secret) {
    Object.assign(this, { baseUrl, key, secret });
  }

  async call(method, path, parameters, timeoutMs) {
    const all = { ...parameters, timestamp: Date.now() };
    const names = Object.keys(all).sort();
    const signature = createHmac('sha256', this.secret)
      .update(names.map((name) => `${name}=${all[name]}`).join('&')).digest('hex');
    const query = names.map((name) => `${name}=${encodeURIComponent(all[name])}`).join('&');
    const { status, text } = await send(method, `${this.baseUrl}${path}?${query}&signature=${signature}`,
      { 'X-BX-APIKEY': this.key }, undefined, timeoutMs);
    let envelope;
    try {
      envelope = JSON.parse(text);
    } catch {
      const limited = status === 429 || status === 418;
      throw new VenueError(limited ? 'rate_limit' : 'unavailable', undefined, `HTTP ${status}`, !limited);
    }
    if (envelope.code !== 0) {
      throw new VenueError(BingxClient.kinds[envelope.code] ?? 'unknown', envelope.code, envelope.msg);
    }
    return envelope.data;
  }

  leg(leg) {
    const type = leg.orderType === 'ocoLimit' ? 'limit' : 'stop';
    return {
      order_list_id: leg.orderListId, type, order_id: leg.orderId, client_order_id: leg.clientOrderId,
      symbol: leg.symbol, side: leg.side.toLowerCase(), quantity: plain(leg.quantity),
      price: plain(leg.price), status: leg.status ?? '',
      ...(type === 'stop' ? { trigger_price: plain(leg.triggerPrice) } : {}),
    };
  }

  pair(data) {
    const legs = data.map((leg) => this.leg(leg));
    const limit = legs.find((leg) => leg.type === 'limit');
    const stop = legs.find((leg) => leg.type === 'stop');
    return { order_list_id: limit.order_list_id, limit, stop };
  }

  async place_oco(args, timeoutMs) {
    const parameters = {
      symbol: args.symbol, side: args.side.toUpperCase(), quantity: args.quantity,
      limitPrice: args.limit_price, orderPrice: args.order_price, triggerPrice: args.trigger_price,
    };
    if (args.client_order_id) parameters.listClientOrderId = args.client_order_id;
    if (args.limit_client_order_id) parameters.aboveClientOrderId = args.limit_client_order_id;
    if (args.stop_client_order_id) parameters.belowClientOrderId = args.stop_client_order_id;
    return this.pair(await this.call('POST', '/openApi/spot/v1/oco/order', parameters, timeoutMs));
  }

  async cancel_oco(args, timeoutMs) {
    const which = args.order_id ? { orderId: args.order_id } : { clientOrderId: args.client_order_id };
    return this.call('POST', '/openApi/spot/v1/oco/cancel', which, timeoutMs);
  }

  async get_oco(args, timeoutMs) {
    const which = args.order_list_id ? { orderListId: args.order_list_id }
      : { clientOrderId: args.client_order_id };
    return this.pair(await this.call('GET', '/openApi/spot/v1/oco/orderList', which, timeoutMs));
  }

  async legs(path, args, timeoutMs) {
    const parameters = { pageIndex: args.page ?? 1, pageSize: args.page_size ?? 100 };
    if (args.start_ms) parameters.startTime = args.start_ms;
    if (args.end_ms) parameters.endTime = args.end_ms;
    const data = await this.call('GET', path, parameters, timeoutMs);
    return { legs: data.map((leg) => this.leg(leg)) };
  }

  list_oco(args, timeoutMs) {
    return this.legs('/openApi/spot/v1/oco/openOrderList', args, timeoutMs);
  }

  history(args, timeoutMs) {
    return this.legs('/openApi/spot/v1/oco/historyOrderList', args, timeoutMs);
  }

  async reconcile(args, timeoutMs) {
    try {
      return await this.get_oco({ client_order_id: args.client_order_id }, timeoutMs);
    } catch (error) {
      if (error.kind !== 'not_found') throw error;
      return this.place_oco(args, timeoutMs);
    }
  }
}

class WhitebitClient {
  lastNonce = 0;
  queue = Promise.resolve();

  constructor(baseUrl, key, secret) {
    Object.assign(this, { baseUrl, key, secret });
  }

  // One request after the other, so that nonces arrive in their order.
  call(path, parameters, timeoutMs) {
    const result = this.queue.then(() => this.callNow(path, parameters, timeoutMs));
    this.queue = result.catch(() => {});
    return result;
  }

  async callNow(path, parameters, timeoutMs) {
    this.lastNonce = Math.max(this.lastNonce + 1, Date.now());
    const body = JSON.stringify({ request: path, nonce: this.lastNonce, ...parameters });
    const payload = Buffer.from(body).toString('base64');
    const signature = createHmac('sha512', this.secret).update(payload).digest('hex');
    const { status, text } = await send('POST', this.baseUrl + path, {
      'Content-Type': 'application/json', 'X-TXC-APIKEY': this.key,
      'X-TXC-PAYLOAD': payload, 'X-TXC-SIGNATURE': signature,
    }, body, timeoutMs);
    let data;
    try {
      data = JSON.parse(text);
    } catch {
      throw new VenueError(status === 429 ? 'rate_limit' : 'unavailable', undefined, `HTTP ${status}`,
        status !== 429);
    }
    if (status !== 200) {
      throw new VenueError(WhitebitClient.kind(status, data), data.code,
        `${data.message} ${JSON.stringify(data.errors)}`, status >= 500);
    }
    return data;
  }

  static kind(status, data) {
    const text = `${data.message} ${JSON.stringify(data.errors)}`;
    if (data.code === 116) return 'reduce_only';
    if (status === 429) return 'nonce';
    if (status === 401) return data.code === 2 || data.code === 4 ? 'permission' : 'auth';
    if (text.includes('Not enough balance')) return 'insufficient_funds';
    if (text.includes('not found')) return 'not_found';
    return { 400: 'bad_request', 422: 'bad_request', 403: 'permission', 453: 'permission' }[status] ?? 'unknown';
  }

  leg(leg, type, group) {
    return {
      order_list_id: String(group), type, order_id: String(leg.orderId ?? leg.order_id),
      client_order_id: leg.clientOrderId ?? leg.client_order_id, symbol: leg.market, side: leg.side,
      quantity: leg.amount, price: leg.price, status: leg.status ?? '',
      ...(type === 'stop' ? { trigger_price: leg.activation_price } : {}),
    };
  }

  pair(group) {
    return {
      order_list_id: String(group.id), limit: this.leg(group.take_profit, 'limit', group.id),
      stop: this.leg(group.stop_loss, 'stop', group.id),
    };
  }

  async place_oco(args, timeoutMs) {
    const parameters = {
      market: args.symbol, side: args.side, amount: args.quantity, price: args.limit_price,
      activation_price: args.trigger_price, stop_limit_price: args.order_price,
    };
    if (args.client_order_id) parameters.clientOrderId = args.client_order_id;
    if (args.reduce_only !== undefined) parameters.reduceOnly = args.reduce_only;
    if (args.position_side) parameters.positionSide = args.position_side;
    return this.pair(await this.call('/api/v4/order/collateral/oco', parameters, timeoutMs));
  }

  async cancel_oco(args, timeoutMs) {
    const which = args.order_list_id ? { orderId: Number(args.order_list_id) }
      : { clientOrderId: args.client_order_id };
    return this.pair(await this.call('/api/v4/order/oco-cancel', { market: args.symbol, ...which }, timeoutMs));
  }

  async groups(args, timeoutMs) {
    const size = args.page_size ?? 50;
    const parameters = { limit: size, offset: ((args.page ?? 1) - 1) * size };
    if (args.symbol) parameters.market = args.symbol;
    return (await this.call('/api/v4/oco-orders', parameters, timeoutMs)).map((group) => this.pair(group));
  }

  async list_oco(args, timeoutMs) {
    return { legs: (await this.groups(args, timeoutMs)).flatMap((pair) => [pair.stop, pair.limit]) };
  }

  async reconcile(args, timeoutMs) {
    const same = (a, b) => Number(a) === Number(b);
    const pairs = await this.groups({ symbol: args.symbol, page_size: 100 }, timeoutMs);
    return pairs.find(({ limit, stop }) => same(limit.price, args.limit_price)
      && same(stop.price, args.order_price) && same(stop.trigger_price, args.trigger_price))
      ?? this.place_oco(args, timeoutMs);
  }
}

// ----------------------------------------------------------------------------------- adapter

const clients = { bingx: BingxClient, whitebit: WhitebitClient };
const operations = ['place_oco', 'cancel_oco', 'get_oco', 'list_oco', 'history', 'reconcile'];
const known = new Map();

function clientFor({ venue, base_url: baseUrl, key, secret }) {
  const identity = JSON.stringify([venue, baseUrl, key]);
  if (!known.has(identity)) known.set(identity, new clients[venue](baseUrl, key, secret));
  return known.get(identity);
}

async function carryOut(request) {
  if (request.op === 'ping') return { ok: {} };
  const client = clientFor(request);
  if (!operations.includes(request.op) || !client[request.op]) {
    return { unsupported: `no operation ${request.op}` };
  }
  const acts = ['place_oco', 'cancel_oco', 'reconcile'].includes(request.op);
  try {
    return { ok: await client[request.op](request.args, request.timeout_ms) };
  } catch (error) {
    if (error instanceof VenueError) {
      return {
        error: {
          kind: error.kind, code: error.code, message: error.message,
          outcome_unknown: error.outcomeUnknown && acts,
        },
      };
    }
    const network = error.name === 'TimeoutError' || error.message === 'fetch failed'
      || error.message === 'terminated';
    return {
      error: {
        kind: network ? 'transport' : 'protocol', message: String(error.cause ?? error),
        outcome_unknown: acts,
      },
    };
  }
}

createInterface({ input: process.stdin }).on('line', async (line) => {
  const request = JSON.parse(line);
  console.log(JSON.stringify({ id: request.id, ...await carryOut(request) }));
});

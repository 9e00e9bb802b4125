// An example client for orders, OCO and plain, order books and candles of BingX spot and WhiteBIT,
// written plainly from the venues' documents, with an adapter around it (docs/adapter.md). Node 18
// or later, no dependency.
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

// JSON whose numbers are texts where a double would not hold them: ids above 2^53, many decimals.
function parseExactly(text) {
  const quoted = text.replace(/("(?:[^"\\]|\\.)*")|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)/g,
    (all, string, number) => string ?? (String(Number(number)) === number ? number : `"${number}"`));
  JSON.parse(text);  // what was no JSON is none
  return JSON.parse(quoted);
}

// Levels of an order book, [price, quantity], best price first whatever the venue's order was.
function book({ bids, asks }) {
  const told = (levels, sign) => levels
    .map(([price, quantity]) => ({ price: plain(price), quantity: plain(quantity) }))
    .sort((a, b) => sign * (Number(a.price) - Number(b.price)));
  return { bids: told(bids, -1), asks: told(asks, 1) };
}

function publicUrl(baseUrl, path, parameters) {
  return `${baseUrl}${path}?${new URLSearchParams(parameters)}`;
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
    return this.data(status, text);
  }

  async public(path, parameters, timeoutMs) {
    const { status, text } = await send('GET', publicUrl(this.baseUrl, path, parameters), {},
      undefined, timeoutMs);
    return this.data(status, text);
  }

  data(status, text) {
    let envelope;
    try {
      envelope = parseExactly(text);
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

  static orderTypes = {
    limit: 'LIMIT', market: 'MARKET', stop_limit: 'TRIGGER_LIMIT', stop_market: 'TRIGGER_MARKET',
  };

  static typeWords = {
    LIMIT: 'limit', MARKET: 'market', TRIGGER_LIMIT: 'stop_limit', TRIGGER_MARKET: 'stop_market',
    TAKE_STOP_LIMIT: 'stop_limit', TAKE_STOP_MARKET: 'stop_market',
  };

  static forces = { gtc: 'GTC', ioc: 'IOC', fok: 'FOK', post_only: 'PostOnly' };

  order(order) {
    const type = BingxClient.typeWords[order.type] ?? order.type;
    return {
      order_id: String(order.orderId), client_order_id: order.clientOrderID ?? '',
      symbol: order.symbol, side: order.side.toLowerCase(), type, status: order.status,
      quantity: plain(order.origQty), filled_quantity: plain(order.executedQty),
      filled_quote: plain(order.cummulativeQuoteQty),
      ...(type.endsWith('limit') ? { price: plain(order.price) } : {}),
      // Placements and lists spell it differently.
      ...(type.startsWith('stop') ? { trigger_price: plain(order.stopPrice ?? order.StopPrice) } : {}),
    };
  }

  async place_order(args, timeoutMs) {
    const parameters = {
      symbol: args.symbol, side: args.side.toUpperCase(), type: BingxClient.orderTypes[args.type],
    };
    if (args.quantity) parameters.quantity = args.quantity;
    if (args.quote_quantity) parameters.quoteOrderQty = args.quote_quantity;
    if (args.price) parameters.price = args.price;
    if (args.trigger_price) parameters.stopPrice = args.trigger_price;
    if (args.time_in_force) parameters.timeInForce = BingxClient.forces[args.time_in_force];
    if (args.client_order_id) parameters.newClientOrderId = args.client_order_id;
    return this.order(await this.call('POST', '/openApi/spot/v1/trade/order', parameters, timeoutMs));
  }

  async cancel_order(args, timeoutMs) {
    const which = args.order_id ? { orderId: args.order_id } : { clientOrderID: args.client_order_id };
    return this.order(await this.call('POST', '/openApi/spot/v1/trade/cancel',
      { symbol: args.symbol, ...which }, timeoutMs));
  }

  async open_orders(args, timeoutMs) {
    const parameters = args.symbol ? { symbol: args.symbol } : {};
    const data = await this.call('GET', '/openApi/spot/v1/trade/openOrders', parameters, timeoutMs);
    return { orders: data.orders.map((order) => this.order(order)) };
  }

  async reconcile_order(args, timeoutMs) {
    try {
      return this.order(await this.call('GET', '/openApi/spot/v1/trade/query',
        { symbol: args.symbol, clientOrderID: args.client_order_id }, timeoutMs));
    } catch (error) {
      if (error.kind === 'not_found') return this.place_order(args, timeoutMs);
      error.outcomeUnknown = true;
      throw error;
    }
  }

  async order_book(args, timeoutMs) {
    const parameters = { symbol: args.symbol };
    if (args.limit) parameters.limit = Math.min(args.limit, 1000);
    return book(await this.public('/openApi/spot/v1/market/depth', parameters, timeoutMs));
  }

  async candles(args, timeoutMs) {
    const parameters = { symbol: args.symbol, interval: args.interval };
    if (args.start_ms) parameters.startTime = args.start_ms;
    if (args.end_ms) parameters.endTime = args.end_ms;
    if (args.limit) parameters.limit = Math.min(args.limit, 1440);
    const rows = await this.public('/openApi/spot/v2/market/kline', parameters, timeoutMs);
    // The newest comes first.
    const candles = rows.map(([openMs, open, high, low, close, volume]) => ({
      open_ms: openMs, open: plain(open), high: plain(high), low: plain(low), close: plain(close),
      volume: plain(volume),
    }));
    return { candles: candles.sort((a, b) => a.open_ms - b.open_ms) };
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
      data = parseExactly(text);
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

  order(order) {
    // 'margin stop limit', 'stock market', 'trigger margin market'
    const words = order.type.split(' ');
    const stop = words.includes('stop') || words.includes('trigger') ? 'stop_' : '';
    const type = stop + words.at(-1);
    return {
      order_id: String(order.orderId ?? order.id), client_order_id: order.clientOrderId,
      symbol: order.market, side: order.side, type, status: order.status ?? '',
      quantity: order.amount, filled_quantity: order.dealStock, filled_quote: order.dealMoney,
      ...(type.endsWith('limit') ? { price: order.price } : {}),
      ...(stop ? { trigger_price: order.activation_price ?? order.activationPrice } : {}),
    };
  }

  static orderPath({ wallet, type, side, quantity }) {
    if (wallet === 'collateral') {
      const names = { stop_limit: 'stop-limit', stop_market: 'trigger-market' };
      return `/api/v4/order/collateral/${names[type] ?? type}`;
    }
    // To order/market the quantity of a purchase would be money.
    if (type === 'market' && side === 'buy' && quantity) return '/api/v4/order/stock_market';
    return `/api/v4/order/${type === 'limit' ? 'new' : type}`;
  }

  async place_order(args, timeoutMs) {
    if (args.time_in_force === 'fok') throw new VenueError('bad_request', undefined, 'no fill or kill');
    const parameters = {
      market: args.symbol, side: args.side, amount: args.quantity ?? args.quote_quantity,
    };
    if (args.price) parameters.price = args.price;
    if (args.trigger_price) parameters.activation_price = args.trigger_price;
    if (args.client_order_id) parameters.clientOrderId = args.client_order_id;
    if (args.reduce_only !== undefined) parameters.reduceOnly = args.reduce_only;
    if (args.position_side) parameters.positionSide = args.position_side;
    if (args.time_in_force === 'ioc') parameters.ioc = true;
    if (args.time_in_force === 'post_only') parameters.postOnly = true;
    return this.order(await this.call(WhitebitClient.orderPath(args), parameters, timeoutMs));
  }

  async cancel_order(args, timeoutMs) {
    const which = args.order_id ? { orderId: Number(args.order_id) }
      : { clientOrderId: args.client_order_id };
    return this.order(await this.call('/api/v4/order/cancel', { market: args.symbol, ...which }, timeoutMs));
  }

  async open_orders(args, timeoutMs) {
    const size = args.page_size ?? 50;
    const parameters = { limit: size, offset: ((args.page ?? 1) - 1) * size };
    if (args.symbol) parameters.market = args.symbol;
    const orders = await this.call('/api/v4/orders', parameters, timeoutMs);
    return { orders: orders.map((order) => this.order(order)) };
  }

  async endedOrder(which, timeoutMs) {
    try {
      const data = await this.call('/api/v4/trade-account/order/history', which, timeoutMs);
      const [row] = Array.isArray(data) ? data : data[which.market] ?? [];
      return row && this.order({ market: which.market, ...row });
    } catch (error) {
      if (error.code === 30 && error.message.includes('orderHistory')) return undefined;
      throw error;
    }
  }

  async reconcile_order(args, timeoutMs) {
    const which = { market: args.symbol, clientOrderId: args.client_order_id };
    let found;
    try {
      const [open] = await this.call('/api/v4/orders', which, timeoutMs);
      found = open ? this.order(open) : await this.endedOrder(which, timeoutMs);
    } catch (error) {
      error.outcomeUnknown = true;
      throw error;
    }
    return found ?? this.place_order(args, timeoutMs);
  }

  async public(path, parameters, timeoutMs) {
    const { status, text } = await send('GET', publicUrl(this.baseUrl, path, parameters), {},
      undefined, timeoutMs);
    if (status === 429) throw new VenueError('rate_limit', undefined, 'HTTP 429');
    if (status >= 500) throw new VenueError('unavailable', undefined, `HTTP ${status}`);
    const data = JSON.parse(text);
    if (status !== 200) throw new VenueError('bad_request', undefined, text);
    return data;
  }

  async order_book(args, timeoutMs) {
    const parameters = args.limit ? { limit: Math.min(args.limit, 100) } : {};
    return book(await this.public(`/api/v4/public/orderbook/${args.symbol}`, parameters, timeoutMs));
  }

  async candles(args, timeoutMs) {
    const parameters = { market: args.symbol, interval: args.interval };
    if (args.start_ms) parameters.start = Math.floor(args.start_ms / 1000);
    if (args.end_ms) parameters.end = Math.floor(args.end_ms / 1000);
    if (args.limit) parameters.limit = Math.min(args.limit, 1440);
    const { success, message, result } = await this.public('/api/v1/public/kline', parameters, timeoutMs);
    if (!success) throw new VenueError('bad_request', undefined, JSON.stringify(message));
    return {
      candles: result.map(([seconds, open, close, high, low, volume]) => ({
        open_ms: seconds * 1000, open, high, low, close, volume,
      })),
    };
  }
}

// ----------------------------------------------------------------------------------- adapter

const clients = { bingx: BingxClient, whitebit: WhitebitClient };
const operations = ['place_oco', 'cancel_oco', 'get_oco', 'list_oco', 'history', 'reconcile',
  'place_order', 'cancel_order', 'open_orders', 'reconcile_order', 'order_book', 'candles'];
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
  const acts = /^(place|cancel|reconcile)/.test(request.op);
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

#pragma once

// whitebit::Client: WhiteBIT orders over REST, collateral OCO and plain ones. Start here for
// WhiteBIT.
//
//   auto made = whitebit::Client::Make({}, client::Credentials(key, secret));
//   auto placed = made->PlaceOco({.market = "BTC_USDT", .side = whitebit::Side::kBuy, ...});
//
// Thread-safe: any number of threads may call one client at once. No exception leaves it. A request
// is checked before it is sent; what is wrong with it returns kBadRequest naming the field, spelled
// as on the wire. Every method may return the errors of errors.h; only those that place, the three
// cancels and Reconcile can return one with outcome_unknown.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ocokit/base/clock.h"
#include "ocokit/client/credentials.h"
#include "ocokit/client/errors.h"
#include "ocokit/client/http_transport.h"
#include "ocokit/client/nonce.h"
#include "ocokit/client/options.h"
#include "ocokit/client/transport.h"
#include "ocokit/client/whitebit_types.h"

namespace ocokit::client::whitebit {

struct ClientOptions {
  // Where to, when Make opens its own transport; http.base_url takes precedence when set.
  std::string base_url = "https://whitebit.com";
  HttpTransportOptions http{};
  // Null: the machine's clock.
  std::shared_ptr<Clock> clock{};
  // Shared by every client of the same key. Null: one of this client's own.
  std::shared_ptr<NonceSource> nonces{};
  // Off: requests of several threads may overtake each other on their way; one that comes too late
  // is refused with nothing done, and tried again as `retry` allows, with a fresh nonce and while
  // no other of `nonces` is under way: once is enough, unless another process uses the key or a
  // request hangs. On, sends nonceWindow: a nonce must then be within 5 seconds of the venue's
  // clock and new, but need not rise: for several processes on one key. A nonce that has run too
  // far ahead of the clock is not sent; the call returns a kNonce error instead.
  bool nonce_window = false;
  // The nonce as a JSON string, as older documents have it.
  bool nonce_as_string = false;
  RateLimitOptions rate_limit{};
  RetryOptions retry{};
};

class Client {
 public:
  // Over HTTP. Errors: kBadRequest naming the option or credential that cannot be used.
  [[nodiscard]] static Result<Client> Make(ClientOptions options, const Credentials& credentials);
  // Over a transport of the caller's.
  [[nodiscard]] static Result<Client> Make(ClientOptions options, const Credentials& credentials,
                                           std::shared_ptr<Transport> transport);
  Client(Client&&) noexcept;
  Client& operator=(Client&&) noexcept;
  ~Client();

  // POST /api/v4/order/collateral/oco: the group and both legs, as placed. With reduce_only the
  // venue may cut the amount to the position.
  [[nodiscard]] Result<OcoOrder> PlaceOco(const PlaceOcoRequest& request);

  // POST /api/v4/order/oco-cancel: the group as it was cancelled.
  [[nodiscard]] Result<OcoOrder> CancelOco(const CancelOcoRequest& request);

  // POST /api/v4/order/conditional-cancel.
  [[nodiscard]] Result<void> CancelConditional(const CancelConditionalRequest& request);

  // POST /api/v4/oco-orders: open OCO groups, newest first.
  [[nodiscard]] Result<std::vector<OcoOrder>> ListOcos(const ListRequest& request = {});

  // POST /api/v4/conditional-orders: open OCO and OTO groups.
  [[nodiscard]] Result<ConditionalPage> ListConditionals(const ListRequest& request = {});

  // POST /api/v4/order/new, market, stock_market, stop_limit, stop_market, collateral/limit,
  // market, stop-limit or trigger-market: the order, as placed. An order at the market shows its
  // fills. After an unknown outcome, OpenOrders by the client's id says whether it is open.
  [[nodiscard]] Result<Order> PlaceOrder(const PlaceOrderRequest& request);

  // POST /api/v4/order/cancel: the order as it was cancelled.
  [[nodiscard]] Result<Order> CancelOrder(const CancelOrderRequest& request);

  // POST /api/v4/orders: open orders, newest first, the legs of groups among them.
  [[nodiscard]] Result<std::vector<Order>> OpenOrders(const OpenOrdersRequest& request = {});

  // POST /api/v4/trade-account/order/history: one page. Legs of groups are among them, without
  // their group's id.
  [[nodiscard]] Result<std::vector<Order>> OrderHistory(const HistoryRequest& request = {});

  // POST /api/v4/profile/websocket_token: what a WebSocket is authorized with, for about a minute;
  // whoever has it can trade there. whitebit::UserStream (whitebit_user_stream.h) does all of this.
  [[nodiscard]] Result<std::string> WebsocketToken();

  // GET /api/v4/public/time: whole seconds.
  [[nodiscard]] Result<TimePoint> ServerTime();

  // Compares the clocks. Nonces are not corrected by it: they go on rising by the local clock.
  [[nodiscard]] Result<TimeCheck> SyncTime();

  // After a PlaceOco whose outcome is unknown: the group if it is there, open or ended, else it is
  // placed, once.
  // `request` must be the one that was sent, with client_order_id, and `sent_at` the error's.
  //
  // Why it is safe:
  // - The venue refuses a nonce that is not above the last accepted one. Listing the open groups
  //   therefore also shuts out an earlier attempt that is still under way. With nonce_window that
  //   does not hold; Reconcile then waits until the earlier nonce is too old, and lists again.
  // - The venue refuses a second open order of the same client_order_id on the market (code 36), so
  //   placing again cannot make a second pair while the first is open.
  // - Replies need not carry the client's id. A group is taken for the pair when it carries the id;
  //   or when exactly one agrees in market, side, amount and the three prices, carries no other id,
  //   and was placed no earlier than 5 seconds before sent_at, or code 36 has shown that the pair
  //   is open.
  // - A pair that was accepted and has ended before Reconcile looks is in the order history: two
  //   ended orders of one time that agree, placed no earlier than 5 seconds before sent_at. It
  //   comes back with its statuses and the id 0, which the history does not tell. Without sent_at
  //   the history is not searched, and such a pair is placed anew.
  // Guaranteed, with sent_at: on success there is exactly one pair of this request, open or ended.
  // An error with outcome_unknown means it could not be found out, and Reconcile may be called
  // again; an error without means that there is no such pair and none was placed.
  [[nodiscard]] Result<OcoOrder> Reconcile(const PlaceOcoRequest& request,
                                           std::optional<TimePoint> sent_at = std::nullopt);

 private:
  struct Impl;
  explicit Client(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace ocokit::client::whitebit

#pragma once

// bingx::Client: BingX spot orders over REST, OCO and plain ones. Start here for BingX.
//
//   auto made = bingx::Client::Make({.base_url = "https://open-api.bingx.com"},
//                                   client::Credentials(key, secret));
//   auto placed = made->PlaceOco({.symbol = "BTC-USDT", .side = bingx::Side::kBuy, ...});
//
// Thread-safe: any number of threads may call one client at once. No exception leaves it. A request
// is checked before it is sent; what is wrong with it returns kBadRequest naming the field, spelled
// as on the wire. Every method may return the errors of errors.h; only those that place, the two
// cancels and Reconcile can return one with outcome_unknown.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ocokit/base/clock.h"
#include "ocokit/client/bingx_signer.h"
#include "ocokit/client/bingx_types.h"
#include "ocokit/client/credentials.h"
#include "ocokit/client/errors.h"
#include "ocokit/client/http_transport.h"
#include "ocokit/client/options.h"
#include "ocokit/client/transport.h"

namespace ocokit::client::bingx {

struct ClientOptions {
  // Where to, when Make opens its own transport; http.base_url takes precedence when set.
  std::string base_url = "https://open-api.bingx.com";
  HttpTransportOptions http{};
  // Null: the machine's clock.
  std::shared_ptr<Clock> clock{};
  // How long after its timestamp a request is still good; 0 leaves the parameter out, which the
  // venue takes for 5000 ms. At most 60 seconds.
  milliseconds recv_window{5000};
  // How POST parameters travel. GET parameters are always a query.
  ParamFormat post_format = ParamFormat::kJson;
  RateLimitOptions rate_limit{};
  RetryOptions retry{};
  // On a timestamp error: measure the venue's clock and try once more.
  bool resync_on_timestamp_error = true;
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

  // POST /openApi/spot/v1/oco/order: both legs, as placed.
  [[nodiscard]] Result<OcoPair> PlaceOco(const PlaceOcoRequest& request);

  // POST /openApi/spot/v1/oco/cancel: cancels both legs.
  [[nodiscard]] Result<CancelOcoReply> CancelOco(const CancelOcoRequest& request);

  // GET /openApi/spot/v1/oco/orderList: both legs of one pair, open or finished; without status.
  // Errors: kNotFound when the venue knows no such list.
  [[nodiscard]] Result<OcoPair> FindOco(const FindOcoRequest& request);

  // GET /openApi/spot/v1/oco/openOrderList: one page of legs; a page may end inside a pair.
  [[nodiscard]] Result<std::vector<Leg>> ListOpenOcos(const ListOpenRequest& request = {});

  // GET /openApi/spot/v1/oco/historyOrderList: one page of legs of finished pairs.
  [[nodiscard]] Result<std::vector<Leg>> ListOcoHistory(const ListHistoryRequest& request = {});

  // POST /openApi/spot/v1/trade/order: the order, as placed. An order at the market shows what it
  // has filled. After an unknown outcome, OpenOrders shows what is open, without the client's ids;
  // CancelOrder by the client's id ends the order if it was placed.
  [[nodiscard]] Result<Order> PlaceOrder(const PlaceOrderRequest& request);

  // POST /openApi/spot/v1/trade/cancel: the order as it was cancelled.
  [[nodiscard]] Result<Order> CancelOrder(const CancelOrderRequest& request);

  // GET /openApi/spot/v1/trade/openOrders: newest first, the legs of pairs among them, at most
  // 2000.
  [[nodiscard]] Result<std::vector<Order>> OpenOrders(const OpenOrdersRequest& request = {});

  // GET /openApi/spot/v1/trade/query: one order or leg, open or ended. Errors: kNotFound.
  [[nodiscard]] Result<Order> FindOrder(const FindOrderRequest& request);

  // GET /openApi/spot/v1/trade/historyOrders: one page of ended orders and legs, newest placement
  // first.
  [[nodiscard]] Result<std::vector<Order>> OrderHistory(const OrderHistoryRequest& request = {});

  // POST /openApi/user/auth/userDataStream: a key that opens a stream of this account for an hour;
  // whoever has it can read there. bingx::UserStream (bingx_user_stream.h) does all of this.
  [[nodiscard]] Result<std::string> MakeListenKey();
  // PUT there: another hour from now on. Errors: kNotFound for a key that is unknown or has
  // expired.
  [[nodiscard]] Result<void> ExtendListenKey(const std::string& listen_key);
  // DELETE there: ends the key, and what its streams say of the account.
  [[nodiscard]] Result<void> DropListenKey(const std::string& listen_key);

  // GET /openApi/spot/v1/server/time.
  [[nodiscard]] Result<TimePoint> ServerTime();

  // Measures the venue's clock against the middle of the round trip; from then on timestamps follow
  // it.
  [[nodiscard]] Result<TimeSync> SyncTime();

  // After a PlaceOco whose outcome is unknown: the pair if it exists, else it is placed, once.
  // `request` must be the one that was sent, with list_client_order_id, and `sent_at` the error's;
  // without it the earlier attempt counts as sent just now.
  //
  // How: looks for the list's client id in orderList and in the history. If it is in neither, waits
  // (on the client's clock, about recv_window after sent_at) until the venue can no longer accept
  // the earlier attempt, looks once more, and only then places.
  // Guaranteed, given that orderList shows what the venue accepted: on success there is exactly one
  // pair with this id, open or finished. An error with outcome_unknown means it could not be found
  // out, and Reconcile may be called again; an error without means that no pair was placed.
  [[nodiscard]] Result<OcoPair> Reconcile(const PlaceOcoRequest& request,
                                          std::optional<TimePoint> sent_at = std::nullopt);

 private:
  struct Impl;
  explicit Client(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace ocokit::client::bingx

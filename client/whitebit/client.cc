#include <algorithm>
#include <iterator>
#include <utility>

#include "client/core/bad_field.h"
#include "client/core/caller.h"
#include "client/core/check_credentials.h"
#include "client/core/check_options.h"
#include "client/core/text.h"
#include "client/whitebit/endpoints.h"
#include "client/whitebit/match.h"
#include "client/whitebit/read.h"
#include "client/whitebit/write.h"
#include "ocokit/client/whitebit.h"
#include "ocokit/client/whitebit_signer.h"

namespace ocokit::client::whitebit {
namespace {

// With nonceWindow a nonce may be this far from the venue's clock (WhiteBIT API docs).
constexpr milliseconds kNonceWindow{5000};
// A nonce further ahead of the local clock is not sent: the rest is for the clocks' difference.
constexpr milliseconds kMaxNonceLead{4000};
constexpr milliseconds kReconcileMargin{250};
constexpr int kPageSize = 100;
constexpr std::size_t kHistoryPageSize = 500;
// How far the venue's clock and the local one may differ, and the second that is cut off.
constexpr seconds kClocks{6};
constexpr int kMaxPages = 200;

tl::unexpected<Error> CouldNotFindOut(Error error) {
  error.retry_safe = false;
  error.transient = false;
  error.outcome_unknown = true;
  return tl::unexpected<Error>(std::move(error));
}

// Code 36, "This client order id is already used by the current account."
bool SaysIdIsInUse(const Error& error) {
  if (error.code != 36) return false;
  return std::any_of(error.fields.begin(), error.fields.end(), [](const FieldError& field) {
    return Contains(field.message, "already used");
  });
}

// The call that places an order of that wallet and type.
Call CallOf(const PlaceOrderRequest& request) {
  const bool spot = request.wallet == Wallet::kSpot;
  switch (request.type) {
    case OrderType::kLimit:
      return spot ? kPlaceLimit : kPlaceCollateralLimit;
    case OrderType::kMarket:
      if (!spot) return kPlaceCollateralMarket;
      return request.money.IsZero() ? kPlaceStockMarket : kPlaceMarket;
    case OrderType::kStopLimit:
      return spot ? kPlaceStopLimit : kPlaceCollateralStopLimit;
    case OrderType::kStopMarket:
      return spot ? kPlaceStopMarket : kPlaceCollateralStopMarket;
  }
  return kPlaceLimit;
}

// A signed request, and its turn among those of its key: both last until the reply is read.
struct Signed : HttpRequest {
  // Empty with nonceWindow, where the order of arrival does not matter.
  std::optional<NonceSource::Turn> turn;
};

}  // namespace

struct Client::Impl {
  Impl(ClientOptions opts, const Credentials& credentials, std::shared_ptr<Transport> transport)
      : options(std::move(opts)),
        clock(options.clock),
        nonces(options.nonces),
        api_key(credentials.api_key()),
        signer(credentials.RevealSecret()),
        caller(std::move(transport), clock, options.rate_limit, options.retry, kEndpoints,
               api_key) {}

  // A nonce that the venue's window still takes.
  Result<std::int64_t> NextNonceInWindow() {
    const std::int64_t nonce = nonces->Next();
    const milliseconds lead(nonce - ToUnixMillis(clock->Now()));
    if (lead <= kMaxNonceLead) return nonce;
    return tl::unexpected<Error>(
        Error{.kind = ErrorKind::kNonce,
              .message = "nonces run " + std::to_string(lead.count()) +
                         " ms ahead of the clock, too far for nonceWindow; nothing was sent",
              .retry_safe = true,
              .transient = true,
              .retry_after = lead - kMaxNonceLead});
  }

  template <typename Request>
  HttpRequest Sign(const Endpoint& endpoint, const Request& request, std::int64_t nonce) {
    HttpRequest http{.method = endpoint.method,
                     .target = std::string(endpoint.path),
                     .content_type = "application/json"};
    http.body = Write(request, Stamp{.path = endpoint.path,
                                     .nonce = nonce,
                                     .nonce_as_string = options.nonce_as_string,
                                     .nonce_window = options.nonce_window});
    SignedPayload signed_payload = signer.Sign(http.body);
    http.headers.reserve(3);
    http.headers.emplace_back("X-TXC-APIKEY", api_key);
    http.headers.emplace_back("X-TXC-PAYLOAD", std::move(signed_payload.payload));
    http.headers.emplace_back("X-TXC-SIGNATURE", std::move(signed_payload.signature));
    return http;
  }

  template <typename Request>
  Result<Signed> MakeRequest(const Endpoint& endpoint, const Request& request, bool overtaken) {
    if (options.nonce_window) {
      const Result<std::int64_t> nonce = NextNonceInWindow();
      if (!nonce) return tl::unexpected<Error>(nonce.error());
      return Signed{Sign(endpoint, request, *nonce), std::nullopt};
    }
    NonceSource::Turn turn = overtaken ? nonces->BeginAlone() : nonces->Begin();
    HttpRequest http = Sign(endpoint, request, turn.nonce());
    return Signed{std::move(http), std::move(turn)};
  }

  template <typename Reply, typename Request>
  Result<Reply> Run(whitebit::Call call, const Request& request,
                    Result<Reply> (*read)(const HttpResponse&)) {
    if (auto ok = Check(request); !ok) return tl::unexpected<Error>(std::move(ok.error()));
    bool overtaken = false;
    const auto sign = [&](const Endpoint& endpoint) {
      return MakeRequest(endpoint, request, overtaken);
    };
    const auto read_and_note = [&](const HttpResponse& response) {
      Result<Reply> reply = read(response);
      overtaken = !reply && reply.error().kind == ErrorKind::kNonce;
      return reply;
    };
    return caller.Call<Reply>(call, sign, read_and_note);
  }

  Result<TimeCheck> Sync() {
    // The times are those of the attempt that succeeded.
    TimePoint start;
    TimePoint end;
    const auto sign = [&](const Endpoint& endpoint) -> Result<HttpRequest> {
      start = clock->Now();
      return HttpRequest{.method = endpoint.method, .target = std::string(endpoint.path)};
    };
    const auto read = [&](const HttpResponse& response) {
      end = clock->Now();
      return ReadServerTime(response);
    };
    const Result<TimePoint> server = caller.Call<TimePoint>(kServerTime, sign, read);
    if (!server) return tl::unexpected<Error>(server.error());
    TimeCheck check{.server_time = *server, .round_trip = end - start};
    // The true time lies anywhere in the second that was printed.
    const TimePoint latest = *server + seconds(1);
    if (start > latest) check.local_ahead_by = start - latest;
    if (end < *server) check.local_ahead_by = end - *server;
    return check;
  }

  // All open OCO groups of the market.
  Result<std::vector<OcoOrder>> OpenGroups(const std::string& market) {
    std::vector<OcoOrder> groups;
    std::int64_t seen = 0;
    for (int page_number = 0; page_number < kMaxPages; ++page_number) {
      const ListRequest request{.market = market, .limit = kPageSize, .offset = seen};
      Result<ConditionalPage> page =
          Run<ConditionalPage>(kListConditionals, request, ReadConditionals);
      if (!page) return tl::unexpected<Error>(std::move(page.error()));
      for (ConditionalOrder& record : page->records) {
        if (auto* oco = std::get_if<OcoOrder>(&record)) groups.push_back(std::move(*oco));
      }
      seen += static_cast<std::int64_t>(page->records.size());
      if (page->records.empty() || seen >= page->total) return groups;
    }
    return tl::unexpected<Error>(
        Error{.kind = ErrorKind::kProtocol, .message = "more open groups than can be searched"});
  }

  // The ended orders of the market that changed last at `from` or later.
  Result<std::vector<Order>> EndedOrders(const std::string& market, TimePoint from) {
    std::vector<Order> orders;
    for (int page_number = 0; page_number < kMaxPages; ++page_number) {
      const HistoryRequest request{.market = market,
                                   .from = from,
                                   .limit = static_cast<int>(kHistoryPageSize),
                                   .offset = static_cast<std::int64_t>(orders.size())};
      Result<std::vector<Order>> page =
          Run<std::vector<Order>>(kOrderHistory, request, ReadHistory);
      if (!page) return tl::unexpected<Error>(std::move(page.error()));
      std::ranges::move(*page, std::back_inserter(orders));
      if (page->size() < kHistoryPageSize) return orders;
    }
    return tl::unexpected<Error>(
        Error{.kind = ErrorKind::kProtocol, .message = "more ended orders than can be searched"});
  }

  // Among the open groups, and then among what has ended: a pair that ends in between is seen.
  Result<Sighting> Look(const PlaceOcoRequest& request, std::optional<TimePoint> sent_at) {
    const Result<std::vector<OcoOrder>> open = OpenGroups(request.market);
    if (!open) return tl::unexpected<Error>(open.error());
    Sighting seen = Recognize(*open, request, sent_at);
    if (seen.pair || !sent_at) return seen;
    const Result<std::vector<Order>> ended = EndedOrders(request.market, *sent_at - kClocks);
    if (!ended) return tl::unexpected<Error>(ended.error());
    std::vector<OcoOrder> pairs = RecognizeEnded(*ended, request, *sent_at);
    if (pairs.size() > 1) {
      return tl::unexpected<Error>(
          Error{.kind = ErrorKind::kProtocol,
                .message = std::to_string(pairs.size()) +
                           " ended pairs agree with the request: cannot tell which it is"});
    }
    if (!pairs.empty()) seen.pair = std::move(pairs.front());
    return seen;
  }

  // Sleeps until the venue's clock is more than the window past every nonce given so far.
  Result<void> OutlastEarlierNonces() {
    const std::int64_t last = std::max(nonces->last(), ToUnixMillis(clock->Now()));
    const Result<TimeCheck> check = Sync();
    if (!check) return tl::unexpected<Error>(check.error());
    // At most this much is the local clock ahead of the venue's.
    const microseconds ahead = clock->Now() - check->server_time;
    const TimePoint dead = FromUnixMillis(last) + kNonceWindow + ahead + kReconcileMargin;
    clock->SleepFor(dead - clock->Now());
    return {};
  }

  // The pair is open, since its id is in use: which of the open groups is it?
  Result<OcoOrder> FindOpen(const PlaceOcoRequest& request, Error in_use) {
    const Result<std::vector<OcoOrder>> open = OpenGroups(request.market);
    if (!open) return CouldNotFindOut(open.error());
    const OcoOrder* found = nullptr;
    int candidates = 0;
    for (const OcoOrder& order : *open) {
      if (CarriesId(order, request)) return order;
      if (!Agrees(order, request)) continue;
      found = &order;
      ++candidates;
    }
    if (candidates == 1) return *found;
    in_use.message = "the client order id is in use, and " + std::to_string(candidates) +
                     " open groups agree with the request: cannot tell which it is";
    return CouldNotFindOut(std::move(in_use));
  }

  ClientOptions options;
  std::shared_ptr<Clock> clock;
  std::shared_ptr<NonceSource> nonces;
  std::string api_key;
  Signer signer;
  Caller caller;
};

Client::Client(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Client::Client(Client&&) noexcept = default;
Client& Client::operator=(Client&&) noexcept = default;
Client::~Client() = default;

Result<Client> Client::Make(ClientOptions options, const Credentials& credentials) {
  if (options.http.base_url.empty()) options.http.base_url = options.base_url;
  Result<std::unique_ptr<Transport>> transport = MakeHttpTransport(options.http);
  if (!transport) return tl::unexpected<Error>(std::move(transport.error()));
  return Make(std::move(options), credentials, std::move(*transport));
}

Result<Client> Client::Make(ClientOptions options, const Credentials& credentials,
                            std::shared_ptr<Transport> transport) {
  if (auto ok = CheckCredentials(credentials); !ok) return tl::unexpected<Error>(ok.error());
  if (auto ok = CheckOptions(options.rate_limit, options.retry); !ok) {
    return tl::unexpected<Error>(ok.error());
  }
  if (transport == nullptr) return BadField("transport", "is required");
  if (options.clock == nullptr) options.clock = std::make_shared<SystemClock>();
  if (options.nonces == nullptr) options.nonces = std::make_shared<NonceSource>(options.clock);
  return Client(std::make_unique<Impl>(std::move(options), credentials, std::move(transport)));
}

Result<OcoOrder> Client::PlaceOco(const PlaceOcoRequest& request) {
  return impl_->Run<OcoOrder>(kPlaceOco, request, ReadOco);
}

Result<OcoOrder> Client::CancelOco(const CancelOcoRequest& request) {
  return impl_->Run<OcoOrder>(kCancelOco, request, ReadOco);
}

Result<void> Client::CancelConditional(const CancelConditionalRequest& request) {
  return impl_->Run<void>(kCancelConditional, request, ReadCancelled);
}

Result<std::vector<OcoOrder>> Client::ListOcos(const ListRequest& request) {
  return impl_->Run<std::vector<OcoOrder>>(kListOcos, request, ReadOcos);
}

Result<ConditionalPage> Client::ListConditionals(const ListRequest& request) {
  return impl_->Run<ConditionalPage>(kListConditionals, request, ReadConditionals);
}

Result<Order> Client::PlaceOrder(const PlaceOrderRequest& request) {
  return impl_->Run<Order>(CallOf(request), request, ReadOrder);
}

Result<Order> Client::CancelOrder(const CancelOrderRequest& request) {
  return impl_->Run<Order>(kCancelOrder, request, ReadOrder);
}

Result<std::vector<Order>> Client::OpenOrders(const OpenOrdersRequest& request) {
  return impl_->Run<std::vector<Order>>(kOpenOrders, request, ReadOrders);
}

Result<std::vector<Order>> Client::OrderHistory(const HistoryRequest& request) {
  return impl_->Run<std::vector<Order>>(kOrderHistory, request, ReadHistory);
}

Result<std::string> Client::WebsocketToken() {
  return impl_->Run<std::string>(kWebsocketToken, TokenRequest{}, ReadToken);
}

Result<TimePoint> Client::ServerTime() {
  const Result<TimeCheck> check = impl_->Sync();
  if (!check) return tl::unexpected<Error>(check.error());
  return check->server_time;
}

Result<TimeCheck> Client::SyncTime() { return impl_->Sync(); }

Result<OcoOrder> Client::Reconcile(const PlaceOcoRequest& request,
                                   std::optional<TimePoint> sent_at) {
  if (auto ok = Check(request); !ok) return tl::unexpected<Error>(ok.error());
  if (request.client_order_id.empty()) {
    return BadField("clientOrderId", "is required to find the pair again");
  }

  // Without nonceWindow this list's nonce, once accepted, shuts out every earlier request.
  Result<Sighting> seen = impl_->Look(request, sent_at);
  if (!seen) return CouldNotFindOut(seen.error());
  if (!seen->pair && impl_->options.nonce_window) {
    if (auto ok = impl_->OutlastEarlierNonces(); !ok) return CouldNotFindOut(ok.error());
    seen = impl_->Look(request, sent_at);
    if (!seen) return CouldNotFindOut(seen.error());
  }
  if (seen->pair) return *seen->pair;

  Result<OcoOrder> placed = PlaceOco(request);
  if (placed || placed.error().outcome_unknown) return placed;
  if (SaysIdIsInUse(placed.error())) return impl_->FindOpen(request, std::move(placed.error()));
  // Refused for another reason before the id was looked at, perhaps; a group that agrees may be it.
  if (seen->ambiguous) return CouldNotFindOut(std::move(placed.error()));
  return placed;
}

}  // namespace ocokit::client::whitebit

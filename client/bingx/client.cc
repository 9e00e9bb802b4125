#include <atomic>
#include <utility>

#include "client/bingx/endpoints.h"
#include "client/bingx/read.h"
#include "client/bingx/write.h"
#include "client/core/bad_field.h"
#include "client/core/caller.h"
#include "client/core/check_credentials.h"
#include "client/core/check_options.h"
#include "ocokit/base/encoding.h"
#include "ocokit/client/bingx.h"

namespace ocokit::client::bingx {
namespace {

constexpr milliseconds kLongestWindow{60000};
// What the venue takes when the parameter is left out (BingX API, "Timing safety").
constexpr milliseconds kDefaultWindow{5000};
// Beside the measured uncertainty of the venue's clock, before an old request counts as dead.
constexpr milliseconds kReconcileMargin{250};
constexpr int kReconcilePageSize = 1000;
constexpr int kReconcilePages = 10;

}  // namespace

struct Client::Impl {
  Impl(ClientOptions opts, const Credentials& credentials, std::shared_ptr<Transport> transport)
      : options(std::move(opts)),
        clock(options.clock),
        api_key(credentials.api_key()),
        signer(credentials.RevealSecret()),
        caller(std::move(transport), clock, options.rate_limit, options.retry, kEndpoints,
               api_key) {}

  microseconds Offset() const { return microseconds(offset_us.load(std::memory_order_relaxed)); }
  TimePoint VenueNow() const { return clock->Now() + Offset(); }

  template <typename Request>
  HttpRequest MakeRequest(const Endpoint& endpoint, const Request& request) const {
    const Params params = Write(request, Stamp{.timestamp_ms = ToUnixMillis(VenueNow()),
                                               .recv_window_ms = options.recv_window.count()});
    HttpRequest http{.method = endpoint.method, .target = std::string(endpoint.path)};
    http.headers.emplace_back("X-BX-APIKEY", api_key);
    const bool in_query =
        endpoint.method == HttpMethod::kGet || options.post_format == ParamFormat::kQuery;
    if (in_query) {
      http.target += '?';
      signer.AppendSigned(params, ParamFormat::kQuery, http.target);
    } else {
      http.body = signer.WriteSigned(params, options.post_format);
      http.content_type = options.post_format == ParamFormat::kJson
                              ? "application/json"
                              : "application/x-www-form-urlencoded";
    }
    return http;
  }

  // Checks, sends and reads one call. A timestamp error means that nothing happened: the venue's
  // clock is measured once and the call made once more.
  template <typename Reply, typename Request>
  Result<Reply> Run(bingx::Call call, const Request& request,
                    Result<Reply> (*read)(const HttpResponse&)) {
    if (auto ok = Check(request); !ok) return tl::unexpected<Error>(std::move(ok.error()));
    const auto sign = [&](const Endpoint& endpoint) -> Result<HttpRequest> {
      return MakeRequest(endpoint, request);
    };
    Result<Reply> reply = caller.Call<Reply>(call, sign, read);
    const bool clock_is_off =
        !reply && reply.error().kind == ErrorKind::kTimestamp && reply.error().retry_safe;
    if (clock_is_off && options.resync_on_timestamp_error && Sync()) {
      reply = caller.Call<Reply>(call, sign, read);
    }
    return reply;
  }

  Result<TimePoint> ServerTime() {
    const auto sign = [](const Endpoint& endpoint) -> Result<HttpRequest> {
      return HttpRequest{.method = endpoint.method, .target = std::string(endpoint.path)};
    };
    return caller.Call<TimePoint>(kServerTime, sign, ReadServerTime);
  }

  // The calls of a listenKey are not signed: the key's header, and the listenKey in the query.
  template <typename Reply>
  Result<Reply> RunKey(bingx::Call call, const std::string& listen_key,
                       Result<Reply> (*read)(const HttpResponse&)) {
    const auto make = [&](const Endpoint& endpoint) -> Result<HttpRequest> {
      HttpRequest http{.method = endpoint.method, .target = std::string(endpoint.path)};
      if (!listen_key.empty()) http.target += "?listenKey=" + PercentEncode(listen_key);
      http.headers.emplace_back("X-BX-APIKEY", api_key);
      return http;
    };
    return caller.Call<Reply>(call, make, read);
  }

  Result<TimeSync> Sync() {
    // A retry in between would show as a long round trip, so the times are those of the attempt
    // that succeeded.
    TimePoint start = clock->Now();
    TimePoint end = start;
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
    TimeSync sync;
    sync.round_trip = end - start;
    sync.offset = *server - (start + sync.round_trip / 2);
    offset_us.store(sync.offset.count(), std::memory_order_relaxed);
    return sync;
  }

  // The pair with this list id among the open and finished ones; none when it is in neither.
  Result<std::optional<OcoPair>> Look(const std::string& list_id) {
    Result<OcoPair> found =
        Run<OcoPair>(kFindOco, FindOcoRequest{.client_order_id = list_id}, ReadFound);
    if (found) return std::move(*found);
    // A bare HTTP 404 comes from something in between, and knows no lists.
    const bool unknown_to_venue = found.error().kind == ErrorKind::kNotFound && found.error().code;
    if (!unknown_to_venue) return tl::unexpected<Error>(std::move(found.error()));
    return LookInHistory(list_id);
  }

  Result<std::optional<OcoPair>> LookInHistory(const std::string& list_id) {
    OcoPair pair{.order_list_id = list_id, .limit = {}, .stop_limit = {}};
    bool has_limit = false;
    bool has_stop = false;
    for (int page = 1; page <= kReconcilePages; ++page) {
      const ListHistoryRequest request{.page_index = page, .page_size = kReconcilePageSize};
      Result<std::vector<Leg>> legs = Run<std::vector<Leg>>(kListOcoHistory, request, ReadLegs);
      if (!legs) return tl::unexpected<Error>(std::move(legs.error()));
      for (Leg& leg : *legs) {
        if (leg.order_list_id != list_id) continue;
        (leg.type == LegType::kLimit ? has_limit : has_stop) = true;
        (leg.type == LegType::kLimit ? pair.limit : pair.stop_limit) = std::move(leg);
      }
      if (has_limit && has_stop) return pair;
      if (legs->size() < kReconcilePageSize) break;
    }
    // One leg alone proves that the pair exists, though not what became of the other.
    if (has_limit || has_stop) {
      return tl::unexpected<Error>(Error{.kind = ErrorKind::kProtocol,
                                         .message = "the history shows one leg of the pair only"});
    }
    return std::nullopt;
  }

  // Sleeps until no request stamped before `last_timestamp` can be accepted any more.
  void OutlastEarlierAttempt(TimePoint last_timestamp, microseconds round_trip) {
    const microseconds window =
        options.recv_window.count() == 0 ? kDefaultWindow : options.recv_window;
    const TimePoint dead = last_timestamp + window + round_trip / 2 + kReconcileMargin;
    clock->SleepFor(dead - VenueNow());
  }

  ClientOptions options;
  std::shared_ptr<Clock> clock;
  std::string api_key;
  Signer signer;
  Caller caller;
  std::atomic<std::int64_t> offset_us{0};
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
  if (options.recv_window.count() < 0 || options.recv_window > kLongestWindow) {
    return BadField("recvWindow", "must be 0 to 60000 ms");
  }
  if (transport == nullptr) return BadField("transport", "is required");
  if (options.clock == nullptr) options.clock = std::make_shared<SystemClock>();
  return Client(std::make_unique<Impl>(std::move(options), credentials, std::move(transport)));
}

Result<OcoPair> Client::PlaceOco(const PlaceOcoRequest& request) {
  return impl_->Run<OcoPair>(kPlaceOco, request, ReadPlaced);
}

Result<CancelOcoReply> Client::CancelOco(const CancelOcoRequest& request) {
  return impl_->Run<CancelOcoReply>(kCancelOco, request, ReadCancelled);
}

Result<OcoPair> Client::FindOco(const FindOcoRequest& request) {
  return impl_->Run<OcoPair>(kFindOco, request, ReadFound);
}

Result<std::vector<Leg>> Client::ListOpenOcos(const ListOpenRequest& request) {
  return impl_->Run<std::vector<Leg>>(kListOpenOcos, request, ReadLegs);
}

Result<std::vector<Leg>> Client::ListOcoHistory(const ListHistoryRequest& request) {
  return impl_->Run<std::vector<Leg>>(kListOcoHistory, request, ReadLegs);
}

Result<Order> Client::PlaceOrder(const PlaceOrderRequest& request) {
  return impl_->Run<Order>(kPlaceOrder, request, ReadOrder);
}

Result<Order> Client::CancelOrder(const CancelOrderRequest& request) {
  return impl_->Run<Order>(kCancelOrder, request, ReadOrder);
}

Result<std::vector<Order>> Client::OpenOrders(const OpenOrdersRequest& request) {
  return impl_->Run<std::vector<Order>>(kOpenOrders, request, ReadOrders);
}

Result<Order> Client::FindOrder(const FindOrderRequest& request) {
  return impl_->Run<Order>(kFindOrder, request, ReadOrder);
}

Result<std::vector<Order>> Client::OrderHistory(const OrderHistoryRequest& request) {
  return impl_->Run<std::vector<Order>>(kOrderHistory, request, ReadOrders);
}

Result<std::string> Client::MakeListenKey() {
  return impl_->RunKey<std::string>(kMakeListenKey, "", ReadListenKey);
}

Result<void> Client::ExtendListenKey(const std::string& listen_key) {
  if (listen_key.empty()) return BadField("listenKey", "is required");
  return impl_->RunKey<void>(kExtendListenKey, listen_key, ReadKeyDone);
}

Result<void> Client::DropListenKey(const std::string& listen_key) {
  if (listen_key.empty()) return BadField("listenKey", "is required");
  return impl_->RunKey<void>(kDropListenKey, listen_key, ReadKeyDone);
}

Result<TimePoint> Client::ServerTime() { return impl_->ServerTime(); }

Result<TimeSync> Client::SyncTime() { return impl_->Sync(); }

Result<OcoPair> Client::Reconcile(const PlaceOcoRequest& request,
                                  std::optional<TimePoint> sent_at) {
  if (auto ok = Check(request); !ok) return tl::unexpected<Error>(ok.error());
  if (request.list_client_order_id.empty()) {
    return BadField("listClientOrderId", "is required to find the pair again");
  }
  const auto could_not_find_out = [](Error error) {
    error.retry_safe = false;
    error.transient = false;
    error.outcome_unknown = true;
    return tl::unexpected<Error>(std::move(error));
  };

  // The earlier attempt was stamped by the offset of its time; a resync may change that below.
  const TimePoint last_timestamp = sent_at.value_or(impl_->clock->Now()) + impl_->Offset();
  Result<std::optional<OcoPair>> found = impl_->Look(request.list_client_order_id);
  if (!found) return could_not_find_out(found.error());
  if (*found) return std::move(**found);

  const Result<TimeSync> sync = impl_->Sync();
  if (!sync) return could_not_find_out(sync.error());
  impl_->OutlastEarlierAttempt(last_timestamp, sync->round_trip);
  found = impl_->Look(request.list_client_order_id);
  if (!found) return could_not_find_out(found.error());
  if (*found) return std::move(**found);

  Result<OcoPair> placed = PlaceOco(request);
  const bool equal_order_exists =
      !placed && !placed.error().retry_safe && !placed.error().outcome_unknown;
  if (!equal_order_exists) return placed;
  found = impl_->Look(request.list_client_order_id);
  if (found && *found) return std::move(**found);
  return could_not_find_out(std::move(placed.error()));
}

}  // namespace ocokit::client::bingx

// All that the load uses of the client library for BingX.

#include "bench/load/calls.h"
#include "bench/load/now.h"
#include "client/bingx/endpoints.h"
#include "client/bingx/read.h"
#include "client/bingx/write.h"
#include "ocokit/base/clock.h"
#include "ocokit/client/bingx_signer.h"

namespace ocokit::load {
namespace {

namespace bingx = client::bingx;

constexpr std::size_t EndpointOf(Call call) {
  switch (call) {
    case Call::kPlace:
      return bingx::kPlaceOco;
    case Call::kCancel:
      return bingx::kCancelOco;
    case Call::kList:
      break;
  }
  return bingx::kListOpenOcos;
}

class BingxCalls final : public VenueCalls {
 public:
  explicit BingxCalls(const Identity& identity) : signer_(identity.secret) {
    for (std::size_t i = 0; i < kCalls; ++i) {
      const Call call = static_cast<Call>(i);
      const bool list = call == Call::kList;
      heads_[i] = (list ? "GET " : "POST ") + identity.path_prefix + std::string(BingxPath(call));
      tails_[i] = " HTTP/1.1\r\nHost: " + identity.authority +
                  "\r\nUser-Agent: ocokit-load\r\nX-BX-APIKEY: " + identity.key +
                  (list ? "\r\n\r\n" : "\r\nContent-Type: application/json\r\nContent-Length: ");
    }
    // The documents' own example.
    place_.symbol = "BTC-USDT";
    place_.side = bingx::Side::kBuy;
    place_.quantity = Decimal::Parse("0.001").value();
    place_.limit_price = Decimal(48000);
    place_.trigger_price = Decimal(87000);
    place_.order_price = Decimal(88000);
  }

  void Write(Call call, const std::string& id, std::string& out, WriteTimes& times) override {
    const std::int64_t begin = Now();
    WriteParams(call, id);
    const std::int64_t written = Now();
    text_.clear();
    signer_.AppendSigned(
        params_, call == Call::kList ? bingx::ParamFormat::kQuery : bingx::ParamFormat::kJson,
        text_);
    const std::int64_t signed_at = Now();
    const auto i = static_cast<std::size_t>(call);
    out = heads_[i];
    if (call == Call::kList) {
      out += '?';
      out += text_;
      out += tails_[i];
    } else {
      out += tails_[i];
      out += std::to_string(text_.size());
      out += "\r\n\r\n";
      out += text_;
    }
    times.sign = signed_at - written;
    times.serialize = Now() - begin - times.sign;
  }

  std::optional<client::Error> Read(Call call, const client::HttpResponse& response,
                                    std::string& order) override {
    switch (call) {
      case Call::kPlace:
        return ErrorOf(bingx::ReadPlaced(response), order,
                       [](const bingx::OcoPair& pair) { return pair.limit.order_id; });
      case Call::kCancel:
        return ErrorOf(bingx::ReadCancelled(response), order,
                       [](const bingx::CancelOcoReply& reply) { return reply.order_id; });
      case Call::kList:
        break;
    }
    return ErrorOf(bingx::ReadLegs(response));
  }

 private:
  void WriteParams(Call call, const std::string& id) {
    const bingx::Stamp stamp{.timestamp_ms = ToUnixMillis(clock_.Now()), .recv_window_ms = 0};
    params_.Clear();
    switch (call) {
      case Call::kPlace:
        place_.above_client_order_id = id;
        return bingx::Write(place_, stamp, params_);
      case Call::kCancel:
        cancel_.client_order_id = id;
        return bingx::Write(cancel_, stamp, params_);
      case Call::kList:
        break;
    }
    bingx::Write(bingx::ListOpenRequest{}, stamp, params_);
  }

  SystemClock clock_;
  bingx::Signer signer_;
  bingx::Params params_;
  std::string text_;
  bingx::PlaceOcoRequest place_;
  bingx::CancelOcoRequest cancel_;
  std::array<std::string, kCalls> heads_;  // up to the query, or the end of the path
  std::array<std::string, kCalls> tails_;
};

}  // namespace

std::string_view BingxPath(Call call) { return bingx::kEndpoints[EndpointOf(call)].path; }

std::unique_ptr<VenueCalls> MakeBingxCalls(const Identity& identity) {
  return std::make_unique<BingxCalls>(identity);
}

}  // namespace ocokit::load

// All that the load uses of the client library for WhiteBIT.

#include "bench/load/calls.h"
#include "bench/load/now.h"
#include "client/whitebit/endpoints.h"
#include "client/whitebit/read.h"
#include "client/whitebit/write.h"
#include "ocokit/client/whitebit_signer.h"

namespace ocokit::load {
namespace {

namespace whitebit = client::whitebit;

constexpr std::size_t WhitebitEndpointOf(Call call) {
  switch (call) {
    case Call::kPlace:
      return whitebit::kPlaceOco;
    case Call::kCancel:
      return whitebit::kCancelOco;
    case Call::kList:
      break;
  }
  return whitebit::kListOcos;
}

class WhitebitCalls final : public VenueCalls {
 public:
  explicit WhitebitCalls(const Identity& identity)
      : signer_(identity.secret), nonces_(identity.nonces), shared_(identity.shared) {
    for (std::size_t i = 0; i < kCalls; ++i) {
      heads_[i] =
          "POST " + identity.path_prefix + std::string(WhitebitPath(static_cast<Call>(i))) +
          " HTTP/1.1\r\nHost: " + identity.authority +
          "\r\nUser-Agent: ocokit-load\r\nContent-Type: application/json\r\nX-TXC-APIKEY: " +
          identity.key + "\r\nX-TXC-PAYLOAD: ";
    }
    // The documents' own example.
    place_.market = kWhitebitMarket;
    place_.side = whitebit::Side::kBuy;
    place_.amount = Decimal::Parse("0.001").value();
    place_.price = Decimal(40000);
    place_.activation_price = Decimal(41000);
    place_.stop_limit_price = Decimal(42000);
    cancel_.market = kWhitebitMarket;
    list_.market = kWhitebitMarket;
  }

  void Write(Call call, const std::string& id, std::string& out, WriteTimes& times) override {
    const std::int64_t begin = Now();
    WriteBody(call, id);
    const std::int64_t written = Now();
    signer_.SignTo(body_, headers_);
    const std::int64_t signed_at = Now();
    out = heads_[static_cast<std::size_t>(call)];
    out += headers_.payload;
    out += "\r\nX-TXC-SIGNATURE: ";
    out += headers_.signature;
    out += "\r\nContent-Length: ";
    out += std::to_string(body_.size());
    out += "\r\n\r\n";
    out += body_;
    times.sign = signed_at - written;
    times.serialize = Now() - begin - times.sign;
  }

  std::optional<client::Error> Read(Call call, const client::HttpResponse& response,
                                    std::string& order) override {
    if (call == Call::kList) return ErrorOf(whitebit::ReadOcos(response));
    return ErrorOf(whitebit::ReadOco(response), order, [](const whitebit::OcoOrder& oco) {
      return std::to_string(static_cast<std::uint64_t>(oco.take_profit.order_id));
    });
  }

 private:
  void WriteBody(Call call, const std::string& id) {
    const whitebit::Stamp stamp{.path = WhitebitPath(call),
                                .nonce = nonces_->Next(),
                                .nonce_as_string = false,
                                .nonce_window = shared_};
    switch (call) {
      case Call::kPlace:
        place_.client_order_id = id;
        return whitebit::Write(place_, stamp, body_);
      case Call::kCancel:
        cancel_.client_order_id = id;
        return whitebit::Write(cancel_, stamp, body_);
      case Call::kList:
        break;
    }
    whitebit::Write(list_, stamp, body_);
  }

  whitebit::Signer signer_;
  std::shared_ptr<client::NonceSource> nonces_;
  bool shared_;
  std::string body_;
  whitebit::SignedPayload headers_;
  whitebit::PlaceOcoRequest place_;
  whitebit::CancelOcoRequest cancel_;
  whitebit::ListRequest list_;
  std::array<std::string, kCalls> heads_;  // up to the payload
};

}  // namespace

std::string_view WhitebitPath(Call call) {
  return whitebit::kEndpoints[WhitebitEndpointOf(call)].path;
}

std::unique_ptr<VenueCalls> MakeWhitebitCalls(const Identity& identity) {
  return std::make_unique<WhitebitCalls>(identity);
}

}  // namespace ocokit::load

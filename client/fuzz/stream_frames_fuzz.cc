// Any message of a venue: read without a crash, and the ledger's sums stay those of its fills.

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "client/streams/bingx_protocol.h"
#include "client/streams/whitebit_protocol.h"
#include "ocokit/base/check.h"

namespace {

using namespace ocokit::client;  // NOLINT(google-build-using-namespace)

// Nobody is there.
class NoTransport final : public Transport {
 public:
  ocokit::Result<HttpResponse, TransportError> Send(const HttpRequest& /*request*/) override {
    return tl::unexpected(TransportError{TransportFailure::kTls, false, "none"});
  }
};

void Check(const streams::Heard& heard) {
  streams::Ledger ledger;
  std::map<std::string, ocokit::Decimal> filled;
  for (const streams::Deal& deal : heard.deals) ledger.Take(deal);
  // Twice: the second time nothing is new.
  for (const streams::Sighting& seen : heard.sightings) {
    for (const OrderEvent& event : ledger.Take(seen, false)) {
      if (event.fill) filled[event.order_id] += event.fill->amount;
      OCOKIT_CHECK(!event.fill || filled[event.order_id] == event.filled,
                   "a sum is not its fills'");
    }
    OCOKIT_CHECK(ledger.Take(seen, false).empty(), "one frame has been reported twice");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const streams::Message message{
      .bytes = std::string(reinterpret_cast<const char*>(data + 1), size - 1),
      .binary = data[0] % 2 == 1};
  const auto transport = std::make_shared<NoTransport>();
  auto bingx = bingx::Client::Make({}, Credentials("k", "s"), transport);
  streams::BingxProtocol bingx_says(*bingx, std::make_shared<ocokit::SystemClock>(), 65536);
  Check(bingx_says.OnMessage(message));
  auto whitebit = whitebit::Client::Make({}, Credentials("k", "s"), transport);
  streams::WhitebitProtocol whitebit_says(*whitebit, {"BTC_USDT"});
  Check(whitebit_says.OnMessage(message));
  return 0;
}

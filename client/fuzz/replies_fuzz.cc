// Feeds any bytes to every reader of replies: none may crash, and a reply that cannot be read must
// be an error.

#include <cstddef>
#include <cstdint>
#include <string>

#include "client/bingx/read.h"
#include "client/whitebit/read.h"
#include "ocokit/base/check.h"

namespace {

using ocokit::client::HttpResponse;

// An error says one thing at most: safe to repeat, or outcome unknown.
template <typename Result>
void Check(const Result& result) {
  if (result) return;
  OCOKIT_CHECK(!(result.error().retry_safe && result.error().outcome_unknown),
               "an error is both safe to repeat and of unknown outcome");
  OCOKIT_CHECK(!result.error().transient || result.error().retry_safe,
               "an error is transient and not safe to repeat");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  constexpr int kStatuses[] = {200, 400, 401, 403, 404, 422, 429, 453, 500, 503, 302, 0};
  HttpResponse response;
  response.status = kStatuses[data[0] % std::size(kStatuses)];
  response.body.assign(reinterpret_cast<const char*>(data + 1), size - 1);

  namespace bingx = ocokit::client::bingx;
  Check(bingx::ReadPlaced(response));
  Check(bingx::ReadFound(response));
  Check(bingx::ReadCancelled(response));
  Check(bingx::ReadLegs(response));
  Check(bingx::ReadOrder(response));
  Check(bingx::ReadOrders(response));
  Check(bingx::ReadListenKey(response));
  Check(bingx::ReadKeyDone(response));
  Check(bingx::ReadServerTime(response));

  namespace whitebit = ocokit::client::whitebit;
  Check(whitebit::ReadOco(response));
  Check(whitebit::ReadOcos(response));
  Check(whitebit::ReadConditionals(response));
  Check(whitebit::ReadCancelled(response));
  Check(whitebit::ReadOrder(response));
  Check(whitebit::ReadOrders(response));
  Check(whitebit::ReadHistory(response));
  Check(whitebit::ReadToken(response));
  Check(whitebit::ReadServerTime(response));
  return 0;
}

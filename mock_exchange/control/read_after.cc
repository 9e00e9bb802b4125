#include "mock_exchange/control/read_after.h"

#include <algorithm>
#include <charconv>

namespace ocokit::mock::control {
namespace {

constexpr std::uint64_t kNoEnd = 9'007'199'254'740'991;  // what JSON readers hold exactly

}  // namespace

Or<std::uint64_t> ReadAfter(const Call& call, std::uint64_t otherwise) {
  return call.ReadNumber("after", otherwise, 0, kNoEnd);
}

Or<std::uint64_t> ReadAfterOfStream(const Call& call, std::uint64_t last) {
  // Without a place to begin at: with what comes from now on.
  auto after = ReadAfter(call, last);
  if (!after) return after;
  // A browser that connects again says what it has seen.
  if (const auto seen = call.request.FindHeader("Last-Event-ID")) {
    (void)std::from_chars(seen->data(), seen->data() + seen->size(), *after);
  }
  // A number from another run of the server is one that is long in coming here.
  *after = std::min(*after, last);
  return after;
}

}  // namespace ocokit::mock::control

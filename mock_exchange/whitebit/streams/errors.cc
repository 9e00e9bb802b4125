#include "mock_exchange/whitebit/streams/errors.h"

#include <utility>

namespace ocokit::mock::whitebit {

tl::unexpected<Refused> Decline(int code, std::string message) {
  return tl::unexpected<Refused>(Refused{code, std::move(message)});
}

tl::unexpected<Refused> InvalidArgument() { return Decline(1, "invalid argument"); }
tl::unexpected<Refused> NoMethod() { return Decline(4, "method not found"); }
tl::unexpected<Refused> NotAuthorized() { return Decline(6, "require authentication"); }
tl::unexpected<Refused> TooMany() { return Decline(7, "too many requests"); }
// As captured of depth_subscribe.
tl::unexpected<Refused> NoMarket(std::string_view name) {
  return Decline(9, "market " + std::string(name) + " does not exist");
}
tl::unexpected<Refused> NoAsset() { return Decline(8, "unknown asset"); }

}  // namespace ocokit::mock::whitebit

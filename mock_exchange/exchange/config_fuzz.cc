// Arbitrary config files: each is refused with a reason, or gives accounts that can be made.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "mock_exchange/exchange/exchange.h"
#include "ocokit/base/check.h"
#include "ocokit/mock/config.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ocokit;
  const auto config = mock::ReadConfig({reinterpret_cast<const char*>(data), size});
  if (!config) {
    OCOKIT_CHECK(!config.error().message.empty(), "a refusal without a reason");
    return 0;
  }
  mock::Exchange exchange(std::make_shared<ManualClock>(FromUnixMillis(1'700'000'000'000)));
  for (const mock::AccountOptions& account : config->accounts) {
    // Two accounts without a key may be given the same one only by chance.
    const auto added = exchange.AddAccount(account);
    OCOKIT_CHECK(added.has_value(), added.error().message.c_str());
  }
  return 0;
}

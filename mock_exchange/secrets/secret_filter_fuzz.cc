// A secret planted in any text, in any form: the filter shows none of it. The first byte of the
// input says which form, the second and third ones where; then comes the secret up to a line break,
// and behind it the text.

#include <cstddef>
#include <cstdint>
#include <string>

#include "mock_exchange/secrets/secret_core.h"
#include "mock_exchange/secrets/secret_filter.h"
#include "mock_exchange/testing/secret_forms.h"
#include "ocokit/base/check.h"
#include "ocokit/mock/doctor.h"

namespace {

using namespace ocokit::mock;

constexpr std::string_view kHidden = "[a text that holds the secret]";

// What stands in place of a secret is shown, whatever the secret is.
bool IsInOurWords(const std::string& telltale) {
  return kHidden.find(telltale) != std::string_view::npos;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 3) return 0;
  const std::string input(reinterpret_cast<const char*>(data + 3), size - 3);
  const std::size_t end = std::min(input.find('\n'), input.size());
  const std::string given = input.substr(0, end);
  const std::string around = input.substr(std::min(end + 1, input.size()));
  const std::string secret(CoreOf(given));
  SecretFilter filter = {"another-account's-secret"};
  filter.Add(given);
  if (secret.size() >= SecretFilter::kShortest && secret.size() <= Needles::kLongest) {
    std::mt19937 random(data[1]);
    const auto makers = testing::MakersOf(secret, random);
    const testing::Planted planted = makers[data[0] % makers.size()]();
    const std::size_t at = data[2] % (around.size() + 1);
    // Not behind the beginning of an escape, which would take the secret's first character in.
    const bool inside = around.substr(at - std::min<std::size_t>(at, 5), 5).find_first_of("%\\") !=
                        std::string::npos;
    std::string text = around;
    text.insert(at, (inside ? "=" : "") + planted.text);
    for (const std::string& shown : {filter.Hide(text), HideSecret(text, given)}) {
      OCOKIT_CHECK(
          shown.find(planted.telltale) == std::string::npos || IsInOurWords(planted.telltale),
          "a secret is shown");
    }
  }
  // What is clean stays as it is, and of what was hidden nothing is left.
  const std::string shown = filter.Hide(around);
  OCOKIT_CHECK(filter.Finds(around) || shown == around, "a clean text was changed");
  OCOKIT_CHECK(shown == kHidden || !filter.Finds(shown), "something is left of a secret");
  return 0;
}

// Arbitrary calls of the control API, two in a row: each is answered, with JSON where it has a
// body, and a refusal says why. The first line of the input is "METHOD TARGET", the rest the body.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "mock_exchange/control/control.h"
#include "ocokit/base/check.h"

namespace {

using namespace ocokit;

mock::Request ReadCall(std::string_view text) {
  mock::Request out;
  const std::string_view line = text.substr(0, text.find('\n'));
  text.remove_prefix(std::min(text.size(), line.size() + 1));
  const std::size_t blank = std::min(line.find(' '), line.size());
  out.method = std::string(line.substr(0, blank));
  out.target = std::string(line.substr(std::min(line.size(), blank + 1)));
  out.body = std::string(text);
  return out;
}

void Check(const mock::Answer& answer) {
  const int status = answer.response->status;
  if (status == 204 || answer.more != nullptr) return;
  OCOKIT_CHECK(status >= 200 && status < 500, "an answer that is no answer");
  if (answer.response->headers.front().value.starts_with("text/")) return;
  const auto body = nlohmann::json::parse(answer.response->body, nullptr, false);
  OCOKIT_CHECK(!body.is_discarded(), "a reply that is no JSON");
  OCOKIT_CHECK(status < 400 || !body["detail"].get<std::string>().empty(), "no reason");
}

// The API over an exchange with an account of each venue.
struct Subject {
  Subject() {
    for (const mock::Venue venue : {mock::Venue::kBingx, mock::Venue::kWhitebit}) {
      mock::AccountOptions options;
      options.venue = venue;
      options.key = options.secret = "test-key";
      OCOKIT_CHECK(exchange.AddAccount(options).has_value(), "an account");
    }
  }

  mock::Exchange exchange{std::make_shared<ManualClock>(FromUnixMillis(1'700'000'000'000))};
  mock::Control control{exchange, "", [] { return mock::Control::Connections(); }};
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // A new one takes longer than most calls, which change nothing: then the next input gets it.
  static auto subject = std::make_unique<Subject>();
  const mock::Request call = ReadCall({reinterpret_cast<const char*>(data), size});
  bool changed = false;
  for (int i = 0; i < 2; ++i) {
    const mock::Answer answer = subject->control.AnswerTo(call);
    Check(answer);
    changed |= answer.response->status < 400 && call.method != "GET";
  }
  if (!changed) return 0;
  Check(subject->control.AnswerTo({.method = "GET", .target = "/control/v1/accounts/whitebit-1"}));
  subject = std::make_unique<Subject>();
  return 0;
}

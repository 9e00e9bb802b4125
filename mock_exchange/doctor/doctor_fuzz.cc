// Any bytes as a request, of either venue: the doctor answers, and never shows the secret.

#include <cstddef>
#include <cstdint>
#include <string>

#include "ocokit/base/check.h"
#include "ocokit/base/encoding.h"
#include "ocokit/mock/doctor.h"

namespace {

using namespace ocokit::mock;

constexpr const char* kSecret = "test-secret";

void ExpectHidden(const std::string& text) {
  OCOKIT_CHECK(text.find(kSecret) == std::string::npos, "the secret is shown");
}

void DiagnoseBoth(const Request& request, const DoctorContext& context) {
  for (const Venue venue : {Venue::kBingx, Venue::kWhitebit}) {
    const Diagnosis d = Diagnose(venue, request, {"test-key", kSecret}, context);
    OCOKIT_CHECK(!d.id.empty() && !d.title.empty(), "a diagnosis has a name");
    ExpectHidden(d.title + "\n" + d.detail + "\n" + d.fix);
    ExpectHidden(d.expected);
    ExpectHidden(d.signed_text.value_or(""));
    for (const std::string& title : d.ruled_out) ExpectHidden(title);
  }
}

// The next line of the input.
std::string TakeLine(std::string& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  std::string line = text.substr(0, end);
  text.erase(0, std::min(end + 1, text.size()));
  return line;
}

}  // namespace

// Target, key, signature, payload, and the body behind them, each on a line of its own.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string text(reinterpret_cast<const char*>(data), size);
  Request request;
  request.method = size % 5 == 0 ? "GET" : "POST";
  request.target = TakeLine(text);
  const std::string key = TakeLine(text);
  const std::string signature = TakeLine(text);
  const std::string payload = TakeLine(text);
  request.body = text;
  request.headers = {{"X-BX-APIKEY", key}, {"X-TXC-APIKEY", key}};
  if (!signature.empty()) request.headers.push_back({"X-TXC-SIGNATURE", signature});
  const Request earlier = request;
  // An empty line: the base64 of the body, so that bodies are looked at.
  request.headers.push_back(
      {"X-TXC-PAYLOAD", payload.empty() ? ocokit::FormatBase64(text) : payload});
  DoctorContext context;
  DiagnoseBoth(request, context);
  context.now = ocokit::FromUnixMillis(1'700'000'000'000);
  context.last_nonce = "1700000000000";
  context.before = {&earlier, &request};
  context.strict_signing = size % 2 == 0;
  context.payload_check = size % 3 == 0 ? PayloadCheck::kBytes : PayloadCheck::kJson;
  DiagnoseBoth(request, context);
  return 0;
}

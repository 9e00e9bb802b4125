// Arbitrary bytes as a connection's, cut as the first two bytes say: what becomes of them does not
// depend on the cuts, nothing is kept beyond the limits, and what is taken keeps the rules.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "mock_exchange/http/request_reader.h"
#include "ocokit/base/check.h"

namespace {

using namespace ocokit::mock;
using http::RequestReader;
using State = RequestReader::State;

constexpr http::ReadLimits kLimits{.header_bytes = 512, .body_bytes = 1024};

struct Outcome {
  State state = State::kMore;
  int status = 0;
  Request request;
  std::size_t taken = 0;
};

Outcome Read(std::string_view bytes, std::size_t first, std::size_t step) {
  RequestReader reader(kLimits);
  Outcome out;
  std::size_t end = std::min(first, bytes.size());
  while (true) {
    out.taken += reader.Take(bytes.substr(out.taken, end - out.taken));
    if (reader.state() != State::kMore || end == bytes.size()) break;
    OCOKIT_CHECK(end - out.taken < 2 * kLimits.header_bytes, "more is kept than the limit");
    end = std::min(end + step, bytes.size());
  }
  out.state = reader.state();
  if (out.state == State::kRefused) out.status = reader.refusal().status;
  if (out.state == State::kDone) out.request = reader.Release();
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 2, size - 2);
  // A chunk's size with zeros before it is refused only when it is seen unfinished.
  if (bytes.find(std::string(kLimits.header_bytes / 4, '0')) != std::string_view::npos) return 0;
  const Outcome whole = Read(bytes, bytes.size(), 1);
  const Outcome cut = Read(bytes, data[0], std::size_t{1} + data[1]);
  // A refusal may come early or late, and with what is seen first; a request is the same one.
  if (whole.state == State::kDone || cut.state == State::kDone) {
    OCOKIT_CHECK(whole.state == cut.state, "a cut makes a difference");
    OCOKIT_CHECK(whole.taken == cut.taken, "a cut moves the end of the request");
    OCOKIT_CHECK(whole.request.body == cut.request.body &&
                     whole.request.headers == cut.request.headers &&
                     whole.request.target == cut.request.target,
                 "a cut changes the request");
    OCOKIT_CHECK(whole.request.body.size() <= kLimits.body_bytes, "a body beyond the limit");
    OCOKIT_CHECK(!http::CheckHead(whole.request, 10).has_value() ||
                     whole.request.FindHeader("Transfer-Encoding").has_value(),
                 "a head that should have been refused");
  }
  return 0;
}

// Arbitrary bytes as a server's on a WebSocket, cut as the first two bytes say: what comes out does
// not depend on the cuts, and what is a frame is one when it is written again.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "conformance/net/frame.h"
#include "conformance/net/gunzip.h"
#include "conformance/net/web_socket.h"
#include "ocokit/base/check.h"

namespace {

using ocokit::conform::Frame;
using ocokit::conform::FrameReader;
using ocokit::conform::MessageReader;
using ocokit::conform::SocketMessage;

constexpr std::size_t kMost = 1024;

struct Outcome {
  std::vector<SocketMessage> messages;
  std::string refusal;
};

Outcome ReadMessages(std::string_view bytes, std::size_t first, std::size_t step) {
  Outcome out;
  MessageReader reader;
  std::size_t end = std::min(first, bytes.size());
  reader.Put(bytes.substr(0, end));
  while (true) {
    while (auto message = reader.Next()) out.messages.push_back(std::move(*message));
    out.refusal = reader.refusal();
    if (end == bytes.size() || !out.refusal.empty()) return out;
    const std::size_t next = std::min(end + step, bytes.size());
    reader.Put(bytes.substr(end, next - end));
    end = next;
  }
}

void CheckFrames(std::string_view bytes) {
  FrameReader reader(kMost);
  reader.Put(bytes);
  std::size_t used = 0;
  while (const auto frame = reader.Next()) {
    OCOKIT_CHECK(frame->payload.size() <= kMost, "a frame beyond the bound");
    const std::string again = FormatFrame(*frame);
    // A length in more bytes than it needs is the one thing that is not written again.
    OCOKIT_CHECK(frame->long_length || bytes.substr(used, again.size()) == again,
                 "a frame is another when it is written");
    used = bytes.size() - reader.unread().size();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 2, size - 2);
  const Outcome whole = ReadMessages(bytes, bytes.size(), 1);
  const Outcome cut = ReadMessages(bytes, data[0], std::size_t{1} + data[1]);
  OCOKIT_CHECK(whole.refusal == cut.refusal, "a cut changes what is refused");
  OCOKIT_CHECK(whole.messages.size() == cut.messages.size(), "a cut changes how many there are");
  for (std::size_t i = 0; i < whole.messages.size(); ++i) {
    OCOKIT_CHECK(whole.messages[i].opcode == cut.messages[i].opcode &&
                     whole.messages[i].payload == cut.messages[i].payload,
                 "a cut changes a message");
  }
  CheckFrames(bytes);
  const auto text = ocokit::conform::Gunzip(bytes, kMost);
  OCOKIT_CHECK(!text || text->size() <= kMost, "more is unpacked than the bound");
  return 0;
}

#include "conformance/client/frames.h"

#include <array>
#include <nlohmann/json.hpp>

#include "conformance/client/members.h"

namespace ocokit::conform {
namespace {

constexpr std::array kKinds = {FrameKind::kOpened, FrameKind::kReceived, FrameKind::kSent,
                               FrameKind::kClosed};

}  // namespace

std::string_view Name(FrameKind kind) {
  switch (kind) {
    case FrameKind::kOpened:
      return "opened";
    case FrameKind::kReceived:
      return "received";
    case FrameKind::kSent:
      return "sent";
    case FrameKind::kClosed:
      return "closed";
  }
  return "";
}

std::optional<FrameKind> FindFrameKind(std::string_view name) {
  for (const FrameKind kind : kKinds) {
    if (Name(kind) == name) return kind;
  }
  return std::nullopt;
}

std::string StreamFrame::Describe() const {
  std::string said = stream + " " + std::string(Name(kind)) + " #" + std::to_string(seq);
  if (kind == FrameKind::kClosed) {
    said += " with " + std::to_string(code) + (by_client ? " by the client" : " by the venue");
  }
  return said;
}

Result<std::vector<StreamFrame>> ReadFrames(const nlohmann::json& page) {
  const nlohmann::json& frames = Member(page, "frames");
  if (!frames.is_array()) {
    return Fail(ErrorKind::kInvalidArgument, "the answer has no list of frames");
  }
  std::vector<StreamFrame> read;
  for (const nlohmann::json& frame : frames) {
    const auto kind = FindFrameKind(Text(frame, "what"));
    if (!kind) return Fail(ErrorKind::kInvalidArgument, "a frame is of no known kind");
    read.push_back({.seq = Integer(frame, "seq"),
                    .at_ms = Integer(frame, "at_ms"),
                    .stream = Text(frame, "stream"),
                    .kind = *kind,
                    .text = Text(frame, "text"),
                    .binary = Flag(frame, "binary"),
                    .code = static_cast<int>(Integer(frame, "code")),
                    .by_client = Text(frame, "by") == "client"});
  }
  return read;
}

}  // namespace ocokit::conform

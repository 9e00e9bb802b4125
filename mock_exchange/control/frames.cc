#include "mock_exchange/control/frames.h"

#include <nlohmann/json.hpp>

#include "mock_exchange/control/journal.h"
#include "ocokit/base/encoding.h"

namespace ocokit::mock::control {
namespace {

const char* NameOf(FrameView::Kind kind) {
  switch (kind) {
    case FrameView::Kind::kOpened:
      return "opened";
    case FrameView::Kind::kReceived:
      return "received";
    case FrameView::Kind::kSent:
      return "sent";
    case FrameView::Kind::kClosed:
      return "closed";
  }
  return "";
}

}  // namespace

Json WriteFrame(const FrameView& frame) {
  Json out = {{"seq", frame.seq},
              {"at_ms", ToUnixMillis(frame.at)},
              {"stream", frame.stream},
              {"what", NameOf(frame.kind)}};
  switch (frame.kind) {
    case FrameView::Kind::kOpened:
      break;
    case FrameView::Kind::kReceived:
    case FrameView::Kind::kSent:
      out["binary"] = frame.binary;
      if (IsUtf8(frame.text)) {
        out["text"] = frame.text;
      } else {
        out["text_base64"] = FormatBase64(frame.text);
      }
      break;
    case FrameView::Kind::kClosed:
      out["code"] = frame.code;
      out["by"] = frame.by_client ? "client" : "server";
      break;
  }
  return out;
}

}  // namespace ocokit::mock::control

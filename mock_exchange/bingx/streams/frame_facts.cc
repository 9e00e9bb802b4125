#include "mock_exchange/bingx/streams/frame_facts.h"

namespace ocokit::mock::bingx {
namespace {

// The text that stands between `before` and the next quotation mark; empty: none does.
std::string_view Between(std::string_view text, std::string_view before) {
  const std::size_t at = text.find(before);
  if (at == std::string_view::npos) return {};
  text.remove_prefix(at + before.size());
  return text.substr(0, text.find('"'));
}

bool Has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace

streams::FrameFacts FactsOf(std::string_view text) {
  streams::FrameFacts out;
  if (text == "Ping" || text.starts_with("{\"ping\"")) {
    out.channel = "ping";
  } else if (const std::string_view topic = Between(text, "\"dataType\":\""); !topic.empty()) {
    out.channel = topic;
  } else if (const std::string_view event = Between(text, "{\"e\":\""); !event.empty()) {
    out.channel = event;
  } else {
    out.channel = "reply";
  }
  if (Has(out.channel, "@depth") || Has(out.channel, "@incrDepth")) out.sequence = "lastUpdateId";
  out.snapshot = Has(out.channel, "@depth") || Has(text, "\"action\":\"all\"") ||
                 (out.channel == "ACCOUNT_UPDATE" && Has(text, "\"m\":\"INIT\""));
  return out;
}

}  // namespace ocokit::mock::bingx

#include "mock_exchange/whitebit/streams/frame_facts.h"

namespace ocokit::mock::whitebit {

streams::FrameFacts FactsOf(std::string_view text) {
  constexpr std::string_view kMethod = "{\"method\": \"";
  constexpr std::string_view kUpdate = "_update";
  constexpr std::string_view kParams = "\"params\": [true";
  streams::FrameFacts out{.channel = "reply"};
  if (!text.starts_with(kMethod)) return out;
  const std::string_view rest = text.substr(kMethod.size());
  std::string_view method = rest.substr(0, rest.find('"'));
  if (method.ends_with(kUpdate)) method.remove_suffix(kUpdate.size());
  out.channel = method;
  if (method != "depth") return out;
  out.sequence = "past_update_id";
  out.snapshot = text.find(kParams) != std::string_view::npos;
  return out;
}

}  // namespace ocokit::mock::whitebit

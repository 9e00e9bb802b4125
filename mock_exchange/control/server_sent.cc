#include "mock_exchange/control/server_sent.h"

namespace ocokit::mock::control {

void AppendEvent(std::string_view name, std::uint64_t seq, const Json& data, std::string& out) {
  out.append("id: ").append(std::to_string(seq)).append("\nevent: ").append(name);
  out.append("\ndata: ").append(data.dump(-1, ' ', false, Json::error_handler_t::replace));
  out.append("\n\n");
}

void AppendForgotten(std::uint64_t after, std::uint64_t seq, std::string_view what,
                     std::string& out) {
  if (seq == after + 1) return;
  out.append(": ").append(std::to_string(seq - after - 1)).append(" ").append(what);
  out.append(" were forgotten\n\n");
}

}  // namespace ocokit::mock::control

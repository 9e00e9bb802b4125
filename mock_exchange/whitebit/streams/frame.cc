#include "mock_exchange/whitebit/streams/frame.h"

#include "mock_exchange/json/writer.h"

namespace ocokit::mock::whitebit {

std::string Spaced(std::string_view json) {
  std::string out;
  out.reserve(json.size() + json.size() / 4);
  bool inside = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    out.push_back(c);
    if (c == '"') inside = !inside;
    if (inside && c == '\\' && i + 1 < json.size()) out.push_back(json[++i]);
    if (!inside && (c == ':' || c == ',')) out.push_back(' ');
  }
  return out;
}

Message WriteResult(std::string_view result, const std::string& id) {
  return {.bytes = R"({"error": null, "result": )" + Spaced(result) + R"(, "id": )" + id + "}"};
}

Message WriteError(const Refused& refused, const std::string& id) {
  JsonWriter json;
  json.BeginObject().Key("code").Integer(refused.code);
  json.Key("message").String(refused.message).EndObject();
  return {.bytes =
              R"({"error": )" + Spaced(json.Take()) + R"(, "result": null, "id": )" + id + "}"};
}

Message WritePush(std::string_view method, std::string_view params) {
  return {.bytes = R"({"method": ")" + std::string(method) + R"(", "params": )" + Spaced(params) +
                   R"(, "id": null})"};
}

}  // namespace ocokit::mock::whitebit

#include "conformance/server/stream_frames.h"

#include <array>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <span>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "conformance/server/parameters.h"
#include "conformance/text/utf8.h"
#include "ocokit/base/encoding.h"

namespace ocokit::conform::server {
namespace {

using nlohmann::json;

constexpr std::array<std::pair<std::string_view, unsigned>, 6> kOpcodes = {
    {{"continuation", kContinuation},
     {"text", kTextFrame},
     {"binary", kBinaryFrame},
     {"close", kCloseFrame},
     {"ping", kPingFrame},
     {"pong", kPongFrame}}};

unsigned ReadOpcode(const json& opcode) {
  if (opcode.is_number()) return opcode.get<unsigned>();
  for (const auto& [name, number] : kOpcodes) {
    if (opcode == name) return number;
  }
  throw std::invalid_argument("no opcode " + opcode.dump());
}

std::string Payload(const json& frame, const Maker& maker, const Saved& saved) {
  std::string out;
  if (frame.contains("code")) {
    const auto code = frame.at("code").get<unsigned>();
    out = {static_cast<char>(code >> 8U & 0xFFU), static_cast<char>(code & 0xFFU)};
  }
  if (frame.contains("text")) out += frame.at("text").get<std::string>();
  if (frame.contains("json")) out += ValueText(frame.at("json"), maker, saved);
  if (frame.contains("hex")) {
    const auto bytes = ParseHex(frame.at("hex").get<std::string>());
    if (!bytes) throw std::invalid_argument(bytes.error().message);
    out += *bytes;
  }
  std::string repeated;
  for (int i = 0; i < frame.value("repeat", 1); ++i) repeated += out;
  return repeated;
}

Frame ReadFrame(const json& written, const Maker& maker, const Saved& saved,
                const NewKey& new_key) {
  Frame frame;
  frame.opcode = ReadOpcode(written.value("opcode", json("text")));
  frame.fin = written.value("fin", true);
  frame.reserved = written.value("reserved", 0U);
  if (written.value("masked", true)) frame.key = new_key();
  frame.payload = Payload(written, maker, saved);
  if (written.contains("claimed")) frame.claimed = written.at("claimed").get<std::uint64_t>();
  return frame;
}

void Append(const Frame& frame, StreamBytes& out) {
  out.bytes += FormatFrame(frame);
  if (!out.shown.empty()) out.shown += '\n';
  out.shown += ShowFrame(frame.opcode, frame.payload);
  if (!frame.fin) out.shown += " (more follows)";
  if (!frame.key) out.shown += " (not masked)";
  if (frame.reserved != 0) out.shown += " (reserved bits " + std::to_string(frame.reserved) + ")";
  if (frame.claimed) out.shown += " (claims " + std::to_string(*frame.claimed) + " bytes)";
  if (frame.opcode == kCloseFrame) out.closes = true;
}

}  // namespace

std::string ShowFrame(unsigned opcode, const std::string& payload) {
  std::string out = "opcode " + std::to_string(opcode);
  for (const auto& [name, number] : kOpcodes) {
    if (number == opcode) out = name;
  }
  if (opcode == kCloseFrame && payload.size() >= 2) {
    const std::string reason = payload.substr(2);
    out += " " + std::to_string(CloseCode(payload).value_or(0));
    return reason.empty() ? out : out + " " + ToUtf8(reason);
  }
  if (payload.empty()) return out;
  if (opcode != kBinaryFrame && IsUtf8(payload)) return out + ": " + payload;
  const std::span bytes(reinterpret_cast<const std::uint8_t*>(payload.data()), payload.size());
  return out + " in hex: " + FormatHex(bytes);
}

StreamBytes BytesOfText(const std::string& text, const NewKey& new_key) {
  StreamBytes out;
  Append({.key = new_key(), .payload = text}, out);
  return out;
}

StreamBytes MakeStreamBytes(const json& step, const Maker& maker, const Saved& saved,
                            const NewKey& new_key) {
  if (step.contains("send")) {
    return BytesOfText(ValueText(step.at("send"), maker, saved), new_key);
  }
  if (step.contains("text")) return BytesOfText(step.at("text").get<std::string>(), new_key);
  StreamBytes out;
  for (const json& written : step.at("frames")) {
    Append(ReadFrame(written, maker, saved, new_key), out);
  }
  return out;
}

}  // namespace ocokit::conform::server

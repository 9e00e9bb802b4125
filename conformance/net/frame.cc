#include "conformance/net/frame.h"

#include <utility>

namespace ocokit::conform {
namespace {

constexpr std::uint64_t kMostInOneByte = 125;
constexpr std::uint64_t kMostInTwoBytes = 0xFFFF;
constexpr unsigned kTwoBytesFollow = 126;
constexpr unsigned kEightBytesFollow = 127;

void AppendNumber(std::uint64_t number, int bytes, std::string& out) {
  for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) {
    out += static_cast<char>(number >> shift & 0xFF);
  }
}

std::uint64_t ReadNumber(std::string_view bytes) {
  std::uint64_t number = 0;
  for (const char byte : bytes) number = number << 8 | static_cast<std::uint8_t>(byte);
  return number;
}

void Mask(const MaskingKey& key, std::string& payload) {
  for (std::size_t i = 0; i < payload.size(); ++i) {
    payload[i] = static_cast<char>(static_cast<std::uint8_t>(payload[i]) ^ key[i % key.size()]);
  }
}

}  // namespace

std::string FormatFrame(const Frame& frame) {
  std::string out;
  const unsigned fin = frame.fin ? 0x80U : 0U;
  out += static_cast<char>(fin | (frame.reserved & 7U) << 4U | (frame.opcode & 15U));
  const unsigned masked = frame.key ? 0x80U : 0U;
  const std::uint64_t size = frame.claimed.value_or(frame.payload.size());
  if (size <= kMostInOneByte) {
    out += static_cast<char>(masked | static_cast<unsigned>(size));
  } else if (size <= kMostInTwoBytes) {
    out += static_cast<char>(masked | kTwoBytesFollow);
    AppendNumber(size, 2, out);
  } else {
    out += static_cast<char>(masked | kEightBytesFollow);
    AppendNumber(size, 8, out);
  }
  if (!frame.key) return out + frame.payload;
  for (const std::uint8_t byte : *frame.key) out += static_cast<char>(byte);
  std::string payload = frame.payload;
  Mask(*frame.key, payload);
  return out + payload;
}

std::optional<int> CloseCode(std::string_view payload) {
  if (payload.size() < 2) return std::nullopt;
  return static_cast<int>(ReadNumber(payload.substr(0, 2)));
}

std::optional<Frame> FrameReader::Next() {
  const std::string_view bytes = unread_;
  if (!refusal_.empty() || bytes.size() < 2) return std::nullopt;
  const auto first = static_cast<std::uint8_t>(bytes[0]);
  const auto second = static_cast<std::uint8_t>(bytes[1]);
  const unsigned field = second & 0x7FU;
  const std::size_t more = field == kTwoBytesFollow ? 2 : field == kEightBytesFollow ? 8 : 0;
  std::size_t at = 2 + more;
  if (bytes.size() < at) return std::nullopt;
  const std::uint64_t size = more == 0 ? field : ReadNumber(bytes.substr(2, more));
  if (size > most_) {
    refusal_ = "a frame of " + std::to_string(size) + " bytes came, which is more than " +
               std::to_string(most_);
    return std::nullopt;
  }
  Frame frame;
  frame.fin = (first & 0x80U) != 0;
  frame.reserved = first >> 4U & 7U;
  frame.opcode = first & 15U;
  frame.long_length =
      (more == 2 && size <= kMostInOneByte) || (more == 8 && size <= kMostInTwoBytes);
  if ((second & 0x80U) != 0) {
    MaskingKey key{};
    if (bytes.size() < at + key.size()) return std::nullopt;
    for (std::uint8_t& byte : key) byte = static_cast<std::uint8_t>(bytes[at++]);
    frame.key = key;
  }
  if (bytes.size() - at < size) return std::nullopt;
  frame.payload = bytes.substr(at, size);
  if (frame.key) Mask(*frame.key, frame.payload);
  unread_.erase(0, at + size);
  return frame;
}

}  // namespace ocokit::conform

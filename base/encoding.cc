#include "ocokit/base/encoding.h"

#include <array>
#include <cstring>

namespace ocokit {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";
constexpr std::string_view kBase64Digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t kNoDigit = 0xff;

constexpr std::array<std::uint8_t, 256> MakeTable(std::string_view digits) {
  std::array<std::uint8_t, 256> table{};
  table.fill(kNoDigit);
  for (std::size_t i = 0; i < digits.size(); ++i) {
    table[static_cast<std::uint8_t>(digits[i])] = static_cast<std::uint8_t>(i);
  }
  return table;
}

constexpr std::array<std::uint8_t, 256> MakeHexTable() {
  std::array<std::uint8_t, 256> table = MakeTable(kHexDigits);
  for (std::uint8_t i = 10; i < 16; ++i) table[static_cast<std::size_t>('A' + i - 10)] = i;
  return table;
}

// The two digits of each byte value.
constexpr std::array<char, 512> MakeHexPairs() {
  std::array<char, 512> pairs{};
  for (std::size_t i = 0; i < 256; ++i) {
    pairs[2 * i] = kHexDigits[i >> 4];
    pairs[2 * i + 1] = kHexDigits[i & 15];
  }
  return pairs;
}

constexpr auto kHexPairs = MakeHexPairs();
constexpr auto kHexValues = MakeHexTable();
constexpr auto kBase64Values = MakeTable(kBase64Digits);

std::string AtPosition(std::string_view what, std::size_t position) {
  return std::string(what) + " at position " + std::to_string(position);
}

}  // namespace

void FormatHexTo(std::span<const std::uint8_t> bytes, char* out) {
  for (const std::uint8_t byte : bytes) {
    std::memcpy(out, &kHexPairs[std::size_t{2} * byte], 2);
    out += 2;
  }
}

std::string FormatHex(std::span<const std::uint8_t> bytes) {
  std::string out(bytes.size() * 2, '\0');
  FormatHexTo(bytes, out.data());
  return out;
}

Result<std::string> ParseHex(std::string_view text) {
  if (text.size() % 2 != 0) {
    return Fail(ErrorKind::kInvalidArgument,
                "hexadecimal text has an odd number of digits: " + std::to_string(text.size()));
  }
  std::string out(text.size() / 2, '\0');
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::uint8_t value = kHexValues[static_cast<std::uint8_t>(text[i])];
    if (value == kNoDigit) {
      return Fail(ErrorKind::kInvalidArgument, AtPosition("not a hexadecimal digit", i));
    }
    const int high = i % 2 == 0 ? value << 4 : static_cast<std::uint8_t>(out[i / 2]) | value;
    out[i / 2] = static_cast<char>(high);
  }
  return out;
}

void FormatBase64To(std::string_view bytes, char* out) {
  std::size_t i = 0;
  const auto byte = [&](std::size_t at) {
    return static_cast<std::uint32_t>(static_cast<std::uint8_t>(bytes[at]));
  };
  for (; i + 3 <= bytes.size(); i += 3) {
    const std::uint32_t group = byte(i) << 16 | byte(i + 1) << 8 | byte(i + 2);
    *out++ = kBase64Digits[group >> 18];
    *out++ = kBase64Digits[group >> 12 & 63];
    *out++ = kBase64Digits[group >> 6 & 63];
    *out++ = kBase64Digits[group & 63];
  }
  const std::size_t rest = bytes.size() - i;
  if (rest == 0) return;
  const std::uint32_t group = byte(i) << 16 | (rest == 2 ? byte(i + 1) << 8 : 0);
  *out++ = kBase64Digits[group >> 18];
  *out++ = kBase64Digits[group >> 12 & 63];
  *out++ = rest == 2 ? kBase64Digits[group >> 6 & 63] : '=';
  *out++ = '=';
}

std::string FormatBase64(std::string_view bytes) {
  std::string out(Base64Size(bytes.size()), '\0');
  FormatBase64To(bytes, out.data());
  return out;
}

Result<std::string> ParseBase64(std::string_view text) {
  if (text.size() % 4 != 0) {
    return Fail(ErrorKind::kInvalidArgument,
                "base64 text must be padded to a multiple of four "
                "characters; it has " +
                    std::to_string(text.size()));
  }
  std::size_t padding = 0;
  while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=') ++padding;
  const std::size_t digits = text.size() - padding;
  std::string out(text.size() / 4 * 3 - padding, '\0');
  char* to = out.data();
  const auto value = [&](std::size_t at) {
    return std::uint32_t{kBase64Values[static_cast<std::uint8_t>(text[at])]};
  };
  // Four characters at a time; those that are none of the alphabet have a bit that no value has.
  std::size_t i = 0;
  for (; i + 4 <= digits; i += 4) {
    if ((value(i) | value(i + 1) | value(i + 2) | value(i + 3)) > 63) break;
    const std::uint32_t group =
        value(i) << 18 | value(i + 1) << 12 | value(i + 2) << 6 | value(i + 3);
    *to++ = static_cast<char>(group >> 16);
    *to++ = static_cast<char>(group >> 8);
    *to++ = static_cast<char>(group);
  }
  std::uint32_t group = 0;
  for (; i < digits; ++i) {
    if (value(i) == kNoDigit) {
      return Fail(ErrorKind::kInvalidArgument, AtPosition("not a base64 character", i));
    }
    group = group << 6 | value(i);
  }
  const std::uint32_t unused = padding == 1 ? group & 3 : padding == 2 ? group & 15 : 0;
  if (unused != 0) {
    return Fail(ErrorKind::kInvalidArgument,
                AtPosition("unused bits of the last base64 character are not zero", digits - 1));
  }
  if (padding == 1) {
    *to++ = static_cast<char>(group >> 10);
    *to = static_cast<char>(group >> 2);
  } else if (padding == 2) {
    *to = static_cast<char>(group >> 4);
  }
  return out;
}

std::string PercentEncode(std::string_view text, std::string_view safe, bool lower_case) {
  const std::string_view digits = lower_case ? "0123456789abcdef" : "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-._~").find(c) != std::string_view::npos ||
                       safe.find(c) != std::string_view::npos;
    if (plain) {
      out += c;
    } else {
      const auto byte = static_cast<std::uint8_t>(c);
      out += {'%', digits[byte >> 4], digits[byte & 15]};
    }
  }
  return out;
}

std::string PercentDecode(std::string_view text, bool plus_is_blank) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size()) {
      if (const Result<std::string> byte = ParseHex(text.substr(i + 1, 2))) {
        out += *byte;
        i += 2;
        continue;
      }
    }
    out += plus_is_blank && text[i] == '+' ? ' ' : text[i];
  }
  return out;
}

}  // namespace ocokit

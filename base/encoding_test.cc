#include "ocokit/base/encoding.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace ocokit {
namespace {

using testing::HasSubstr;

constexpr std::string_view kBase64Alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string Hex(std::string_view bytes) {
  return FormatHex({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

std::string EveryByte() {
  std::string out;
  for (int byte = 0; byte < 256; ++byte) out.push_back(static_cast<char>(byte));
  return out;
}

// RFC 4648 section 10, and the empty text.
struct Rfc4648 {
  std::string_view bytes;
  std::string_view base64;
  std::string_view hex;
};
constexpr Rfc4648 kRfc4648[] = {
    {"", "", ""},
    {"f", "Zg==", "66"},
    {"fo", "Zm8=", "666f"},
    {"foo", "Zm9v", "666f6f"},
    {"foob", "Zm9vYg==", "666f6f62"},
    {"fooba", "Zm9vYmE=", "666f6f6261"},
    {"foobar", "Zm9vYmFy", "666f6f626172"},
};

TEST(Base64, Rfc4648) {
  for (const Rfc4648& row : kRfc4648) {
    EXPECT_EQ(row.base64, FormatBase64(row.bytes));
    EXPECT_EQ(row.base64.size(), Base64Size(row.bytes.size()));
    EXPECT_EQ(row.bytes, ParseBase64(row.base64).value());
  }
}

TEST(Base64, RefusesWhatIsNotTheEncodingOfSomeBytes) {
  struct Case {
    const char* name;
    std::string text;
    const char* error;
  };
  const std::vector<Case> cases = {
      {"no padding, 2 of 4", "Zg", "multiple of four"},
      {"no padding, 3 of 4", "Zm8", "multiple of four"},
      {"one character", "Z", "multiple of four"},
      {"padding too short", "Zg=", "multiple of four"},
      {"padding too long", "Zm9v=", "multiple of four"},
      {"a group of padding", "Zm9v====", "position 4"},
      {"padding alone", "====", "position 0"},
      {"three padding signs", "Z===", "position 1"},
      {"padding in the middle", "Zg==Zm9v", "position 2"},
      {"padding before the last character", "Zm=v", "position 2"},
      {"line break at the end", "Zm9v\n", "multiple of four"},
      {"line break inside", "Zm9\nZm9v", "position 3"},
      {"line break in place of a character", "Zm9v\nm9v", "position 4"},
      {"blank", "Zm 9", "position 2"},
      {"base64url minus", "Zm-v", "position 2"},
      {"base64url underscore", "Zm_v", "position 2"},
      {"a byte beyond ASCII", "Zm\xffv", "position 2"},
      {"NUL", std::string("Zm\0v", 4), "position 2"},
      {"unused bits after one byte", "Zh==", "unused bits"},
      {"unused bits after two bytes", "Zm9=", "unused bits"},
      {"unused bits name their place", "Zm9vZm9=", "position 6"},
  };
  for (const Case& c : cases) {
    const Result<std::string> parsed = ParseBase64(c.text);
    ASSERT_FALSE(parsed) << c.name;
    EXPECT_EQ(ErrorKind::kInvalidArgument, parsed.error().kind) << c.name;
    EXPECT_THAT(parsed.error().message, HasSubstr(c.error)) << c.name;
  }
}

TEST(Base64, EveryLastCharacterBeforePaddingHasOneReading) {
  int one = 0;
  int two = 0;
  for (const char c : kBase64Alphabet) {
    const std::string text = std::string("A") + c + "==";
    if (const auto parsed = ParseBase64(text)) {
      EXPECT_EQ(text, FormatBase64(*parsed));
      ++one;
    }
    const std::string longer = std::string("AA") + c + "=";
    if (const auto parsed = ParseBase64(longer)) {
      EXPECT_EQ(longer, FormatBase64(*parsed));
      ++two;
    }
  }
  EXPECT_EQ(4, one);
  EXPECT_EQ(16, two);
}

TEST(Base64, RoundTripOfEveryByteAtEveryLength) {
  const std::string bytes = EveryByte() + EveryByte();
  for (std::size_t n = 0; n <= bytes.size(); ++n) {
    const std::string part = bytes.substr(bytes.size() - n);
    const std::string text = FormatBase64(part);
    EXPECT_EQ(Base64Size(n), text.size());
    EXPECT_EQ(part, ParseBase64(text).value()) << n;
  }
}

TEST(Base64, CutAtEveryPosition) {
  const std::string bytes = EveryByte();
  const std::string text = FormatBase64(bytes);
  for (std::size_t n = 0; n < text.size(); ++n) {
    const Result<std::string> parsed = ParseBase64(text.substr(0, n));
    ASSERT_EQ(n % 4 == 0, parsed.has_value()) << n;
    if (parsed) {
      EXPECT_EQ(bytes.substr(0, n / 4 * 3), *parsed) << n;
    }
  }
}

TEST(Base64, EveryForeignByteAtEveryPositionIsRefusedByPosition) {
  const std::string text = FormatBase64("seventeen bytes!!");
  const std::size_t digits = text.find('=');
  for (std::size_t at = 0; at < digits; ++at) {
    for (int byte = 0; byte < 256; ++byte) {
      const char c = static_cast<char>(byte);
      if (kBase64Alphabet.find(c) != std::string_view::npos) continue;
      // '=' before the padding lengthens it; every other byte is named where it stands.
      if (c == '=' && at + 1 == digits) continue;
      std::string bad = text;
      bad[at] = c;
      const Result<std::string> parsed = ParseBase64(bad);
      ASSERT_FALSE(parsed) << at << " " << byte;
      EXPECT_THAT(parsed.error().message, HasSubstr("position " + std::to_string(at)));
    }
  }
}

TEST(Base64, FormatToWritesItsSizeAndNoMore) {
  std::string out(10, '#');
  FormatBase64To("fo", out.data() + 1);
  EXPECT_EQ("#Zm8=#####", out);
}

TEST(Hex, Rfc4648) {
  for (const Rfc4648& row : kRfc4648) {
    EXPECT_EQ(row.hex, Hex(row.bytes));
    EXPECT_EQ(row.bytes, ParseHex(row.hex).value());
  }
}

TEST(Hex, RoundTripOfEveryByteInEitherCase) {
  const std::string bytes = EveryByte();
  std::string text = Hex(bytes);
  EXPECT_EQ(512u, text.size());
  EXPECT_EQ(bytes, ParseHex(text).value());
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c; });
  EXPECT_EQ(bytes, ParseHex(text).value());
  EXPECT_EQ("\xab\xcd", ParseHex("aBCd").value());
}

TEST(Hex, CutAtEveryPosition) {
  const std::string text = Hex(EveryByte());
  for (std::size_t n = 0; n < text.size(); ++n) {
    EXPECT_EQ(n % 2 == 0, ParseHex(text.substr(0, n)).has_value()) << n;
  }
  EXPECT_THAT(ParseHex("abc").error().message, HasSubstr("odd number of digits: 3"));
}

TEST(Hex, EveryForeignByteAtEveryPositionIsRefusedByPosition) {
  constexpr std::string_view kDigits = "0123456789abcdefABCDEF";
  const std::string text = "0123456789abcdef";
  for (std::size_t at = 0; at < text.size(); ++at) {
    for (int byte = 0; byte < 256; ++byte) {
      const char c = static_cast<char>(byte);
      if (kDigits.find(c) != std::string_view::npos) continue;
      std::string bad = text;
      bad[at] = c;
      const Result<std::string> parsed = ParseHex(bad);
      ASSERT_FALSE(parsed) << at << " " << byte;
      EXPECT_EQ(ErrorKind::kInvalidArgument, parsed.error().kind);
      EXPECT_THAT(parsed.error().message, HasSubstr("position " + std::to_string(at)));
    }
  }
}

TEST(Hex, FormatToWritesItsSizeAndNoMore) {
  std::string out(6, '#');
  const std::uint8_t bytes[] = {0x00, 0xff};
  FormatHexTo(bytes, out.data() + 1);
  EXPECT_EQ("#00ff#", out);
}

TEST(Encoding, RandomTextsDecodeOnlyToWhatEncodesBack) {
  std::mt19937_64 random(20261121);
  const std::string letters = std::string(kBase64Alphabet) + "=-_ ";
  std::uniform_int_distribution<std::size_t> letter(0, letters.size() - 1);
  std::uniform_int_distribution<std::size_t> length(0, 12);
  for (int i = 0; i < 200'000; ++i) {
    std::string text(length(random), ' ');
    for (char& c : text) c = letters[letter(random)];
    if (const auto parsed = ParseBase64(text)) {
      EXPECT_EQ(text, FormatBase64(*parsed));
    }
  }
}

TEST(PercentEncode, KeepsWhatRfc3986CallsUnreserved) {
  EXPECT_EQ(PercentEncode("AZaz09-._~"), "AZaz09-._~");
  EXPECT_EQ(PercentEncode("a b+c/d=e&f%"), "a%20b%2Bc%2Fd%3De%26f%25");
  EXPECT_EQ(PercentEncode(std::string("\0\x7f\xff", 3)), "%00%7F%FF");
  EXPECT_EQ(PercentEncode("/?\xe9", "/"), "/%3F%E9");
  EXPECT_EQ(PercentEncode("/?\xe9", "/", /*lower_case=*/true), "/%3f%e9");
}

TEST(PercentDecode, LeavesWhatIsNone) {
  EXPECT_EQ(PercentDecode("a%2Fb%3d%41"), "a/b=A");
  EXPECT_EQ(PercentDecode("%"), "%");
  EXPECT_EQ(PercentDecode("%2"), "%2");
  EXPECT_EQ(PercentDecode("%zz%20"), "%zz ");
  EXPECT_EQ(PercentDecode("%252F"), "%2F");
  EXPECT_EQ(PercentDecode("a+b"), "a+b");
  EXPECT_EQ(PercentDecode("a+b", /*plus_is_blank=*/true), "a b");
}

}  // namespace
}  // namespace ocokit

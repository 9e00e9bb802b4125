#include "mock_exchange/secrets/forms.h"

#include <algorithm>
#include <array>
#include <optional>

namespace ocokit::mock {
namespace {

constexpr std::array<signed char, 256> kBase64Value = [] {
  std::array<signed char, 256> out{};
  out.fill(-1);
  signed char value = 0;
  for (const std::string_view letters :
       {"ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz", "0123456789", "+/"}) {
    for (const char c : letters) out[static_cast<unsigned char>(c)] = value++;
  }
  out['-'] = 62;
  out['_'] = 63;
  return out;
}();

constexpr std::array<signed char, 256> kHexValue = [] {
  std::array<signed char, 256> out{};
  out.fill(-1);
  for (int i = 0; i < 10; ++i) out['0' + i] = static_cast<signed char>(i);
  for (int i = 0; i < 6; ++i) {
    out['a' + i] = out['A' + i] = static_cast<signed char>(10 + i);
  }
  return out;
}();

int HexValue(char c) { return kHexValue[static_cast<unsigned char>(c)]; }
bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

// Stands between two runs, so that nothing is found across them.
constexpr char kBetween = '\x01';

// What is undone is never longer than what it is made of: room for that is made at once.
class Writer {
 public:
  Writer(Undone& out, std::size_t most, bool whence) : out_(out), whence_(whence) {
    out_.text.resize(most);
    if (whence_) out_.from.resize(most);
    at_ = out_.text.data();
  }
  ~Writer() { Finish(); }
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  void Put(char c, std::size_t first, std::size_t behind) {
    if (whence_) out_.from[static_cast<std::size_t>(at_ - out_.text.data())] = {first, behind};
    *at_++ = c;
  }
  void Put(std::string_view bytes, std::size_t first, std::size_t behind) {
    for (const char c : bytes) Put(c, first, behind);
  }

 private:
  void Finish() {
    out_.text.resize(static_cast<std::size_t>(at_ - out_.text.data()));
    if (whence_) out_.from.resize(out_.text.size());
  }

  Undone& out_;
  const bool whence_;
  char* at_;
};

// The number that `digits` hexadecimal digits at `at` are; none when they are not there.
std::optional<unsigned> ReadDigits(std::string_view text, std::size_t at, std::size_t digits) {
  if (at + digits > text.size()) return std::nullopt;
  unsigned out = 0;
  for (const char c : text.substr(at, digits)) {
    if (HexValue(c) < 0) return std::nullopt;
    out = out * 16 + static_cast<unsigned>(HexValue(c));
  }
  return out;
}

void UndoPercent(std::string_view text, Writer& out) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = text[i] == '%' ? ReadDigits(text, i + 1, 2) : std::nullopt;
    out.Put(byte ? static_cast<char>(*byte) : text[i], i, i + (byte ? 3 : 1));
    if (byte) i += 2;
  }
}

std::string FormatUtf8(unsigned code) {
  const auto tail = [&](int shift) { return static_cast<char>(0x80 | (code >> shift & 0x3F)); };
  if (code < 0x80) return {static_cast<char>(code)};
  if (code < 0x800) return {static_cast<char>(0xC0 | code >> 6), tail(0)};
  if (code < 0x10000) return {static_cast<char>(0xE0 | code >> 12), tail(6), tail(0)};
  return {static_cast<char>(0xF0 | code >> 18), tail(12), tail(6), tail(0)};
}

// The escape at a backslash; what it stands for, and its length. None: it is none.
std::optional<std::pair<std::string, std::size_t>> ReadEscape(std::string_view text, std::size_t at,
                                                              bool loose) {
  if (at + 1 >= text.size()) return std::nullopt;
  constexpr std::string_view kLetters = "bfnrt";
  constexpr std::string_view kControls = "\b\f\n\r\t";
  const char c = text[at + 1];
  if (const std::size_t i = kLetters.find(c); i != std::string_view::npos) {
    return std::pair(std::string(1, kControls[i]), 2);
  }
  if (c == 'x') {
    const auto byte = ReadDigits(text, at + 2, 2);
    if (!byte) return std::nullopt;
    return std::pair(std::string(1, static_cast<char>(*byte)), 4);
  }
  if (c == 'u') {
    const auto code = ReadDigits(text, at + 2, 4);
    if (!code) return std::nullopt;
    const bool high = *code >= 0xD800 && *code < 0xDC00 && text.substr(at + 6, 2) == "\\u";
    const auto low = high ? ReadDigits(text, at + 8, 4) : std::nullopt;
    if (low && *low >= 0xDC00 && *low < 0xE000) {
      return std::pair(FormatUtf8(0x10000 + ((*code - 0xD800) << 10) + (*low - 0xDC00)), 12);
    }
    return std::pair(FormatUtf8(*code), 6);
  }
  if (std::string_view("\"'\\/").find(c) == std::string_view::npos) return std::nullopt;
  if (loose && c == '\\') return std::nullopt;
  return std::pair(std::string(1, c), 2);
}

void UndoEscapes(std::string_view text, bool loose, Writer& out) {
  for (std::size_t i = 0; i < text.size();) {
    const auto escape = text[i] == '\\' ? ReadEscape(text, i, loose) : std::nullopt;
    const std::size_t size = escape ? escape->second : 1;
    out.Put(escape ? std::string_view(escape->first) : text.substr(i, 1), i, i + size);
    i += size;
  }
}

void UndoZeros(std::string_view text, Writer& out) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\0') out.Put(text[i], i, i + 1);
  }
}

using Values = std::array<signed char, 256>;

int ValueOf(const Values& values, char c) { return values[static_cast<unsigned char>(c)]; }

// Whether what stands between two digits, so far behind the first of them, does not end a run.
bool Joins(Base base, char c, std::size_t behind) {
  if (base == Base::kBase64) return IsBlank(c);
  return behind == 0 && (c == '-' || c == ':' || c == ' ');
}

// Behind a run; no digit's value.
constexpr char kEnd = '\x7f';

}  // namespace

bool Undo(Form form, std::string_view text, bool whence, Undone& out) {
  const char sign = form == Form::kPercent ? '%' : form == Form::kZeros ? '\0' : '\\';
  if (text.find(sign) == std::string_view::npos) return false;
  {
    Writer writer(out, text.size(), whence);
    if (form == Form::kPercent) UndoPercent(text, writer);
    if (form == Form::kEscapes) UndoEscapes(text, /*loose=*/false, writer);
    if (form == Form::kLoose) UndoEscapes(text, /*loose=*/true, writer);
    if (form == Form::kZeros) UndoZeros(text, writer);
  }
  return out.text.size() != text.size();
}

Digits::Digits(Base base, std::string_view text, std::size_t shortest, bool whence) : base_(base) {
  // Two bytes in base64 may stand anywhere by chance.
  if (base == Base::kBase64 && shortest < 3) return;
  const Values& values = base == Base::kHex ? kHexValue : kBase64Value;
  const std::size_t fewest = base == Base::kHex ? 2 * shortest : (shortest * 8 + 5) / 6;
  values_.resize(text.size() + text.size() / fewest + 1);
  if (whence) from_.resize(values_.size());
  std::size_t begin = 0;  // of the run, in values_
  std::size_t end = 0;
  std::size_t last = 0;  // behind its last digit, in the text
  const auto end_run = [&] {
    if (end - begin >= fewest) {
      if (whence) from_[end] = last;
      values_[end++] = kEnd;
      begin = end;
    }
    end = begin;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int value = ValueOf(values, text[i]);
    if (value >= 0) {
      if (whence) from_[end] = i;
      values_[end++] = static_cast<char>(value);
      last = i + 1;
    } else if (end != begin && !Joins(base, text[i], i - last)) {
      end_run();
    }
  }
  end_run();
  values_.resize(end);
  from_.resize(whence ? end : 0);
}

template <unsigned kBits>
char* Digits::ReadRun(std::size_t at, std::size_t end, char* to, Undone& out) const {
  const auto put = [&](unsigned byte, std::size_t first, std::size_t last) {
    *to++ = static_cast<char>(byte & 0xFF);
    if (!from_.empty()) out.from.emplace_back(from_[first], from_[last] + 1);
  };
  const auto value = [&](std::size_t i) { return static_cast<unsigned>(values_[i]); };
  if constexpr (kBits == 4) {
    for (; at + 1 < end; at += 2) put(value(at) << 4 | value(at + 1), at, at + 1);
    return to;
  }
  for (; at + 3 < end; at += 4) {
    const unsigned bits =
        value(at) << 18 | value(at + 1) << 12 | value(at + 2) << 6 | value(at + 3);
    put(bits >> 16, at, at + 1);
    put(bits >> 8, at + 1, at + 2);
    put(bits, at + 2, at + 3);
  }
  if (at + 1 < end) put(value(at) << 2 | value(at + 1) >> 4, at, at + 1);
  if (at + 2 < end) put(value(at + 1) << 4 | value(at + 2) >> 2, at + 1, at + 2);
  return to;
}

void Digits::Read(std::size_t shift, Undone& out) const {
  out.from.clear();
  out.text.resize(values_.size());
  char* to = out.text.data();
  for (std::size_t at = 0; at < values_.size();) {
    const std::size_t end = values_.find(kEnd, at);
    const std::size_t begin = std::min(at + shift, end);
    to = base_ == Base::kHex ? ReadRun<4>(begin, end, to, out) : ReadRun<6>(begin, end, to, out);
    *to++ = kBetween;
    if (!from_.empty()) out.from.emplace_back(from_[end], from_[end]);
    at = end + 1;
  }
  out.text.resize(static_cast<std::size_t>(to - out.text.data()));
}

}  // namespace ocokit::mock

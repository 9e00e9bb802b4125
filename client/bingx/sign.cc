#include <algorithm>
#include <charconv>
#include <cstring>

#include "client/json/json_writer.h"
#include "ocokit/base/check.h"
#include "ocokit/base/encoding.h"
#include "ocokit/client/bingx_signer.h"

// Both texts of a request are written with a cursor into room made beforehand: appending its forty
// pieces to a string one by one takes as long as the digest.

namespace ocokit::client::bingx {
namespace {

// An OCO order with every parameter signs about 230 characters.
constexpr std::size_t kUsualSize = 256;
// What the signature adds: its name, 64 digits and punctuation.
constexpr std::size_t kSignatureRoom = 96;
// What JSON adds to `name=value&`: four quotes at most.
constexpr std::size_t kQuotesRoom = 4;

// Copies `size` bytes, N to 2 N of them, as two blocks of N that may overlap.
template <std::size_t N>
void CopyTwice(char* out, const char* from, std::size_t size) {
  std::memcpy(out, from, N);
  std::memcpy(out + size - N, from + size - N, N);
}

// Names and values are short, and a call of memcpy for each would cost more than the copying.
char* Put(char* out, std::string_view text) {
  const std::size_t size = text.size();
  if (size > 32) {
    std::memcpy(out, text.data(), size);
  } else if (size >= 16) {
    CopyTwice<16>(out, text.data(), size);
  } else if (size >= 8) {
    CopyTwice<8>(out, text.data(), size);
  } else if (size >= 4) {
    CopyTwice<4>(out, text.data(), size);
  } else {
    for (std::size_t i = 0; i < size; ++i) out[i] = text[i];
  }
  return out + size;
}

// What may be read and written behind a piece that PutWide copies.
constexpr std::size_t kSlack = 32;

// As Put, without a branch for the usual size: where kSlack more may be read and written.
char* PutWide(char* out, const char* from, std::size_t size) {
  std::memcpy(out, from, kSlack);
  if (size > kSlack) std::memcpy(out + kSlack, from + kSlack, size - kSlack);
  return out + size;
}

// RFC 3986 unreserved characters; everything else in a value is percent-encoded, a blank as %20
// and never as a plus sign.
constexpr bool IsUnreserved(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

constexpr std::array<bool, 256> kUnreserved = [] {
  std::array<bool, 256> table{};
  for (std::size_t i = 0; i < table.size(); ++i) table[i] = IsUnreserved(static_cast<char>(i));
  return table;
}();

bool IsPlain(std::string_view value) {
  return std::all_of(value.begin(), value.end(),
                     [](char c) { return kUnreserved[static_cast<unsigned char>(c)]; });
}

void AppendPercentEncoded(std::string& out, std::string_view value) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  for (char c : value) {
    if (IsUnreserved(c)) {
      out += c;
    } else {
      out += '%';
      out += kHex[static_cast<unsigned char>(c) >> 4];
      out += kHex[static_cast<unsigned char>(c) & 0xf];
    }
  }
}

}  // namespace

void Params::Clear() {
  size_ = 0;
  count_ = 0;
  plain_ = true;
}

char* Params::Begin(std::string_view name, std::size_t room) {
  OCOKIT_CHECK(count_ < kMaxParams, "more parameters than Params holds");
  const std::size_t needed = size_ + name.size() + room + 2 + kSlack;
  if (needed > text_.size()) text_.resize(std::max({needed, 2 * text_.size(), kUsualSize}));
  char* out = text_.data() + size_;
  if (count_ != 0) *out++ = '&';
  out = Put(out, name);
  *out++ = '=';
  Entry& entry = entries_[count_];
  entry.name = name.data();
  entry.name_size = static_cast<std::uint32_t>(name.size());
  entry.offset = static_cast<std::uint32_t>(out - text_.data());
  return out;
}

void Params::End(const char* end, bool quoted) {
  size_ = static_cast<std::size_t>(end - text_.data());
  Entry& entry = entries_[count_++];
  entry.size = static_cast<std::uint32_t>(size_) - entry.offset;
  entry.quoted = quoted;
}

void Params::Append(std::string_view name, std::string_view value, bool quoted) {
  End(Put(Begin(name, value.size()), value), quoted);
}

void Params::Add(std::string_view name, std::string_view value) {
  plain_ = plain_ && IsPlain(value);
  Append(name, value, true);
}

void Params::AddJson(std::string_view name, std::string_view json) {
  plain_ = plain_ && IsPlain(json);
  Append(name, json, false);
}

void Params::Add(std::string_view name, const Decimal& value) {
  End(value.FormatTo(Begin(name, Decimal::kMaxText)), false);
}

void Params::Add(std::string_view name, std::int64_t value) {
  constexpr std::size_t kRoom = 20;
  char* const begin = Begin(name, kRoom);
  End(std::to_chars(begin, begin + kRoom, value).ptr, false);
}

Signer::Signature Signer::Sign(std::string_view string_to_sign) const {
  Signature signature;
  FormatHexTo(hmac_.Sign(string_to_sign), signature.data());
  return signature;
}

// `name=value&...&`, values as a URL has them.
void Signer::AppendUrl(const Params& params, std::string& out) {
  if (params.plain_) {
    out.reserve(out.size() + params.size_ + kSignatureRoom);
    out += params.string_to_sign();
    if (params.count_ != 0) out += '&';
    return;
  }
  for (std::size_t i = 0; i < params.count_; ++i) {
    out += params.NameOf(params.entries_[i]);
    out += '=';
    AppendPercentEncoded(out, params.ValueOf(params.entries_[i]));
    out += '&';
  }
}

// `{"name":value,...,`.
void Signer::AppendJson(const Params& params, std::string& out) {
  if (params.plain_) {
    const std::size_t room = params.size_ + params.count_ * kQuotesRoom + 2 + kSlack;
    out.reserve(out.size() + room + kSignatureRoom);
    out.resize(out.size() + room);
    char* cursor = out.data() + out.size() - room;
    *cursor++ = '{';
    for (std::size_t i = 0; i < params.count_; ++i) {
      const Params::Entry& entry = params.entries_[i];
      // From the text, not from the literal, behind which nothing may be read.
      const char* const value = params.text_.data() + entry.offset;
      *cursor++ = '"';
      cursor = PutWide(cursor, value - 1 - entry.name_size, entry.name_size);
      *cursor++ = '"';
      *cursor++ = ':';
      if (entry.quoted) *cursor++ = '"';
      cursor = PutWide(cursor, value, entry.size);
      if (entry.quoted) *cursor++ = '"';
      *cursor++ = ',';
    }
    out.resize(static_cast<std::size_t>(cursor - out.data()));
    return;
  }
  out += '{';
  for (std::size_t i = 0; i < params.count_; ++i) {
    const Params::Entry& entry = params.entries_[i];
    AppendJsonString(out, params.NameOf(entry));
    out += ':';
    if (entry.quoted) {
      AppendJsonString(out, params.ValueOf(entry));
    } else {
      out += params.ValueOf(entry);
    }
    out += ',';
  }
}

void Signer::AppendSigned(const Params& params, ParamFormat format, std::string& out) const {
  const Signature signature = Sign(params.string_to_sign());
  if (format == ParamFormat::kJson) {
    AppendJson(params, out);
    out += "\"signature\":\"";
    out.append(signature.data(), signature.size());
    out += "\"}";
  } else {
    AppendUrl(params, out);
    out += "signature=";
    out.append(signature.data(), signature.size());
  }
}

std::string Signer::WriteSigned(const Params& params, ParamFormat format) const {
  std::string out;
  AppendSigned(params, format, out);
  return out;
}

}  // namespace ocokit::client::bingx

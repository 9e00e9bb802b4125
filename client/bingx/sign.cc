#include <charconv>

#include "client/json/json_writer.h"
#include "ocokit/base/check.h"
#include "ocokit/base/encoding.h"
#include "ocokit/client/bingx_signer.h"

namespace ocokit::client::bingx {
namespace {

constexpr std::string_view kSignatureName = "signature";
// An OCO order with every parameter signs about 230 characters and sends 80 more.
constexpr std::size_t kUsualSize = 384;

// RFC 3986 unreserved characters; everything else in a value is percent-encoded, a blank as %20
// and never as a plus sign.
bool IsUnreserved(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
         c == '.' || c == '_' || c == '~';
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

void Params::Open(std::string_view name) {
  OCOKIT_CHECK(count_ < kMaxParams, "more parameters than Params holds");
  if (text_.empty()) {
    text_.reserve(kUsualSize);
  } else {
    text_ += '&';
  }
  text_ += name;
  text_ += '=';
}

void Params::Close(std::string_view name, std::size_t offset, bool quoted) {
  entries_[count_++] = {.name = name.data(),
                        .name_size = static_cast<std::uint32_t>(name.size()),
                        .offset = static_cast<std::uint32_t>(offset),
                        .size = static_cast<std::uint32_t>(text_.size() - offset),
                        .quoted = quoted};
}

void Params::Add(std::string_view name, std::string_view value) {
  Open(name);
  const std::size_t offset = text_.size();
  text_ += value;
  Close(name, offset, true);
}

void Params::AddJson(std::string_view name, std::string_view json) {
  Add(name, json);
  entries_[count_ - 1].quoted = false;
}

void Params::Add(std::string_view name, const Decimal& value) {
  Open(name);
  const std::size_t offset = text_.size();
  value.AppendTo(text_);
  Close(name, offset, false);
}

void Params::Add(std::string_view name, std::int64_t value) {
  std::array<char, 20> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  AddJson(name, std::string_view(digits.data(), static_cast<std::size_t>(end - digits.data())));
}

Signer::Signature Signer::Sign(std::string_view string_to_sign) const {
  Signature signature;
  FormatHexTo(hmac_.Sign(string_to_sign), signature.data());
  return signature;
}

std::string Signer::WriteSigned(const Params& params, ParamFormat format) const {
  const Signature signature = Sign(params.string_to_sign());
  std::string out;
  out.reserve(kUsualSize);
  for (std::size_t i = 0; i < params.count_; ++i) {
    const Params::Entry& entry = params.entries_[i];
    const std::string_view value = params.ValueOf(entry);
    if (format == ParamFormat::kJson) {
      out += i == 0 ? '{' : ',';
      out += '"';
      out += params.NameOf(entry);
      out += "\":";
      if (entry.quoted) {
        AppendJsonString(out, value);
      } else {
        out += value;
      }
    } else {
      if (i != 0) out += '&';
      out += params.NameOf(entry);
      out += '=';
      AppendPercentEncoded(out, value);
    }
  }
  if (format == ParamFormat::kJson) {
    out += params.count_ == 0 ? "{\"" : ",\"";
    out += kSignatureName;
    out += "\":\"";
    out.append(signature.data(), signature.size());
    out += "\"}";
  } else {
    if (params.count_ != 0) out += '&';
    out += kSignatureName;
    out += '=';
    out.append(signature.data(), signature.size());
  }
  return out;
}

}  // namespace ocokit::client::bingx

#include "conformance/server/signature.h"

#include <cstdint>
#include <nlohmann/json.hpp>
#include <span>
#include <stdexcept>

#include "ocokit/base/digest.h"
#include "ocokit/base/encoding.h"

namespace ocokit::conform::server {
namespace {

using nlohmann::json;

HashKind HashOf(const std::string& name) {
  if (name == "md5") return HashKind::kMd5;
  if (name == "sha1") return HashKind::kSha1;
  if (name == "sha256") return HashKind::kSha256;
  if (name == "sha384") return HashKind::kSha384;
  if (name == "sha512") return HashKind::kSha512;
  throw std::invalid_argument("no hash " + name);
}

std::string KeyOf(const std::string& name, const Keys& keys) {
  if (name == "secret") return keys.secret;
  if (name == "api_key") return keys.key;
  if (name == "secret_and_newline") return keys.secret + "\n";
  if (name == "empty") return "";
  if (name == "other") return "not-the-secret-of-this-key";
  throw std::invalid_argument("no signing key " + name);
}

std::string Encode(const std::string& encoding, std::string_view digest) {
  if (encoding == "base64") return FormatBase64(digest);
  std::string hex =
      FormatHex(std::span(reinterpret_cast<const std::uint8_t*>(digest.data()), digest.size()));
  if (encoding == "hex") return hex;
  if (encoding != "upper_hex") throw std::invalid_argument("no encoding " + encoding);
  for (char& digit : hex) {
    if (digit >= 'a') digit = static_cast<char>(digit - 'a' + 'A');
  }
  return hex;
}

}  // namespace

std::string Sign(Venue venue, const Keys& keys, std::string_view text, const json& changes) {
  const json& how = changes.is_object() ? changes : json::object();
  if (how.contains("value")) return how.at("value").get<std::string>();
  const auto hash = HashOf(how.value("hash", venue == Venue::kBingx ? "sha256" : "sha512"));
  const std::string key = KeyOf(how.value("key", "secret"), keys);
  const bool plain = how.value("without_hmac", false);
  const std::string digest = plain ? Hash(hash, std::string(text) + key) : Hmac(hash, key, text);
  std::string signature = Encode(how.value("encoding", "hex"), digest);
  if (how.value("flip", false)) signature.back() = signature.back() == '0' ? '1' : '0';
  if (how.value("cut", false)) signature.pop_back();
  return signature;
}

}  // namespace ocokit::conform::server

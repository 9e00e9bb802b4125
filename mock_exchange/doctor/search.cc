#include "mock_exchange/doctor/search.h"

#include <algorithm>
#include <array>

#include "mock_exchange/doctor/secrets.h"
#include "mock_exchange/doctor/text.h"
#include "ocokit/base/encoding.h"
#include "ocokit/base/text.h"
#include "ocokit/mock/doctor.h"

namespace ocokit::mock::doctor {
namespace {

// Of the keys, the right one included: those that are tried with texts that are wrong, too.
constexpr std::size_t kCommonKeys = 8;

constexpr std::string_view kHexDigits = "0123456789abcdefABCDEF";

struct HashRow {
  HashKind kind;
  std::size_t size;
  std::string_view row;
};

constexpr std::array kHashes = {
    HashRow{HashKind::kMd5, 16, "md5_signature"},  HashRow{HashKind::kSha1, 20, "hmac_sha1"},
    HashRow{HashKind::kSha256, 32, "hmac_sha256"}, HashRow{HashKind::kSha384, 48, "hmac_sha384"},
    HashRow{HashKind::kSha512, 64, "hmac_sha512"},
};

std::size_t DigestSize(Venue venue) { return venue == Venue::kBingx ? 32 : 64; }

// Base64 in either alphabet, with or without its padding.
std::optional<std::string> ReadLooseBase64(std::string_view text) {
  std::string standard = Replaced(Replaced(std::string(text), "-", "+"), "_", "/");
  while (!standard.empty() && standard.back() == '=') standard.pop_back();
  while (standard.size() % 4 != 0) standard += '=';
  const Result<std::string> bytes = ParseBase64(standard);
  return bytes && !bytes->empty() ? std::optional(*bytes) : std::nullopt;
}

// The longest run of hexadecimal digits: what is left of `0x12ab`, `"12ab"` and `(stdin)= 12ab`.
std::string LongestHex(std::string_view text) {
  std::string_view longest;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_not_of(kHexDigits), text.size());
    if (end > longest.size()) longest = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return std::string(longest);
}

// `12-AB-CD`, as C# prints bytes; empty where something else stands in it.
std::string WithoutSeparators(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool separator = i % 3 == 2;
    if (separator != (std::string_view("-: ").find(text[i]) != std::string_view::npos)) return {};
    if (!separator) out += text[i];
  }
  return out;
}

template <typename Digest>
std::string Bytes(const Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

}  // namespace

Search::Search(Venue venue, std::string_view signature, const Patient& credentials,
               bool upper_case_is_right, const Budget& budget, bool all)
    : venue_(venue), signature_(signature), patient_(credentials), budget_(budget), all_(all) {
  ReadSignature(upper_case_is_right);
  AddKeys(credentials);
}

void Search::ReadSignature(bool upper_case_is_right) {
  if (const Result<std::string> bytes = ParseHex(signature_); bytes && !bytes->empty()) {
    const bool upper = Lower(signature_) != signature_ && !upper_case_is_right;
    well_formed_ = bytes->size() == DigestSize(venue_);
    AddTargets(*bytes, upper ? "upper_case_hex" : "");
    if (const Result<std::string> again = ParseHex(*bytes)) {
      AddTargets(*again, "signature_encoded_twice");
    }
    return;
  }
  for (const std::string& digits : {LongestHex(signature_), WithoutSeparators(signature_)}) {
    const Result<std::string> bytes = ParseHex(digits);
    if (bytes && digits.size() >= 32) AddTargets(*bytes, "signature_too_long");
  }
  std::string decoded = PercentDecode(signature_, false);
  // Line breaks of a long base64, also those that became blanks in a header.
  std::erase_if(decoded, [](char c) { return c == '\n' || c == '\r' || c == ' ' || c == '\t'; });
  if (const auto bytes = ReadLooseBase64(decoded)) {
    AddTargets(*bytes, "base64_signature");
    if (const Result<std::string> again = ParseHex(*bytes)) {
      AddTargets(*again, "signature_encoded_twice");
    }
  }
  AddTargets(signature_, "raw_digest_signature");
}

void Search::AddTargets(const std::string& bytes, std::string_view encoding_row) {
  const auto hash = std::ranges::find(kHashes, bytes.size(), &HashRow::size);
  if (hash == kHashes.end()) return;
  const bool right = bytes.size() == DigestSize(venue_);
  const auto add = [&](std::string_view row, Use use) {
    targets_.push_back({bytes, encoding_row, hash->kind, row, use});
  };
  add(right ? "" : hash->row, Use::kHmac);
  const bool md5 = hash->kind == HashKind::kMd5;
  if (!right && !md5) return;
  const std::string_view plain = md5                       ? "md5_signature"
                                 : venue_ == Venue::kBingx ? "plain_sha256"
                                                           : "plain_sha512";
  add(plain, Use::kTextThenSecret);
  add(plain, Use::kSecretThenText);
  add(plain, Use::kTextOnly);
  if (right) add("hmac_arguments_swapped", Use::kSwapped);
}

void Search::AddKeys(const Patient& credentials) {
  const std::string& secret = credentials.secret;
  keys_.push_back({"", secret});
  for (WrongSecret& wrong : WrongSecrets(credentials)) {
    keys_.push_back({wrong.row, std::move(wrong.text)});
  }
}

std::string Search::Compute(const Target& target, Key& key, const std::string& text) const {
  switch (target.use) {
    case Use::kTextThenSecret:
      return Hash(target.hash, text + key.text);
    case Use::kSecretThenText:
      return Hash(target.hash, key.text + text);
    case Use::kTextOnly:
      return Hash(target.hash, text);
    case Use::kSwapped:
      return Hmac(target.hash, text, key.text);
    case Use::kHmac:
      break;
  }
  if (target.hash == HashKind::kSha256) {
    if (!key.sha256) key.sha256.emplace(key.text);
    return Bytes(key.sha256->Sign(text));
  }
  if (target.hash == HashKind::kSha512) {
    if (!key.sha512) key.sha512.emplace(key.text);
    return Bytes(key.sha512->Sign(text));
  }
  return Hmac(target.hash, key.text, text);
}

void Search::TryOne(const Target& target, Key& key, const std::string& text, std::string_view row,
                    std::string_view also, std::string_view what) {
  const bool is_right = row.empty() && &key == &keys_.front() && target.use == Use::kHmac;
  spent_ += text.size() + 128;
  ++digests_;
  if (cut_off() && !is_right) {
    for (const std::string_view part : {target.hash_row, key.row, row}) {
      if (!part.empty()) cut_.insert(part);
    }
    return;
  }
  if (Compute(target, key, text) != target.bytes) return;
  Match match{{}, text, target.use == Use::kHmac, row.empty(), what};
  for (const std::string_view part : {target.encoding_row, target.hash_row, key.row, row, also}) {
    if (!part.empty()) match.rows.push_back(part);
  }
  // Three mistakes at once are more than a coincidence of tables should claim.
  if (match.rows.size() <= 2) matches_.push_back(std::move(match));
}

void Search::Try(std::string_view row, const std::string& text, std::string_view also,
                 std::string_view what) {
  if (found()) return;
  if (cut_off() && !row.empty()) return Skip(row);
  tried_.insert(row);
  // What it takes to make a text, also one that is known.
  spent_ += text.size() / 8;
  if (!seen_.insert(std::hash<std::string>()(text)).second) return;
  for (const Target& target : targets_) {
    if (target.use == Use::kHmac && !found()) TryOne(target, keys_.front(), text, row, also, what);
  }
}

void Search::TryCommonKeys(std::string_view row, const std::string& text) {
  if (!seen_with_keys_.insert(std::hash<std::string>()(text)).second) return;
  for (const Target& target : targets_) {
    const bool hmac = target.use == Use::kHmac;
    const std::size_t end = hmac ? std::min(kCommonKeys, keys_.size()) : 1;
    for (std::size_t i = hmac ? 1 : 0; i < end; ++i) {
      if (done()) return;
      TryOne(target, keys_[i], text, row);
    }
  }
}

void Search::TryEverything(std::string_view row, const std::string& text) {
  Try(row, text);
  seen_with_keys_.insert(std::hash<std::string>()(text));
  for (const Target& target : targets_) {
    for (Key& key : keys_) {
      if (found()) return;
      const bool right = &key == &keys_.front();
      const bool tried = target.use == Use::kHmac && right;
      // A plain hash of the text alone has no key that could be wrong, nor one that is empty.
      const bool keyless =
          target.use == Use::kTextOnly ? !right : target.use != Use::kHmac && key.text.empty();
      if (!tried && !keyless) TryOne(target, key, text, row);
    }
  }
}

void Search::TryRareKeys(const Patient& credentials, const std::string& text) {
  for (WrongSecret& wrong : RareSecrets(credentials)) {
    if (found()) return;
    Key key{wrong.row, std::move(wrong.text)};
    for (const Target& target : targets_) {
      if (target.use == Use::kHmac) TryOne(target, key, text, "", wrong.also);
    }
  }
}

std::vector<std::string_view> Search::Untried(std::span<const std::string_view> text_rows) const {
  std::vector<std::string_view> out(cut_.begin(), cut_.end());
  if (!cut_off()) return out;
  std::ranges::copy_if(text_rows, std::back_inserter(out),
                       [&](std::string_view row) { return !tried_.contains(row); });
  return out;
}

std::string Search::ShowSignature() const {
  constexpr std::size_t kShown = 16;
  const std::string clean = patient_.Hide(signature_);
  return Show(clean.size() > kShown ? clean.substr(0, kShown) + "..." : clean, patient_);
}

Damage Search::CompareToRight(const std::string& text) const {
  const std::string right = venue_ == Venue::kBingx
                                ? FormatHex(HmacSha256(patient_.secret).Sign(text))
                                : FormatHex(HmacSha512(patient_.secret).Sign(text));
  const std::string given = Lower(signature_);
  if (!given.empty() && given.find_first_not_of(given[0]) == std::string::npos &&
      ParseHex(given.size() % 2 == 0 ? given : "")) {
    return Damage::kChanged;
  }
  // Eight digits in common are no chance.
  if (given.size() < 8) return Damage::kNone;
  if (given.size() < right.size()) {
    return right.starts_with(given) || right.ends_with(given) ? Damage::kCut : Damage::kNone;
  }
  if (given.size() > right.size()) {
    return given.find(right) != std::string::npos ? Damage::kTooLong : Damage::kNone;
  }
  std::size_t different = 0;
  for (std::size_t i = 0; i < given.size(); ++i) different += given[i] != right[i];
  return different > 0 && different <= 2 ? Damage::kChanged : Damage::kNone;
}

}  // namespace ocokit::mock::doctor

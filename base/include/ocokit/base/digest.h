#pragma once

// HMAC with a key whose state is computed once (RFC 2104): the two key blocks are hashed in the
// constructor, so that signing costs only the blocks of the message. A keyed object is immutable;
// any number of threads may sign with it at once. The key itself is not kept, and the state is
// wiped on destruction.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace ocokit {

class HmacSha256 {
 public:
  using Digest = std::array<std::uint8_t, 32>;

  // `key` may have any length, including none.
  explicit HmacSha256(std::string_view key);
  HmacSha256(const HmacSha256&) = default;
  HmacSha256& operator=(const HmacSha256&) = default;
  ~HmacSha256();

  [[nodiscard]] Digest Sign(std::string_view message) const;

 private:
  // The hash states after the inner and outer key block; opaque here so that no OpenSSL type shows.
  static constexpr std::size_t kStateSize = 112;
  alignas(8) std::array<std::byte, kStateSize> inner_;
  alignas(8) std::array<std::byte, kStateSize> outer_;
};

class HmacSha512 {
 public:
  using Digest = std::array<std::uint8_t, 64>;

  // `key` may have any length, including none.
  explicit HmacSha512(std::string_view key);
  HmacSha512(const HmacSha512&) = default;
  HmacSha512& operator=(const HmacSha512&) = default;
  ~HmacSha512();

  [[nodiscard]] Digest Sign(std::string_view message) const;

 private:
  static constexpr std::size_t kStateSize = 216;
  alignas(8) std::array<std::byte, kStateSize> inner_;
  alignas(8) std::array<std::byte, kStateSize> outer_;
};

// What clients hash with by mistake, beside the two above; not made for speed.
enum class HashKind { kMd5, kSha1, kSha256, kSha384, kSha512 };

// The digest's bytes: 16, 20, 32, 48 or 64.
[[nodiscard]] std::string Hash(HashKind kind, std::string_view text);
// HMAC over that hash; `key` may have any length, including none.
[[nodiscard]] std::string Hmac(HashKind kind, std::string_view key, std::string_view message);

// Whether two byte strings are equal, in a time that depends on their lengths alone.
[[nodiscard]] bool ConstantTimeEqual(std::string_view a, std::string_view b);

}  // namespace ocokit

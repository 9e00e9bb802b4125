// The SHA-2 functions of OpenSSL's low-level interface are marked deprecated in favour of EVP,
// whose contexts allocate on every copy: restoring a precomputed state through EVP costs more than
// hashing the message. See docs/decisions/hmac-from-key-state.md.
#define OPENSSL_SUPPRESS_DEPRECATED

#include "ocokit/base/digest.h"

#include <openssl/crypto.h>
#include <openssl/sha.h>

#include <cstring>
#include <type_traits>

namespace ocokit {
namespace {

struct Sha256 {
  using State = SHA256_CTX;
  static constexpr std::size_t kBlock = SHA256_CBLOCK;
  static constexpr std::size_t kSize = SHA256_DIGEST_LENGTH;
  static void Init(State* s) { SHA256_Init(s); }
  static void Update(State* s, const void* data, std::size_t n) { SHA256_Update(s, data, n); }
  static void Final(std::uint8_t* out, State* s) { SHA256_Final(out, s); }
};

struct Sha512 {
  using State = SHA512_CTX;
  static constexpr std::size_t kBlock = SHA512_CBLOCK;
  static constexpr std::size_t kSize = SHA512_DIGEST_LENGTH;
  static void Init(State* s) { SHA512_Init(s); }
  static void Update(State* s, const void* data, std::size_t n) { SHA512_Update(s, data, n); }
  static void Final(std::uint8_t* out, State* s) { SHA512_Final(out, s); }
};

template <typename Hash, std::size_t N>
void Prepare(std::string_view key, std::array<std::byte, N>& inner,
             std::array<std::byte, N>& outer) {
  using State = typename Hash::State;
  static_assert(sizeof(State) == N && alignof(State) <= 8);
  static_assert(std::is_trivially_copyable_v<State>);

  std::array<std::uint8_t, Hash::kBlock> block{};
  State state;
  if (key.size() > block.size()) {
    Hash::Init(&state);
    Hash::Update(&state, key.data(), key.size());
    Hash::Final(block.data(), &state);
  } else if (!key.empty()) {
    std::memcpy(block.data(), key.data(), key.size());
  }
  for (std::uint8_t& byte : block) byte ^= 0x36;
  Hash::Init(&state);
  Hash::Update(&state, block.data(), block.size());
  std::memcpy(inner.data(), &state, sizeof state);
  for (std::uint8_t& byte : block) byte ^= 0x36 ^ 0x5c;
  Hash::Init(&state);
  Hash::Update(&state, block.data(), block.size());
  std::memcpy(outer.data(), &state, sizeof state);
  OPENSSL_cleanse(block.data(), block.size());
  OPENSSL_cleanse(&state, sizeof state);
}

template <typename Hash, std::size_t N>
std::array<std::uint8_t, Hash::kSize> Compute(const std::array<std::byte, N>& inner,
                                              const std::array<std::byte, N>& outer,
                                              std::string_view message) {
  std::array<std::uint8_t, Hash::kSize> digest;
  typename Hash::State state;
  std::memcpy(&state, inner.data(), sizeof state);
  Hash::Update(&state, message.data(), message.size());
  Hash::Final(digest.data(), &state);
  std::memcpy(&state, outer.data(), sizeof state);
  Hash::Update(&state, digest.data(), digest.size());
  Hash::Final(digest.data(), &state);
  return digest;
}

}  // namespace

HmacSha256::HmacSha256(std::string_view key) { Prepare<Sha256>(key, inner_, outer_); }

HmacSha256::~HmacSha256() {
  OPENSSL_cleanse(inner_.data(), inner_.size());
  OPENSSL_cleanse(outer_.data(), outer_.size());
}

HmacSha256::Digest HmacSha256::Sign(std::string_view message) const {
  return Compute<Sha256>(inner_, outer_, message);
}

HmacSha512::HmacSha512(std::string_view key) { Prepare<Sha512>(key, inner_, outer_); }

HmacSha512::~HmacSha512() {
  OPENSSL_cleanse(inner_.data(), inner_.size());
  OPENSSL_cleanse(outer_.data(), outer_.size());
}

HmacSha512::Digest HmacSha512::Sign(std::string_view message) const {
  return Compute<Sha512>(inner_, outer_, message);
}

bool ConstantTimeEqual(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace ocokit

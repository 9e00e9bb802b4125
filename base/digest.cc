// The SHA-2 functions of OpenSSL's low-level interface are marked deprecated in favour of EVP,
// whose contexts allocate on every copy: restoring a precomputed state through EVP costs more than
// hashing the message. See docs/decisions/hmac-from-key-state.md.
#define OPENSSL_SUPPRESS_DEPRECATED

#include "ocokit/base/digest.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
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

const EVP_MD* Find(HashKind kind) {
  switch (kind) {
    case HashKind::kMd5:
      return EVP_md5();
    case HashKind::kSha1:
      return EVP_sha1();
    case HashKind::kSha256:
      return EVP_sha256();
    case HashKind::kSha384:
      return EVP_sha384();
    case HashKind::kSha512:
      break;
  }
  return EVP_sha512();
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

std::string Hash(HashKind kind, std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
  unsigned int size = 0;
  EVP_Digest(text.data(), text.size(), digest.data(), &size, Find(kind), nullptr);
  return {reinterpret_cast<const char*>(digest.data()), size};
}

std::string Hmac(HashKind kind, std::string_view key, std::string_view message) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
  unsigned int size = 0;
  // A null key would mean "the key of the last call".
  HMAC(Find(kind), key.empty() ? "" : key.data(), static_cast<int>(key.size()),
       reinterpret_cast<const unsigned char*>(message.data()), message.size(), digest.data(),
       &size);
  return {reinterpret_cast<const char*>(digest.data()), size};
}

bool ConstantTimeEqual(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace ocokit

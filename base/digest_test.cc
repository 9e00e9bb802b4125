#include "ocokit/base/digest.h"

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "ocokit/base/encoding.h"

namespace ocokit {
namespace {

std::string Sign256(std::string_view key, std::string_view message) {
  return FormatHex(HmacSha256(key).Sign(message));
}

std::string Sign512(std::string_view key, std::string_view message) {
  return FormatHex(HmacSha512(key).Sign(message));
}

// OpenSSL's one-shot function: another implementation of the same thing.
std::string OneShot(const EVP_MD* hash, std::string_view key, std::string_view message) {
  std::vector<std::uint8_t> digest(EVP_MAX_MD_SIZE);
  unsigned int size = 0;
  // A null key would mean "the key of the last call".
  const char* key_data = key.empty() ? "" : key.data();
  HMAC(hash, key_data, static_cast<int>(key.size()),
       reinterpret_cast<const unsigned char*>(message.data()), message.size(), digest.data(),
       &size);
  digest.resize(size);
  return FormatHex(digest);
}

std::string Pattern(std::size_t size, unsigned seed) {
  std::string out(size, '\0');
  for (std::size_t i = 0; i < size; ++i) {
    out[i] = static_cast<char>((i * 131 + seed * 29 + 7) & 0xff);
  }
  return out;
}

// RFC 4231 section 4, all seven cases.
struct Rfc4231 {
  int number;
  std::string key;
  std::string message;
  const char* sha256;
  const char* sha512;
};

std::vector<Rfc4231> Rfc4231Cases() {
  const std::string counting =
      ParseHex("0102030405060708090a0b0c0d0e0f10111213141516171819").value();
  return {
      {1, std::string(20, '\x0b'), "Hi There",
       "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
       "87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cde"
       "daa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854"},
      {2, "Jefe", "what do ya want for nothing?",
       "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
       "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
       "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737"},
      {3, std::string(20, '\xaa'), std::string(50, '\xdd'),
       "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
       "fa73b0089d56a284efb0f0756c890be9b1b5dbdd8ee81a3655f83e33b2279d39"
       "bf3e848279a722c806b485a47e67c807b946a337bee8942674278859e13292fb"},
      {4, counting, std::string(50, '\xcd'),
       "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
       "b0ba465637458c6990e5a8c5f61d4af7e576d97ff94b872de76f8050361ee3db"
       "a91ca5c11aa25eb4d679275cc5788063a5f19741120c4f2de2adebeb10a298dd"},
      // The document prints the first 128 bits of this one.
      {5, std::string(20, '\x0c'), "Test With Truncation", "a3b6167473100ee06e0c796c2955552b",
       "415fad6271580a531d4179bc891d87a6"},
      {6, std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First",
       "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
       "80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f352"
       "6b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598"},
      {7, std::string(131, '\xaa'),
       "This is a test using a larger than block-size key and a larger than block-size data. "
       "The key needs to be hashed before being used by the HMAC algorithm.",
       "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
       "e37b6a775dc87dbaa4dfa9f96e5e3ffddebd71f8867289865df5a32d20cdc944"
       "b6022cac3c4982b10d5eeb55c3e4de15134676fb6de0446065c97440fa8c6a58"},
  };
}

TEST(Hmac, Rfc4231) {
  for (const Rfc4231& c : Rfc4231Cases()) {
    const std::string want256 = c.sha256;
    const std::string want512 = c.sha512;
    EXPECT_EQ(want256, Sign256(c.key, c.message).substr(0, want256.size())) << c.number;
    EXPECT_EQ(want512, Sign512(c.key, c.message).substr(0, want512.size())) << c.number;
  }
}

TEST(Hmac, EmptyKeyAndEmptyMessage) {
  // openssl dgst -sha256 -hmac "" and -sha512 -hmac "" over nothing.
  EXPECT_EQ("b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad", Sign256("", ""));
  EXPECT_EQ(
      "b936cee86c9f87aa5d3c6f2e84cb5a4239a5fe50480a6ec66b70ab5b1f4ac673"
      "0c6c515421b327ec1d69402e53dfb49ad7381eb067b338fd7b0cb22247225d47",
      Sign512("", ""));
  // A view without data at all, as a default-constructed one.
  EXPECT_EQ(Sign256("", ""), Sign256(std::string_view(), std::string_view()));
  EXPECT_EQ(Sign512("", ""), Sign512(std::string_view(), std::string_view()));
}

TEST(Hmac, EveryMessageLengthAroundTheBlocks) {
  const std::string key = Pattern(40, 1);
  const HmacSha256 sha256(key);
  const HmacSha512 sha512(key);
  for (std::size_t n = 0; n <= 260; ++n) {
    const std::string message = Pattern(n, 2);
    EXPECT_EQ(OneShot(EVP_sha256(), key, message), FormatHex(sha256.Sign(message))) << n;
    EXPECT_EQ(OneShot(EVP_sha512(), key, message), FormatHex(sha512.Sign(message))) << n;
  }
}

TEST(Hmac, EveryKeyLengthAroundTheBlocks) {
  const std::string message = Pattern(130, 3);
  for (std::size_t n = 0; n <= 260; ++n) {
    const std::string key = Pattern(n, 4);
    EXPECT_EQ(OneShot(EVP_sha256(), key, message), Sign256(key, message)) << n;
    EXPECT_EQ(OneShot(EVP_sha512(), key, message), Sign512(key, message)) << n;
  }
}

TEST(Hmac, ALongMessage) {
  const std::string message = Pattern(1'000'003, 5);
  EXPECT_EQ(OneShot(EVP_sha256(), "key", message), Sign256("key", message));
  EXPECT_EQ(OneShot(EVP_sha512(), "key", message), Sign512("key", message));
}

// A key shorter than the block is padded with zeros, so these two are one key; the rest are not.
TEST(Hmac, KeysThatLookAlike) {
  EXPECT_EQ(Sign256("key", "m"), Sign256(std::string("key\0", 4), "m"));
  EXPECT_NE(Sign256("key", "m"), Sign256("key ", "m"));
  EXPECT_NE(Sign256("key", "m"), Sign256("key\n", "m"));
  EXPECT_NE(Sign256("key", "m"), Sign256("Key", "m"));
  EXPECT_NE(Sign256("ab", "c"), Sign256("a", "bc"));
  EXPECT_NE(Sign512("ab", "c"), Sign512("a", "bc"));
}

TEST(Hmac, EveryFlippedBitOfTheMessageChangesTheDigest) {
  const HmacSha256 sha256("key");
  const HmacSha512 sha512("key");
  const std::string message = Pattern(70, 6);
  const auto want256 = sha256.Sign(message);
  const auto want512 = sha512.Sign(message);
  for (std::size_t bit = 0; bit < message.size() * 8; ++bit) {
    std::string changed = message;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
    EXPECT_NE(want256, sha256.Sign(changed));
    EXPECT_NE(want512, sha512.Sign(changed));
  }
}

TEST(Hmac, SigningDoesNotChangeTheKey) {
  const HmacSha256 sha256("key");
  const HmacSha512 sha512("key");
  const auto first256 = sha256.Sign("one");
  const auto first512 = sha512.Sign("one");
  static_cast<void>(sha256.Sign("two"));
  static_cast<void>(sha512.Sign("two"));
  EXPECT_EQ(first256, sha256.Sign("one"));
  EXPECT_EQ(first512, sha512.Sign("one"));
}

TEST(Hmac, CopiesSignAfterTheOriginalIsGone) {
  std::optional<HmacSha256> original256(std::in_place, "key");
  std::optional<HmacSha512> original512(std::in_place, "key");
  const HmacSha256 copy256 = *original256;
  const HmacSha512 copy512 = *original512;
  HmacSha256 assigned256("another");
  HmacSha512 assigned512("another");
  assigned256 = *original256;
  assigned512 = *original512;
  original256.reset();
  original512.reset();
  for (const HmacSha256& key : {copy256, assigned256}) {
    EXPECT_EQ(Sign256("key", "m"), FormatHex(key.Sign("m")));
  }
  for (const HmacSha512& key : {copy512, assigned512}) {
    EXPECT_EQ(Sign512("key", "m"), FormatHex(key.Sign("m")));
  }
}

TEST(Hmac, OneKeyManyThreads) {
  const HmacSha256 sha256("key");
  const HmacSha512 sha512("key");
  std::vector<std::string> want;
  for (unsigned n = 0; n < 300; ++n) {
    want.push_back(OneShot(EVP_sha256(), "key", Pattern(n, n)) +
                   OneShot(EVP_sha512(), "key", Pattern(n, n)));
  }
  std::vector<int> wrong(8, 0);
  std::vector<std::thread> threads;
  for (int& count : wrong) {
    threads.emplace_back([&] {
      for (unsigned n = 0; n < 300; ++n) {
        const std::string message = Pattern(n, n);
        if (FormatHex(sha256.Sign(message)) + FormatHex(sha512.Sign(message)) != want[n]) ++count;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(std::vector<int>(8, 0), wrong);
}

TEST(ConstantTimeEqual, ComparesLengthAndBytes) {
  EXPECT_TRUE(ConstantTimeEqual("", ""));
  EXPECT_TRUE(ConstantTimeEqual(std::string_view(), ""));
  EXPECT_TRUE(ConstantTimeEqual("abc", "abc"));
  EXPECT_FALSE(ConstantTimeEqual("abc", "abd"));
  EXPECT_FALSE(ConstantTimeEqual("abc", "Abc"));
  EXPECT_FALSE(ConstantTimeEqual("abc", "ab"));
  EXPECT_FALSE(ConstantTimeEqual("abc", std::string_view("abc\0", 4)));
  EXPECT_FALSE(ConstantTimeEqual(std::string_view("a\0b", 3), std::string_view("a\0c", 3)));
}

std::string HexOf(std::string_view bytes) {
  return FormatHex({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

TEST(Hash, KnownDigestsOfAbc) {
  // RFC 1321 appendix A.5; FIPS 180-4, examples of NIST.
  EXPECT_EQ(HexOf(Hash(HashKind::kMd5, "abc")), "900150983cd24fb0d6963f7d28e17f72");
  EXPECT_EQ(HexOf(Hash(HashKind::kSha1, "abc")), "a9993e364706816aba3e25717850c26c9cd0d89d");
  EXPECT_EQ(HexOf(Hash(HashKind::kSha256, "abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(HexOf(Hash(HashKind::kSha384, "abc")),
            "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed"
            "8086072ba1e7cc2358baeca134c825a7");
  EXPECT_EQ(HexOf(Hash(HashKind::kSha512, "abc")).substr(0, 32),
            "ddaf35a193617abacc417349ae204131");
}

TEST(Hash, KnownHmacs) {
  const std::string question = "what do ya want for nothing?";
  // RFC 2202 sections 2 and 3, case 2; RFC 4231 section 4.3.
  EXPECT_EQ(HexOf(Hmac(HashKind::kMd5, "Jefe", question)), "750c783e6ab0b503eaa86e310a5db738");
  EXPECT_EQ(HexOf(Hmac(HashKind::kSha1, "Jefe", question)),
            "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
  EXPECT_EQ(HexOf(Hmac(HashKind::kSha384, "Jefe", question)),
            "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e"
            "8e2240ca5e69e2c78b3239ecfab21649");
}

TEST(Hash, HmacsAgreeWithTheKeyedOnes) {
  for (const std::string& key : {std::string(), Pattern(11, 1), Pattern(200, 2)}) {
    EXPECT_EQ(HexOf(Hmac(HashKind::kSha256, key, "text")), Sign256(key, "text"));
    EXPECT_EQ(HexOf(Hmac(HashKind::kSha512, key, "text")), Sign512(key, "text"));
  }
}

}  // namespace
}  // namespace ocokit

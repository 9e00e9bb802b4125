#include "conformance/server/signature.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "fixtures/fixtures.h"

namespace ocokit::conform::server {
namespace {

using nlohmann::json;

std::string Lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

// Published vectors and those made with openssl.
TEST(Signature, IsThatOfTheBingxVectors) {
  int held = 0;
  for (const auto& vector : fixtures::BingxSigning()) {
    if (!vector.hmac_holds) continue;
    const Keys keys{vector.api_key, vector.secret};
    EXPECT_EQ(Sign(Venue::kBingx, keys, vector.string_to_sign, nullptr), Lower(vector.signature))
        << vector.id;
    ++held;
  }
  EXPECT_GT(held, 20);
}

TEST(Signature, IsThatOfTheWhitebitVectors) {
  int held = 0;
  for (const auto& vector : fixtures::WhitebitSigning()) {
    if (!vector.hmac_holds) continue;
    const Keys keys{vector.api_key, vector.secret};
    EXPECT_EQ(Sign(Venue::kWhitebit, keys, vector.signed_over, nullptr), Lower(vector.signature))
        << vector.id;
    ++held;
  }
  EXPECT_GT(held, 10);
}

// What is wrong on purpose is the text that the mistake makes: figures made with openssl for
// `a=1`, secret `secret`, key `key`.
TEST(Signature, IsWrongAsACaseWantsIt) {
  const Keys keys{"key", "secret"};
  const std::string right = Sign(Venue::kBingx, keys, "a=1", nullptr);
  struct Row {
    const char* changes;
    std::string want;
  };
  const Row rows[] = {
      {R"({"value":"nonsense"})", "nonsense"},
      {R"({"flip":true})", right.substr(0, 63) + (right.back() == '0' ? "1" : "0")},
      {R"({"cut":true})", right.substr(0, 63)},
      {R"({"key":"api_key"})", Sign(Venue::kBingx, {"x", "key"}, "a=1", nullptr)},
      {R"({"key":"secret_and_newline"})", Sign(Venue::kBingx, {"x", "secret\n"}, "a=1", nullptr)},
      {R"({"key":"empty"})", Sign(Venue::kBingx, {"x", ""}, "a=1", nullptr)},
      {R"({"hash":"sha512"})", Sign(Venue::kWhitebit, keys, "a=1", nullptr)},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(Sign(Venue::kBingx, keys, "a=1", json::parse(row.changes)), row.want) << row.changes;
    EXPECT_NE(row.want, right) << row.changes;
  }
  const std::string upper = Sign(Venue::kBingx, keys, "a=1", json{{"encoding", "upper_hex"}});
  EXPECT_NE(upper, right);
  EXPECT_EQ(Lower(upper), right);
  EXPECT_EQ(Sign(Venue::kBingx, keys, "a=1", json{{"encoding", "base64"}}).size(), 44U);
  EXPECT_NE(Sign(Venue::kBingx, keys, "a=1", json{{"without_hmac", true}}), right);
}

TEST(Signature, KnowsItsWords) {
  for (const char* changes : {R"({"hash":"sha3"})", R"({"key":"mine"})", R"({"encoding":"hax"})"}) {
    EXPECT_THROW((void)Sign(Venue::kBingx, {"key", "secret"}, "a=1", json::parse(changes)),
                 std::invalid_argument)
        << changes;
  }
}

}  // namespace
}  // namespace ocokit::conform::server

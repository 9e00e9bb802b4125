#include "mock_exchange/secrets/secret_filter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mock_exchange/secrets/secret_core.h"
#include "mock_exchange/testing/secret_forms.h"
#include "ocokit/base/encoding.h"
#include "ocokit/mock/doctor.h"

namespace ocokit::mock {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::Planted;

constexpr std::string_view kHiddenText = "[a text that holds the secret]";

TEST(SecretFilter, HidesInPlaceWhereTheRestCanStay) {
  const SecretFilter filter = {"test-secret", "ab/cd\"ef"};
  EXPECT_EQ(filter.Hide("a=test-secret&b=746573742D736563726574"), "a=[secret]&b=[secret]");
  EXPECT_EQ(filter.Hide(R"({"a":"ab\/cd\"ef","b":"test\u002dsecret"})"),
            R"({"a":"[secret]","b":"[secret]"})");
  EXPECT_EQ(filter.Hide("a\\b \"c\" test-secret"), "a\\b \"c\" [secret]");
  EXPECT_EQ(filter.Hide("nothing of it: test-secre"), "nothing of it: test-secre");
  EXPECT_EQ(filter.Hide(""), "");
}

TEST(SecretFilter, OccurrencesThatOverlapAreOne) {
  const SecretFilter filter = {"abcabcabc", "abcabcabcabcx", "bcabcabcabcxyz"};
  EXPECT_EQ(filter.Hide("-abcabcabcabcabc-"), "-[secret]-");
  EXPECT_EQ(filter.Hide("-abcabcabcabcxyz-"), "-[secret]-");
}

TEST(SecretFilter, FindsOneFormInsideAnother) {
  const SecretFilter filter = {"se/cr\"et key"};
  const std::string json = R"({"secret":"se\/cr\"et key"})";
  const std::string payload = FormatBase64(json);
  EXPECT_EQ(filter.Hide(payload), kHiddenText);
  EXPECT_EQ(filter.Hide("payload=" + PercentEncode(payload, "")), kHiddenText);
  EXPECT_EQ(filter.Hide(FormatBase64(payload)), kHiddenText);
  EXPECT_EQ(filter.Hide("%2573e/cr%2522et+key"), kHiddenText);
  std::string wrapped = payload;
  for (std::size_t at = 8; at < wrapped.size(); at += 10) wrapped.insert(at, "\r\n");
  EXPECT_EQ(filter.Hide(wrapped), kHiddenText);
}

TEST(SecretFilter, LettersInTheOtherCaseGiveItAway) {
  const SecretFilter filter = {"Test-Secret"};
  EXPECT_EQ(filter.Hide("test-SECRET"), kHiddenText);
  EXPECT_EQ(filter.Hide(std::string("T\0e\0s\0t\0-\0S\0e\0c\0r\0e\0t\0", 22)), kHiddenText);
  EXPECT_EQ(filter.Hide("54-65-73-74-2D-53-65-63-72-65-74"), "[secret]");
}

// The end of its base64, and what follows, may be the secret itself: in its place, that would leave
// the beginning of the base64.
TEST(SecretFilter, LeavesNoPartOfAFormThatOverlapsAnother) {
  EXPECT_EQ(SecretFilter({"96eg\xCF\xCF"}).Hide("-YWE5NmVnz896eg\xCF\xCF-"), kHiddenText);
  EXPECT_EQ(SecretFilter({"abXabX"}).Hide("-%61bXabXabX-"), kHiddenText);
  // Side by side they are two.
  EXPECT_EQ(SecretFilter({"test-secret"}).Hide("test-secret=746573742D736563726574"),
            "[secret]=[secret]");
}

// Its letters beyond ASCII have no zero byte in UTF-16, and other bytes than in UTF-8.
TEST(SecretFilter, FindsWhatUtf16MakesOfLettersBeyondAscii) {
  const SecretFilter filter = {"sécret-Ωmega-\xF0\x9F\x94\x91"};
  // Of `printf ... | iconv -f UTF-8 -t UTF-16LE | xxd -p`, and UTF-16BE.
  for (const char* hex : {"7300e90063007200650074002d00a9036d006500670061002d003dd811dd",
                          "007300e90063007200650074002d03a9006d006500670061002dd83ddd11"}) {
    const std::string text = ParseHex(hex).value();
    EXPECT_EQ(filter.Hide("x=" + text), kHiddenText);
    EXPECT_EQ(filter.Hide(FormatBase64(text)), kHiddenText);
    EXPECT_EQ(filter.Hide(hex), kHiddenText);
  }
  EXPECT_EQ(SecretFilter({"caf\xE9-latin-1"}).Hide("caf\xE9-latin-1"), "[secret]");
}

// The mistakes that the doctor is for: what is around the secret in its file is not in the request.
TEST(SecretFilter, WhatIsAroundASecretDoesNotCount) {
  for (const std::string& secret :
       {std::string("test-secret\n\n"), std::string("test-secret \r\n"),
        std::string("\ttest-secret"), std::string("\xEF\xBB\xBFtest-secret"),
        std::string("test-secret\0", 12), std::string("\"test-secret\""),
        std::string("'test-secret'\n"), std::string("\xEF\xBB\xBF\"test-secret\"\r\n\r\n"),
        std::string("API_SECRET=test-secret\n"), std::string("test-secret\nanother-line"),
        std::string("\xFF\xFEt\0e\0s\0t\0-\0s\0e\0c\0r\0e\0t\0", 24)}) {
    EXPECT_EQ(HideSecret("x=test-secret", secret), "x=[secret]") << secret;
    EXPECT_EQ(HideSecret(FormatBase64("test-secret"), secret), kHiddenText) << secret;
  }
  EXPECT_EQ(CoreOf(" \"\n\" "), "");
  EXPECT_EQ(HideSecret("anything", "\n \""), "anything");
}

TEST(SecretFilter, ShortSecretsAreLookedForWhereOneIsMeant) {
  EXPECT_EQ(HideSecret("x=abc&y=616263", "abc"), "x=[secret]&y=[secret]");
  const SecretFilter filter = {"abcde"};
  EXPECT_EQ(filter.Hide("x=abcde"), "x=abcde");
}

TEST(SecretFilter, ARetiredSecretIsHiddenUntilManyMoreWere) {
  SecretFilter filter;
  filter.Add("first-secret");
  filter.Retire("first-secret");
  EXPECT_EQ(filter.Hide("first-secret"), "[secret]");
  for (std::size_t i = 0; i < SecretFilter::kMostRetired; ++i) {
    const std::string secret = "secret-number-" + std::to_string(i) + "x";
    filter.Add(secret);
    filter.Retire(secret);
  }
  EXPECT_EQ(filter.Hide("first-secret"), "first-secret");
  EXPECT_EQ(filter.Hide("secret-number-7x"), "[secret]");
  // One of two accounts with a secret is gone, long ago: the other one has it still.
  SecretFilter shared;
  shared.Add("same-secret");
  shared.Add("same-secret");
  shared.Retire("same-secret");
  for (std::size_t i = 0; i < SecretFilter::kMostRetired; ++i) shared.Retire("nobody-had-this");
  EXPECT_EQ(shared.Hide("same-secret"), "[secret]");
}

// Ten thousand accounts whose secrets begin alike, and a text that is all beginnings.
TEST(SecretFilter, FindsOneOfManyThatBeginAlike) {
  SecretFilter filter;
  for (int i = 0; i < 10'000; ++i) filter.Add("account-secret-" + std::to_string(100'000 + i));
  std::string text;
  for (int i = 0; i < 2'000; ++i) text += "account-secret-99 ";
  EXPECT_EQ(filter.Hide(text), text);
  EXPECT_EQ(filter.Hide("account-secret-107777"), "[secret]");
  EXPECT_EQ(filter.Hide("account-secret-117777"), "account-secret-117777");
}

std::string RandomSecret(std::mt19937& random) {
  constexpr std::string_view kCharacters =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/+=%\\\"'& -_{}:,<>?#\xC3\xA9";
  std::string out(8 + random() % 40, 'x');
  for (char& c : out) c = kCharacters[random() % kCharacters.size()];
  // A letter at either end: what is around a secret does not count.
  out.front() = 's';
  out.back() = 't';
  return out;
}

TEST(SecretFilter, NoFormOfARandomSecretIsShown) {
  std::mt19937 random(20'240'611);
  for (int i = 0; i < 300; ++i) {
    const std::string secret = RandomSecret(random);
    SecretFilter filter;
    filter.Add(i % 3 == 0 ? "\"" + secret + "\"\n" : secret);
    for (const Planted& planted : testing::FormsOf(secret, random)) {
      for (const std::string& text :
           {planted.text, "{\"a\":\"" + planted.text + "\"}", "x=1&y=" + planted.text + "&z=2"}) {
        EXPECT_THAT(filter.Hide(text), Not(HasSubstr(planted.telltale))) << secret << "\n" << text;
      }
    }
  }
}

TEST(SecretFilter, OrdinaryTextsStayAsTheyAre) {
  std::mt19937 random(5);
  SecretFilter filter;
  for (int i = 0; i < 1'000; ++i) filter.Add(RandomSecret(random));
  const std::string body = R"({"market":"BTC_USDT","amount":"0.001","request":"\/api\/v4\/x"})";
  for (const std::string& text :
       {body, FormatBase64(body), PercentEncode(body, ""), std::string(100'000, 'A'),
        std::string(100'000, '%'), std::string(50'000, '\\'), FormatBase64(FormatBase64(body)),
        testing::Hex(body, "%02x"), std::string(1'000, '\0')}) {
    EXPECT_EQ(filter.Hide(text), text);
  }
}

}  // namespace
}  // namespace ocokit::mock

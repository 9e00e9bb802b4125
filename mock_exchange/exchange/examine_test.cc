// When the doctor looks at what an account has seen, and how much work that may be.

#include "mock_exchange/exchange/examine.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

#include "mock_exchange/exchange/exchange.h"
#include "ocokit/base/encoding.h"

namespace ocokit::mock {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class ExamineTest : public ::testing::Test {
 protected:
  void AddAccount(bool header, std::size_t journal_bytes = 64'000'000) {
    AccountOptions options;
    options.venue = Venue::kBingx;
    options.key = "test-key";
    options.secret = "test-secret";
    options.settings.rate_limits = false;
    options.settings.diagnosis_header = header;
    options.settings.journal_bytes = journal_bytes;
    tenant_ = exchange_.AddAccount(options).value();
  }

  // Refused for its signature; `secret`: what it was signed with.
  static Request Refused(const std::string& secret, std::size_t size = 0) {
    const std::string query =
        "note=" + std::string(size, 'x') + "&symbol=BTC-USDT&timestamp=1700000000000";
    Request request;
    request.method = "POST";
    request.target = "/openApi/spot/v1/oco/order?" + query +
                     "&signature=" + FormatHex(HmacSha256(secret).Sign(query));
    request.headers = {{"X-BX-APIKEY", "test-key"}};
    request.remote_ip = "127.0.0.1";
    return request;
  }

  static std::string DiagnosisHeader(const std::vector<Header>& headers) {
    for (const Header& header : headers) {
      if (header.name == kDiagnosisHeader) return header.value;
    }
    return "";
  }

  std::vector<std::string> IdsInJournal() {
    std::vector<std::string> out;
    for (const JournalEntry& entry : AccountHandle(tenant_).Journal({.limit = 1'000'000})) {
      out.push_back(entry.diagnosis ? entry.diagnosis->id : "none");
    }
    return out;
  }

  std::vector<std::string> told_;
  Exchange exchange_{std::make_shared<ManualClock>(FromUnixMillis(1'700'000'000'000)),
                     {[this](const RequestRecord& record) {
                        // Nobody holds the account meanwhile.
                        EXPECT_TRUE(tenant_->account.mutex.try_lock());
                        tenant_->account.mutex.unlock();
                        told_.push_back(record.rule + " " + record.diagnosis);
                      },
                      true}};
  std::shared_ptr<Tenant> tenant_;
};

TEST_F(ExamineTest, AReplyDoesNotWaitForAFindingThatItDoesNotShow) {
  AddAccount(/*header=*/false);
  const Answer answer = exchange_.AnswerTo(Refused("test-key"));
  EXPECT_THAT(told_, IsEmpty());
  EXPECT_EQ(DiagnosisHeader(answer.more_headers), "");
  answer.on_sent({.bytes = 100});
  EXPECT_THAT(told_, ElementsAre("signature api_key_as_secret"));
  // What the doctor does not look at is told at once.
  const Answer nobodys = exchange_.AnswerTo(Request{.method = "GET", .target = "/other"});
  EXPECT_EQ(told_.size(), 2U);
}

TEST_F(ExamineTest, AReplyThatShowsItHasItAndSoHasTheJournal) {
  AddAccount(/*header=*/true);
  const Answer answer = exchange_.AnswerTo(Refused("test-key"));
  EXPECT_EQ(DiagnosisHeader(answer.more_headers), "api_key_as_secret");
  EXPECT_THAT(told_, ElementsAre("signature api_key_as_secret"));
  const auto journal = AccountHandle(tenant_).Journal();
  EXPECT_EQ(DiagnosisHeader(journal.at(0).response.headers), "api_key_as_secret");
}

TEST_F(ExamineTest, WithoutAJournalBothAreNamedAllTheSame) {
  AddAccount(/*header=*/false, /*journal_bytes=*/0);
  const Answer answer = exchange_.AnswerTo(Refused("test-key"));
  answer.on_sent({.failed = true});
  EXPECT_THAT(told_, ElementsAre("signature api_key_as_secret"));
}

// Four kilobytes that nothing explains: what two such clients did to all others.
TEST_F(ExamineTest, WhatTakesTooLongIsSaidToBeCutShort) {
  AddAccount(/*header=*/false);
  for (int i = 0; i < 3; ++i) {
    exchange_.AnswerTo(Refused("unknown-" + std::to_string(i), 4'000)).on_sent({});
  }
  EXPECT_THAT(told_,
              ElementsAre("signature examination_cut_short", "signature examination_cut_short",
                          "signature examination_cut_short"));
  // Who asks for the journal has it looked at at length.
  EXPECT_THAT(IdsInJournal(), ElementsAre("secret_or_text_unknown", "secret_or_text_unknown",
                                          "secret_or_text_unknown"));
}

TEST_F(ExamineTest, OneReadOfAJournalLooksAtSoManyAtLengthAndTheNextOneAtMore) {
  AddAccount(/*header=*/false);
  constexpr std::size_t kRequests = 150;
  for (std::size_t i = 0; i < kRequests; ++i) {
    (void)exchange_.AnswerTo(Refused("unknown-" + std::to_string(i), 2'000));
  }
  const auto count = [&](const std::string& id) {
    const std::vector<std::string> ids = IdsInJournal();
    EXPECT_EQ(ids.size(), kRequests);
    return std::ranges::count(ids, id);
  };
  const auto first = count("secret_or_text_unknown");
  EXPECT_GE(first, 1);
  EXPECT_LT(first, 100);
  const auto second = count("secret_or_text_unknown");
  EXPECT_GT(second, first);
  const std::vector<std::string> ids = IdsInJournal();
  EXPECT_EQ(std::ranges::count(ids, "secret_or_text_unknown") + std::ranges::count(ids, kCutShort),
            static_cast<std::ptrdiff_t>(kRequests));
}

TEST_F(ExamineTest, WhatNoWorkIsLeftForIsNotLookedAt) {
  AddAccount(/*header=*/false);
  (void)exchange_.AnswerTo(Refused("test-key"));
  Request path = Refused("test-key");
  path.target = "/openApi/spot/v1/oco/ordr";
  (void)exchange_.AnswerTo(path);
  const auto records = tenant_->journal.Latest(2);
  Allowance none{.hashed = 0, .short_looks = 0};
  EXPECT_EQ(DiagnoseRecord(*tenant_, *records[0], none)->id, kCutShort);
  EXPECT_FALSE(DiagnoseRecord(*tenant_, *records[1], none));
  // In short is enough for what is found early, and is not asked again.
  Allowance one{.hashed = 0, .short_looks = 1};
  EXPECT_EQ(DiagnoseRecord(*tenant_, *records[0], one)->id, "api_key_as_secret");
  EXPECT_EQ(one.short_looks, 0U);
  EXPECT_EQ(DiagnoseRecord(*tenant_, *records[0], none)->id, "api_key_as_secret");
}

}  // namespace
}  // namespace ocokit::mock

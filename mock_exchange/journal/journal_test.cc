#include "mock_exchange/journal/journal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mock_exchange/journal/redact.h"
#include "ocokit/base/encoding.h"

namespace ocokit::mock {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::shared_ptr<Record> Make(std::size_t body = 100) {
  auto out = std::make_shared<Record>();
  out->request.body = std::string(body, 'x');
  return out;
}

std::vector<std::uint64_t> Numbers(const std::vector<std::shared_ptr<Record>>& records) {
  std::vector<std::uint64_t> out;
  for (const auto& record : records) out.push_back(record->seq);
  return out;
}

using Seqs = std::vector<std::uint64_t>;

TEST(Journal, KeepsTheLatestThatFit) {
  Journal journal;
  const std::size_t each = Make()->Bytes();
  for (int i = 0; i < 10; ++i) journal.Append(Make(), 3 * each);
  EXPECT_EQ(Numbers(journal.Read(0, 100)), (Seqs{8, 9, 10}));
  EXPECT_EQ(journal.bytes(), 3 * each);
  // A smaller limit takes hold with the next one.
  journal.Append(Make(), each);
  EXPECT_EQ(Numbers(journal.Read(0, 100)), Seqs{11});
  // One that does not fit by itself is not kept, but counted.
  journal.Append(Make(each), each);
  EXPECT_THAT(journal.Read(0, 100), IsEmpty());
  EXPECT_EQ(journal.last_seq(), 12U);
  EXPECT_EQ(journal.bytes(), 0U);
}

TEST(Journal, ReadsFromANumberOnAndBackFromOne) {
  Journal journal;
  for (int i = 0; i < 5; ++i) journal.Append(Make(), 1'000'000);
  EXPECT_EQ(Numbers(journal.Read(2, 2)), (Seqs{3, 4}));
  EXPECT_EQ(Numbers(journal.Read(5, 2)), Seqs{});
  EXPECT_EQ(Numbers(journal.Before(4, 2)), (Seqs{2, 3}));
  EXPECT_EQ(Numbers(journal.Before(99, 2)), (Seqs{4, 5}));
  journal.Clear();
  EXPECT_THAT(journal.Read(0, 9), IsEmpty());
  EXPECT_EQ(journal.bytes(), 0U);
  journal.Append(Make(), 1'000'000);
  EXPECT_EQ(Numbers(journal.Read(0, 9)), Seqs{6});
}

TEST(Journal, WakesOnce) {
  Journal journal;
  int woken = 0;
  journal.WakeOnce(&journal, 0, [&] { ++woken; });
  EXPECT_EQ(woken, 0);
  journal.Append(Make(), 1'000'000);
  journal.Append(Make(), 1'000'000);
  EXPECT_EQ(woken, 1);
  journal.WakeOnce(&journal, 1, [&] { ++woken; });  // There is one after 1 already.
  EXPECT_EQ(woken, 2);
}

// Each of 20,000 readers that came and went left its call behind, until the next request.
TEST(Journal, WhoTakesItsCallBackLeavesNothing) {
  Journal journal;
  int woken = 0;
  const int owners[2] = {};
  for (int i = 0; i < 3; ++i) journal.WakeOnce(&owners[0], 0, [&] { ++woken; });
  journal.WakeOnce(&owners[1], 0, [&] { woken += 10; });
  EXPECT_EQ(journal.waiting(), 2U);
  journal.CancelWake(&owners[0]);
  EXPECT_EQ(journal.waiting(), 1U);
  journal.Append(Make(), 1'000'000);
  EXPECT_EQ(woken, 10);
  EXPECT_EQ(journal.waiting(), 0U);
  journal.CancelWake(&owners[1]);
}

// Of 20 MiB that were counted, 102 were kept.
TEST(Journal, CountsAllThatARecordKeeps) {
  const std::string text(10'000, 't');
  const std::size_t empty = Record().Bytes();
  const std::vector<std::function<void(Record&)>> parts = {
      [&](Record& r) { r.request.method = text; },
      [&](Record& r) { r.request.target = text; },
      [&](Record& r) { r.request.body = text; },
      [&](Record& r) {
        r.request.headers = {{text, ""}};
      },
      [&](Record& r) {
        r.request.headers = {{"", text}};
      },
      [&](Record& r) { r.response = std::make_shared<const Response>(Response{.body = text}); },
      [&](Record& r) {
        r.response = std::make_shared<const Response>(Response{.headers = {{"", text}}});
      },
      [&](Record& r) { r.decision.rule = text; },
      [&](Record& r) { r.decision.lenient = text; },
      [&](Record& r) { r.faults = {text}; },
      [&](Record& r) { r.context.last_nonce = text; },
      [&](Record& r) { r.diagnosis = Diagnosis{.detail = text}; },
      [&](Record& r) { r.diagnosis = Diagnosis{.expected = text}; },
      [&](Record& r) { r.diagnosis = Diagnosis{.signed_text = text}; },
      [&](Record& r) { r.diagnosis = Diagnosis{.ruled_out = {text}}; }};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    Record record;
    parts[i](record);
    EXPECT_GE(record.Bytes(), empty + text.size()) << i;
    EXPECT_LT(record.Bytes(), empty + text.size() + 1000) << i;
  }
}

TEST(Journal, ARecordThatGrowsIsCountedAnew) {
  const auto meter = std::make_shared<MemoryMeter>(1'000'000);
  Journal journal(meter);
  const std::size_t each = Make()->Bytes();
  const auto first = Make();
  const auto second = Make();
  journal.Append(first, 3 * each);
  journal.Append(second, 3 * each);
  journal.Grow(*second, each);
  EXPECT_EQ(journal.bytes(), 3 * each);
  EXPECT_EQ(meter->journals(), 3 * each);
  // It is too much now.
  journal.Grow(*second, 1);
  EXPECT_EQ(Numbers(journal.Read(0, 9)), Seqs{2});
  EXPECT_EQ(journal.bytes(), 2 * each + 1);
  journal.Grow(*first, each);
  EXPECT_EQ(journal.bytes(), 2 * each + 1);
  journal.Clear();
  EXPECT_EQ(meter->journals(), 0U);
}

TEST(Journal, TheOldestOfAllJournalsCanBeForgotten) {
  const auto meter = std::make_shared<MemoryMeter>(1'000'000);
  const std::size_t each = Make()->Bytes();
  {
    Journal one(meter);
    Journal two(meter);
    EXPECT_EQ(one.OldestSerial(), 0U);
    for (Journal* journal : {&one, &two, &one, &one}) journal->Append(Make(), 1'000'000);
    EXPECT_EQ(one.OldestSerial(), 1U);
    EXPECT_EQ(two.OldestSerial(), 2U);
    // No more than what came before, and no more than is wanted.
    EXPECT_EQ(one.ForgetBefore(2, 10 * each), 1U);
    EXPECT_EQ(one.OldestSerial(), 3U);
    EXPECT_EQ(one.ForgetBefore(9, 1), 1U);
    EXPECT_EQ(Numbers(one.Read(0, 9)), Seqs{3});
    EXPECT_EQ(meter->journals(), 2 * each);
  }
  EXPECT_EQ(meter->journals(), 0U);
}

TEST(Redact, ShortensNeverMoreThanAThird) {
  EXPECT_EQ(Shorten("0123456789abcdef"), "0123...");
  EXPECT_EQ(Shorten("test-key"), "te...");
  EXPECT_EQ(Shorten("ab"), "...");
  EXPECT_EQ(Shorten(""), "...");
}

TEST(Redact, FindsSignaturesWhereverTheyStand) {
  Request request;
  request.target = "/x?signature=aaaabbbbcccc&a=1&signature=ddddeeeeffff";
  request.body = "signature=aaaabbbbcccc&b=2";
  EXPECT_EQ(Redact(request, {}, false).target, "/x?signature=aaaa...&a=1&signature=dddd...");
  EXPECT_EQ(Redact(request, {}, false).body, "signature=aaaa...&b=2");
  request.body = "{\"a\":1,\"signature\"\n: \"aaaabbbbcccc\"}";
  EXPECT_EQ(Redact(request, {}, false).body, "{\"a\":1,\"signature\"\n: \"aaaa...\"}");
  request.body = "{\"signature\":12,\"signature\":\"unended";
  EXPECT_EQ(Redact(request, {}, false).body, "{\"signature\":12,\"signature\":\"un...");
  EXPECT_EQ(Redact(request, {}, true).body, request.body);
  request.body = R"({"a":"x\"y","signature":"aaaabbbbcccc"})";
  EXPECT_EQ(Redact(request, {}, false).body, R"({"a":"x\"y","signature":"aaaa..."})");
  // Also under the names that clients give them by mistake.
  request.target = "/x?apiKey=aaaabbbbcccc&Sign=aaaabbbbcccc&a=aaaabbbbcccc";
  request.headers = {{"X-SIGNATURE", "aaaabbbbcccc"}, {"x-bx-apikey", "aaaabbbbcccc"}};
  EXPECT_EQ(Redact(request, {}, false).target, "/x?apiKey=aaaa...&Sign=aaaa...&a=aaaabbbbcccc");
  EXPECT_EQ(Redact(request, {}, false).headers[0].value, "aaaa...");
  EXPECT_EQ(Redact(request, {}, false).headers[1].value, "aaaa...");
}

TEST(Redact, NeverShowsTheSecret) {
  const std::string secret = "s3cret/with+signs";
  Request request;
  request.target = "/x?secret=s3cret%2Fwith%2Bsigns&plain=" + secret;
  request.headers = {{"X-BX-APIKEY", secret},
                     {"X-TXC-PAYLOAD", FormatBase64("{\"secret\":\"" + secret + "\"}")}};
  request.headers.push_back({secret, "1"});
  request.method = secret;
  request.body = "{\"" + secret + "\":1}";
  for (const bool full : {false, true}) {
    const Request shown = Redact(request, {"another-one", secret}, full);
    EXPECT_EQ(shown.target, "[a text that holds the secret]");
    EXPECT_THAT(shown.headers[0].value, Not(HasSubstr("s3cret")));
    EXPECT_EQ(shown.method, "[secret]");
    EXPECT_EQ(shown.headers[2].name, "[secret]");
    EXPECT_EQ(shown.headers[1].value, "[a text that holds the secret]");
    EXPECT_EQ(shown.body, "{\"[secret]\":1}");
  }
}

}  // namespace
}  // namespace ocokit::mock

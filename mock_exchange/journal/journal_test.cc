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
  journal.WakeOnce(0, [&] { ++woken; });
  EXPECT_EQ(woken, 0);
  journal.Append(Make(), 1'000'000);
  journal.Append(Make(), 1'000'000);
  EXPECT_EQ(woken, 1);
  journal.WakeOnce(1, [&] { ++woken; });  // There is one after 1 already.
  EXPECT_EQ(woken, 2);
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

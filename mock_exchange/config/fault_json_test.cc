// Faults as JSON, and the examples of docs/faults.md.

#include "mock_exchange/config/fault_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "mock_exchange/account/fault_kinds.h"
#include "ocokit/mock/config.h"

namespace ocokit::mock::config {
namespace {

using ::testing::HasSubstr;
using enum FaultPoint;

struct Row {
  const char* action;  // as JSON
  FaultAction want;
  FaultPoint at;  // where it is when nothing is said
};

std::vector<Row> Rows() {
  using Kind = Delay::Kind;
  return {
      {R"({"type":"delay","ms":250})", Delay{.low = milliseconds(250)}, kReply},
      {R"({"type":"delay","distribution":"uniform","from_ms":1,"to_ms":9})",
       Delay{Kind::kUniform, milliseconds(1), milliseconds(9)}, kReply},
      {R"({"type":"delay","distribution":"lognormal","median_ms":80,"p99_ms":900})",
       Delay{Kind::kLognormal, milliseconds(80), milliseconds(900)}, kReply},
      {R"({"type":"reset"})", Reset{}, kBeforeCommit},
      {R"({"type":"half_close"})", HalfClose{}, kBeforeCommit},
      {R"({"type":"close_early","bytes":100})", CloseEarly{100}, kReply},
      {R"({"type":"slow_drip","bytes":10,"interval_ms":50})", SlowDrip{10, milliseconds(50)},
       kReply},
      {R"({"type":"wrong_length","difference":-5})", WrongLength{-5}, kReply},
      {R"({"type":"oversized","bytes":5000000})", Oversized{5'000'000}, kReply},
      {R"({"type":"malformed_json"})", MalformedJson{}, kReply},
      {R"({"type":"wrong_type"})", WrongType{}, kReply},
      {R"({"type":"wrong_type","member":"orderId"})", WrongType{"orderId"}, kReply},
      {R"({"type":"html_5xx","status":504})", Html5xx{504}, kBeforeCommit},
      {R"({"type":"status","status":500})", StatusFault{.status = 500}, kReply},
      {R"({"type":"status","status":500,"body":""})", StatusFault{.status = 500, .body = ""},
       kReply},
      {R"({"type":"empty"})", EmptyReply{}, kReply},
      {R"({"type":"duplicate_reply"})", DuplicateReply{}, kReply},
      {R"({"type":"clock_skew","ms":-7000})", ClockSkew{milliseconds(-7000)}, kBeforeCommit},
      {R"({"type":"rate_limit_now"})", RateLimitNow{}, kBeforeCommit},
      {R"({"type":"ban_until","ms":60000})", BanUntil{milliseconds(60000)}, kBeforeCommit},
      {R"({"type":"ban_until","ms":60000,"status":418})", BanUntil{milliseconds(60000), 418},
       kBeforeCommit},
      {R"({"type":"lost_reply"})", LostReply{}, kAfterCommit},
      {R"({"type":"drop_stream"})", DropStream{}, kFrame},
      {R"({"type":"drop_stream","code":1012})", DropStream{1012}, kFrame},
      {R"({"type":"delay_frames","ms":40})", DelayFrames{milliseconds(40)}, kFrame},
      {R"({"type":"lose_frame"})", LoseFrame{}, kFrame},
      {R"({"type":"duplicate_frame"})", DuplicateFrame{}, kFrame},
      {R"({"type":"reorder_frames"})", ReorderFrames{}, kFrame},
      {R"({"type":"wrong_sequence","by":-3})", WrongSequence{-3}, kFrame},
      {R"({"type":"silent_stream"})", SilentStream{}, kFrame},
      {R"({"type":"stale_snapshot"})", StaleSnapshot{}, kFrame},
  };
}

TEST(FaultJson, EachActionIsReadAndWritten) {
  std::set<std::size_t> seen;
  for (const Row& row : Rows()) {
    const std::string text = R"({"action":)" + std::string(row.action) + "}";
    const auto fault = ReadFault(text);
    ASSERT_TRUE(fault) << row.action << ": " << fault.error().message;
    EXPECT_EQ(fault->action, row.want) << row.action;
    EXPECT_EQ(fault->at, row.at) << row.action;
    EXPECT_EQ(WriteFault(*fault)["action"].dump(), row.action);
    EXPECT_EQ(ReadFault(WriteFault(*fault).dump()), *fault) << row.action;
    seen.insert(row.want.index());
  }
  EXPECT_EQ(seen.size(), std::variant_size_v<FaultAction>);
}

TEST(FaultJson, WhatIsLeftOutHasItsDefault) {
  EXPECT_EQ(ReadFault(R"({"action":{"type":"slow_drip"}})")->action, FaultAction(SlowDrip{}));
  EXPECT_EQ(ReadFault(R"({"action":{"type":"wrong_length"}})")->action, FaultAction(WrongLength{}));
  EXPECT_EQ(ReadFault(R"({"action":{"type":"oversized"}})")->action, FaultAction(Oversized{}));
  EXPECT_EQ(ReadFault(R"({"action":{"type":"html_5xx"}})")->action, FaultAction(Html5xx{}));
  EXPECT_EQ(ReadFault(R"({"action":{"type":"ban_until"}})")->action, FaultAction(BanUntil{}));
}

TEST(FaultJson, TheWholeFaultIsReadAndWritten) {
  const std::string text =
      R"({"match":{"path":"/api/v4/oco-orders","method":"POST","nth":3},"at":"after_commit",)"
      R"("action":{"type":"reset"},"times":2,"probability":0.25})";
  const auto fault = ReadFault(text);
  ASSERT_TRUE(fault) << fault.error().message;
  const Fault want{.match = {.path = "/api/v4/oco-orders", .method = "POST", .nth = 3},
                   .at = kAfterCommit,
                   .action = Reset{},
                   .times = 2,
                   .probability = 0.25};
  EXPECT_EQ(*fault, want);
  EXPECT_EQ(WriteFault(*fault).dump(), text);
  EXPECT_EQ(
      WriteFault(FaultView{"fault-1", want, 7, 2}).dump(),
      R"({"id":"fault-1",)" + text.substr(1, text.size() - 2) + R"(,"matched":7,"applied":2})");
}

TEST(FaultJson, SaysWhatIsWrong) {
  struct Case {
    const char* text;
    const char* says;
  };
  const Case cases[] = {
      {"", "not JSON"},
      {"{}", R"(needs "action")"},
      {R"({"action":{}})", R"(action needs "type")"},
      {R"({"action":{"type":"rest"}})", "action.type must be one of delay, reset, half_close"},
      {R"({"action":{"type":"reset"},"at":"later"})", R"(at must be "before_commit")"},
      {R"({"action":{"type":"reset"},"when":1})", R"(has no "when"; there are: action, at)"},
      {R"({"action":{"type":"reset","bytes":1}})",
       R"(action has no "bytes" for reset; there are: type)"},
      {R"({"action":{"type":"delay","from_ms":1}})", R"(action needs "ms")"},
      {R"({"action":{"type":"delay","ms":1,"p99_ms":1}})",
       R"(has no "p99_ms" for delay; there are: type, distribution, ms)"},
      {R"({"action":{"type":"delay","distribution":"uniform","from_ms":1}})",
       R"(action needs "to_ms")"},
      {R"({"action":{"type":"delay","ms":600001}})", "0 ms to 10 minutes"},
      {R"({"action":{"type":"delay","ms":1.5}})", "action.ms must be whole milliseconds"},
      {R"({"action":{"type":"close_early"}})", R"(action needs "bytes")"},
      {R"({"action":{"type":"close_early","bytes":-1}})", "action.bytes must be a whole number"},
      {R"({"action":{"type":"status"}})", R"(action needs "status")"},
      {R"({"action":{"type":"status","status":99}})", "action.status must be an HTTP status"},
      {R"({"action":{"type":"clock_skew"}})", R"(action needs "ms")"},
      {R"({"action":{"type":"lost_reply"},"at":"reply"})",
       "at must be after_commit for lost_reply"},
      {R"({"action":{"type":"reset"},"times":0})", "times must be a whole number"},
      {R"({"action":{"type":"reset"},"probability":2})", "probability must be a number"},
      {R"({"action":{"type":"reset"},"match":{"path":"x"}})", "match.path must be a path"},
      {R"({"action":{"type":"reset"},"match":{"nth":0}})", "match.nth must be a whole number"},
      {R"({"action":{"type":"reset"},"match":{"path":"/a?b"}})", "without a query"},
  };
  for (const Case& c : cases) {
    const auto fault = ReadFault(c.text);
    ASSERT_FALSE(fault) << c.text;
    EXPECT_THAT(fault.error().message, HasSubstr(c.says)) << c.text;
  }
}

TEST(FaultJson, AnAccountOfTheConfigHasFaults) {
  const auto account = ReadAccount(
      R"({"venue":"bingx","faults":[{"action":{"type":"reset"}},{"action":{"type":"empty"}}]})");
  ASSERT_TRUE(account) << account.error().message;
  ASSERT_EQ(account->faults.size(), 2U);
  EXPECT_EQ(account->faults[1].action, FaultAction(EmptyReply{}));
  const auto wrong = ReadConfig(
      R"({"accounts":[{"venue":"bingx","faults":[{"action":{"type":"delay","bytes":1}}]}]})");
  ASSERT_FALSE(wrong);
  EXPECT_THAT(wrong.error().message, HasSubstr("accounts[0].faults[0].action"));
  const auto never = ReadAccount(
      R"({"venue":"bingx","faults":[{"at":"reply","action":{"type":"clock_skew","ms":1}}]})");
  ASSERT_FALSE(never);
  EXPECT_THAT(never.error().message, HasSubstr("faults[0]: at must be before_commit"));
}

// docs/faults.md: its first example, and a row for each fault, with the points in the order that
// says which is the natural one.
TEST(FaultJson, TheDocumentSaysTheSame) {
  std::ifstream file(OCOKIT_FAULTS_DOCUMENT);
  std::stringstream text;
  text << file.rdbuf();
  const std::string document = text.str();
  const std::size_t start = document.find("```json\n") + 8;
  const auto example = ReadFault(document.substr(start, document.find("```", start) - start));
  ASSERT_TRUE(example) << example.error().message;
  EXPECT_EQ(example->action, FaultAction(LostReply{}));
  EXPECT_EQ(example->match.nth, 3U);
  std::size_t rows = 0;
  std::istringstream lines(document);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t from = line.find("| `{\"type\"");
    if (from == std::string::npos) continue;
    const std::string action = line.substr(from + 3, line.rfind('`') - from - 3);
    const auto fault = ReadFault(R"({"action":)" + action + "}");
    ASSERT_TRUE(fault) << action << ": " << fault.error().message;
    const FaultKind& kind = KindOf(fault->action);
    std::string points = "`" + std::string(Name(kind.natural)) + "`";
    for (const FaultPoint point : {kBeforeCommit, kAfterCommit, kReply, kFrame}) {
      if (kind.May(point) && point != kind.natural)
        points += ", `" + std::string(Name(point)) + "`";
    }
    EXPECT_THAT(line, HasSubstr("| `" + std::string(kind.name) + "` | " + points + " |"));
    ++rows;
  }
  EXPECT_EQ(rows, FaultKinds().size());
}

}  // namespace
}  // namespace ocokit::mock::config

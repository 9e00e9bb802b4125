// The kit against the simulator, over HTTP: every case of both venues passes in both dialects, and
// the drift guide tells which dialect it is.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "conformance/engine/select.h"
#include "conformance/server/drift.h"
#include "conformance/server/server_judge.h"
#include "ocokit/mock/server.h"

namespace ocokit::conform {
namespace {

struct Row {
  Venue venue;
  const char* dialect;
};

class JudgedServer : public testing::TestWithParam<Row> {
 protected:
  JudgedServer() {
    const auto dialect =
        std::string(GetParam().dialect) == "live" ? mock::Dialect::kLive : mock::Dialect::kDocs;
    server_ = mock::Server::Start({.bingx_dialect = dialect, .whitebit_dialect = dialect}).value();
    target_ = {.venue = GetParam().venue,
               .url = ParseUrl(server_->url()).value(),
               .key = "test-key",
               .secret = "test-secret"};
  }

  std::vector<Judged> Run(Selection selection) {
    selection.subject = Subject::kServer;
    selection.venue = GetParam().venue;
    const auto cases = Select(BuiltInCases().value(), selection);
    EXPECT_TRUE(cases) << cases.error().message;
    const auto judge = JudgeOfServer(target_);
    auto judged = RunCases(cases.value(), *judge, {.seed = 7, .jobs = 4});
    EXPECT_TRUE(judged) << judged.error().message;
    return judged ? std::move(*judged) : std::vector<Judged>{};
  }

  std::unique_ptr<mock::Server> server_;
  ServerTarget target_;
};

TEST_P(JudgedServer, PassesEveryCase) {
  target_.dialect = GetParam().dialect;
  target_.control =
      ControlAddress{.url = ParseUrl(server_->url() + "/control/v1").value(), .token = ""};
  const auto judged = Run({});
  EXPECT_GT(judged.size(), 100U);
  for (const Judged& each : judged) {
    EXPECT_EQ(each.result.verdict, Verdict::kPass)
        << each.tried.id << ": " << Name(each.result.verdict) << ": " << each.result.reason;
  }
}

// As it is done with a real venue: no control API, harmless cases alone.
TEST_P(JudgedServer, TellsItsDialect) {
  target_.live = true;
  target_.stream_url = target_.url;
  Selection selection{.harmless = true};
  // BingX allows few calls a second, which the judge keeps to: those that tell are enough here.
  if (GetParam().venue == Venue::kBingx)
    selection.run = {"bx-auth-120", "bx-time-010", "bx-socket-*"};
  const auto judged = Run(selection);
  for (const Judged& each : judged) {
    EXPECT_EQ(each.result.verdict, Verdict::kPass)
        << each.tried.id << ": " << Name(each.result.verdict) << ": " << each.result.reason;
  }
  const Drift drift = ReadDrift(judged);
  EXPECT_EQ(drift.dialect, GetParam().dialect) << FormatDrift(drift);
  EXPECT_GE(drift.rows.size(), 2U);
  EXPECT_EQ(drift.neither, 0);
}

INSTANTIATE_TEST_SUITE_P(Dialects, JudgedServer,
                         testing::Values(Row{Venue::kBingx, "docs"}, Row{Venue::kBingx, "live"},
                                         Row{Venue::kWhitebit, "docs"},
                                         Row{Venue::kWhitebit, "live"}),
                         [](const auto& row) {
                           return std::string(Name(row.param.venue)) + "_" + row.param.dialect;
                         });

}  // namespace
}  // namespace ocokit::conform

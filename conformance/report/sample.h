#pragma once

// For tests: a report with one case of each verdict, and texts that are hard to write down.

#include "conformance/report/report.h"

namespace ocokit::conform {

inline Judged SampleJudged(const std::string& id, Verdict verdict, Level level = Level::kMust,
                           bool known = false) {
  Judged out;
  out.tried.id = id;
  out.tried.venue = id.starts_with("wb") ? Venue::kWhitebit : Venue::kBingx;
  out.tried.section = "Authentication";
  out.tried.title = "An order signed with \"another\" <secret> & key";
  out.tried.requirement = "Refuse a signature made with another secret.";
  out.tried.level = level;
  out.tried.cites = {{.document = "WhiteBIT, Authentication",
                      .section = "Errors",
                      .url = "https://docs.whitebit.com/api-reference/authentication",
                      .date = "2026-08-03"}};
  out.known_failing = known;
  CaseResult& result = out.result;
  result.verdict = verdict;
  result.took = std::chrono::microseconds(1234);
  result.wire = {{.step = "place",
                  .sent = "POST / HTTP/1.1\r\nHost: x\r\n\r\n{\"a\":1}",
                  .got = "HTTP/1.1 200 OK\r\n\r\n\x1b[2J\xff</script><!--",
                  .note = "closed",
                  .took = std::chrono::microseconds(321)}};
  if (verdict == Verdict::kPass) return out;
  result.reason = "the order was accepted";
  result.sent = result.wire[0].sent;
  result.got = result.wire[0].got;
  result.wanted = "HTTP 401, code 10";
  return out;
}

inline Report SampleReport() {
  Report out;
  out.subject = "a server";
  out.target = "http://127.0.0.1:8787";
  out.dialect = "docs";
  out.version = "0.1.0";
  out.repeat = "ocokit conform server --venue whitebit --url http://127.0.0.1:8787 --run {case}";
  out.seed = 7;
  out.started = std::chrono::milliseconds(1795300000000);
  out.took = std::chrono::milliseconds(4321);
  out.judged = {SampleJudged("wb-auth-010", Verdict::kPass),
                SampleJudged("wb-auth-020", Verdict::kFail),
                SampleJudged("wb-auth-030", Verdict::kNonStrict, Level::kShould),
                SampleJudged("wb-auth-040", Verdict::kUnsupported),
                SampleJudged("wb-auth-050", Verdict::kSkipped),
                SampleJudged("wb-auth-060", Verdict::kKitError),
                SampleJudged("bx-auth-010", Verdict::kFail, Level::kMust, true),
                SampleJudged("bx-auth-020", Verdict::kPass, Level::kMust, true)};
  out.judged[0].result.follows = "docs";
  return out;
}

}  // namespace ocokit::conform

#pragma once

// `ocokit conform`: does a server, or a client, keep the venues' contracts?

#include <cstdint>
#include <string>
#include <vector>

namespace ocokit::cli {

// What every judgement is told.
struct ConformOptions {
  std::string name;  // of the subject in reports; empty: its URL or command
  std::vector<std::string> run;
  std::vector<std::string> skip;
  std::string level = "should";
  std::string dialect = "docs";
  std::string known_failing;  // a file
  std::uint64_t seed = 1;
  int jobs = 2;
  int timeout_ms = 0;  // 0: the judge's own
  std::string trace;   // a case
  std::string junit;
  std::string json;
  std::string html;
  bool list = false;
};

struct ConformServerOptions {
  std::string venue;
  std::string url;
  std::string key = "test-key";
  std::string secret;
  std::string secret_file;
  std::string control;  // its URL, none, or empty: found out
  std::string token_file;
  std::string stream_url;  // empty: `url`
  std::string ca_file;
  bool may_order = false;
  bool live = false;
};

struct ConformClientOptions {
  std::string venue;  // empty: both
  std::string url;    // of a simulator; empty: one is started
  std::string token_file;
  std::vector<std::string> command;
};

struct ConformObserveOptions {
  std::string url = "http://127.0.0.1:8787";
  std::string account;
  std::string token_file;
};

struct ConformReportOptions {
  std::vector<std::string> files;
  std::string html;
};

// Each prints what came of it and returns the exit status: 0 all as expected, 1 the subject fails,
// 2 wrong usage, 3 no subject or an error of the kit.
[[nodiscard]] int ConformServer(const ConformOptions& options, const ConformServerOptions& server);
[[nodiscard]] int ConformClient(const ConformOptions& options, const ConformClientOptions& client);
[[nodiscard]] int ConformObserve(const ConformOptions& options,
                                 const ConformObserveOptions& observe);
[[nodiscard]] int ConformReport(const ConformReportOptions& options);

}  // namespace ocokit::cli

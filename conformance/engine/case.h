#pragma once

// A conformance case is data: one requirement that the venues' documents make on a server or on a
// client, where it stands, and a script that finds out whether a subject keeps it. The cases are
// the files of conformance/cases/, one for each section of the documents; they are in the program,
// too, so that it needs no file to run them.

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ocokit/base/result.h"

namespace ocokit::conform {

enum class Subject { kServer, kClient };
enum class Venue { kBingx, kWhitebit };

// What a subject that misses it has done: broken the contract, or not taken its advice.
enum class Level { kMust, kShould };

// Where a requirement stands.
struct Citation {
  std::string document;  // as its publisher calls it, or repository and commit
  std::string section;   // heading, field or table; empty: the whole of it
  std::string url;       // empty when there is none
  std::string date;      // of the state that was read: 2026-04, or 2026-04-17

  friend bool operator==(const Citation&, const Citation&) = default;
};

struct Case {
  std::string id;           // given once and never reused: wb-auth-020; of clients: wbc-sign-010
  std::string title;        // what is tried, in a few words
  std::string requirement;  // what a subject has to do, in a sentence
  std::string section;      // the title of its file
  std::vector<Citation> cites;
  Subject subject = Subject::kServer;
  Venue venue = Venue::kBingx;
  Level level = Level::kMust;
  // Whether it can be sent to a real venue: no order can result from it.
  bool harmless = false;
  // Whether its rule can be held against the journal of a client that nobody told what to do.
  bool observed = false;
  // Dialects that it holds in: docs, live. Never empty.
  std::vector<std::string> dialects;
  // The whole case as it stands in its file, for the judge of its subject: `given`, `steps` and
  // what else the schema of cases has.
  std::shared_ptr<const nlohmann::json> script;
};

// A file of cases, or the table of sources they cite.
struct CaseFile {
  std::string_view name;  // server/whitebit/authentication.json; sources.json
  std::string_view text;
};

// Those in the program, sources.json among them.
[[nodiscard]] std::span<const CaseFile> BuiltInCaseFiles();

// The cases of the files, in the order of the files and in each as they stand. Errors: text that is
// no JSON, a member that is missing or of the wrong kind, an unknown source, an id that is there
// twice; with the file and the id.
[[nodiscard]] Result<std::vector<Case>> ReadCases(std::span<const CaseFile> files);

// The cases in the program.
[[nodiscard]] Result<std::vector<Case>> BuiltInCases();

[[nodiscard]] std::string_view Name(Subject subject);  // server, client
[[nodiscard]] std::string_view Name(Venue venue);      // bingx, whitebit
[[nodiscard]] std::string_view Name(Level level);      // must, should

}  // namespace ocokit::conform

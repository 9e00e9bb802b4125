#pragma once

// Rules held against literal journal entries: the entries, and what becomes of a rule.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "conformance/client/rules.h"

namespace ocokit::conform {

inline constexpr const char* kBxOrder = "/openApi/spot/v1/oco/order";
inline constexpr const char* kBxCancel = "/openApi/spot/v1/oco/cancel";
inline constexpr const char* kBxList = "/openApi/spot/v1/oco/openOrderList";
inline constexpr const char* kWbOrder = "/api/v4/order/collateral/oco";
inline constexpr const char* kWbList = "/api/v4/oco-orders";

// A request to BingX: parameters in the query.
inline JournalEntry Bx(std::string target, std::string body = "") {
  JournalEntry entry{.method = "POST",
                     .target = std::move(target),
                     .headers = {{"x-bx-apikey", "k"}},
                     .body = std::move(body),
                     .accepted = true,
                     .stage = "engine",
                     .status = 200,
                     .reply = R"({"code":0,"data":[{"orderId":"18279","clientOrderId":"7"}]})"};
  entry.at_ms = 1700000000000;
  return entry;
}

// A request to WhiteBIT with this body, and these headers beside key and type.
inline JournalEntry Wb(std::string path, std::string body, Headers more = {}) {
  JournalEntry entry{.method = "POST",
                     .target = std::move(path),
                     .headers = {{"X-TXC-APIKEY", "k"}, {"Content-Type", "application/json"}},
                     .body = std::move(body),
                     .accepted = true,
                     .stage = "engine",
                     .status = 200,
                     .reply = R"({"id":117703764513})"};
  entry.headers.insert(entry.headers.end(), more.begin(), more.end());
  entry.at_ms = 1700000000000;
  return entry;
}

inline JournalEntry Typed(std::string type) {
  JournalEntry entry = Wb("/api/v4/oco-orders", "{}");
  entry.headers[1].second = std::move(type);
  return entry;
}

inline JournalEntry Refused(JournalEntry entry, std::string stage, std::string rule, int status,
                            std::string reply) {
  entry.accepted = false;
  entry.stage = std::move(stage);
  entry.rule = std::move(rule);
  entry.status = status;
  entry.reply = std::move(reply);
  return entry;
}

inline JournalEntry Lost(JournalEntry entry, std::string fault = "lost_reply") {
  entry.faults = {std::move(fault)};
  return entry;
}

inline JournalEntry Gone(JournalEntry entry) {
  entry.written = false;
  return entry;
}

inline JournalEntry At(JournalEntry entry, std::int64_t ms) {
  entry.at_ms += ms;
  return entry;
}

struct RuleRow {
  const char* name;
  const char* rule;
  Venue venue;
  std::vector<JournalEntry> entries;
  Kept want;
  const char* why = "";
};

inline Finding JudgeRow(const RuleRow& row, std::vector<Intent> intents = {},
                        const nlohmann::json& given = {}) {
  const Rule* rule = FindRule(row.rule);
  EXPECT_NE(rule, nullptr) << row.rule;
  static std::vector<JournalEntry> entries;
  entries = row.entries;
  for (std::size_t i = 0; i < entries.size(); ++i)
    entries[i].seq = static_cast<std::int64_t>(i) + 1;
  return rule->judge({.venue = row.venue,
                      .dialect = "docs",
                      .secret = "test-secret",
                      .entries = entries,
                      .intents = intents,
                      .given = &given});
}

inline void JudgeRows(const std::vector<RuleRow>& rows) {
  for (const RuleRow& row : rows) {
    const Finding finding = JudgeRow(row);
    EXPECT_EQ(finding.kept, row.want) << row.rule << ": " << row.name << ": " << finding.why;
    EXPECT_THAT(finding.why, testing::HasSubstr(row.why)) << row.rule << ": " << row.name;
    if (row.want == Kept::kBroken) {
      EXPECT_NE(finding.entry, nullptr) << row.name;
      EXPECT_FALSE(finding.wanted.empty()) << row.name;
    }
  }
}

inline constexpr Venue kBx = Venue::kBingx;
inline constexpr Venue kWb = Venue::kWhitebit;

}  // namespace ocokit::conform

#pragma once

// What an account's journal says of one request (docs/control.md), as the rules look at it.

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "conformance/net/connection.h"
#include "ocokit/base/result.h"

namespace ocokit::conform {

struct JournalEntry {
  std::int64_t seq = 0;
  std::int64_t at_ms = 0;  // by the account's clock
  std::string method = {};
  std::string target = {};  // as it came, query and all
  Headers headers = {};
  std::string body = {};
  bool accepted = false;
  std::string stage = {};  // that decided: route, authenticate, limit, read, engine, fault
  std::string rule = {};   // of the decision, by name
  std::optional<std::int64_t> code = {};
  std::string diagnosis = {};            // the doctor's finding in words; empty without one
  std::vector<std::string> faults = {};  // names alone: lost_reply
  int status = 0;                        // 0: the connection was ended without a reply
  bool written = true;                   // whether the reply was handed to the connection, whole
  std::string reply = {};                // body
  std::string stream = {};               // stream-1: the WebSocket that its connection became

  // The venue's number of the refusal, as the client has got it; else that of the decision.
  [[nodiscard]] std::optional<std::int64_t> ToldCode() const;
  // Without the query.
  [[nodiscard]] std::string_view Path() const;
  [[nodiscard]] std::string_view Query() const;
  // The first header of that name in any case, or nullptr.
  [[nodiscard]] const std::string* FindHeader(std::string_view name) const;
  // Whether a fault kept the reply, or a part of it, from the client, or put another in its place:
  // the client cannot know what came of the request.
  [[nodiscard]] bool ReplyWasLost() const;
  // `#3 POST /api/v4/order/collateral/oco`.
  [[nodiscard]] std::string Name() const;
  // The request as it went over the wire, and the reply's status and body.
  [[nodiscard]] std::string FormatRequest() const;
  [[nodiscard]] std::string FormatReply() const;
};

// The entries of a page of the journal, full. Errors: not of that shape.
[[nodiscard]] Result<std::vector<JournalEntry>> ReadJournal(const nlohmann::json& page);

}  // namespace ocokit::conform

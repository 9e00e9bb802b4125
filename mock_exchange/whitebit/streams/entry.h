#pragma once

// Order entry over the WebSocket: the methods that place, change and cancel orders. They do what
// the calls of REST do, with other names of members, other errors and another order of checks.

#include <string>
#include <string_view>

#include "mock_exchange/json/reader.h"
#include "mock_exchange/whitebit/streams/errors.h"
#include "mock_exchange/whitebit/streams/feed.h"

namespace ocokit::mock::whitebit {

struct EntryCall {
  const JsonValue& given;  // the one object of the parameters
  Account& account;
  TimePoint now;
};

[[nodiscard]] bool IsEntry(std::string_view method);
// The result of such a method as JSON.
[[nodiscard]] Answered<std::string> AnswerEntry(std::string_view method, const JsonValue& params,
                                                Account& account, TimePoint now);

// entry_place.cc; entry_group.cc; entry_cancel.cc
struct PlaceRule;
// `at_best`: `bbo_role` says the price, which is the best of a side of the book.
[[nodiscard]] Answered<std::string> EnterOrder(const EntryCall& call, const PlaceRule& rule,
                                               bool at_best);
[[nodiscard]] Answered<std::string> EnterOco(const EntryCall& call);
[[nodiscard]] Answered<std::string> EnterOto(const EntryCall& call);
[[nodiscard]] Answered<std::string> EnterModify(const EntryCall& call);
[[nodiscard]] Answered<std::string> EnterCancel(const EntryCall& call);
[[nodiscard]] Answered<std::string> EnterCancelConditional(const EntryCall& call);
[[nodiscard]] Answered<std::string> EnterCancelAll(const EntryCall& call);

}  // namespace ocokit::mock::whitebit

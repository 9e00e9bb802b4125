#pragma once

// The methods that ask once: ping, time and those that end in _request and _query.

#include <string>
#include <string_view>

#include "mock_exchange/json/reader.h"
#include "mock_exchange/whitebit/streams/errors.h"
#include "mock_exchange/whitebit/streams/feed.h"

namespace ocokit::mock::whitebit {

struct QueryCall {
  const JsonValue& params;
  const Account& account;
  TimePoint now;
};

struct Query {
  std::string_view method;
  bool is_private;
  // The result as JSON.
  Answered<std::string> (*answer)(const QueryCall&);
};

// Null: there is no such method.
[[nodiscard]] const Query* FindQuery(std::string_view method);

}  // namespace ocokit::mock::whitebit

#pragma once

// What the WebSocket refuses, and with which of its numbers, which are not those of REST
// (docs/wire-whitebit.md).

#include <string>
#include <string_view>

#include "tl/expected.hpp"

namespace ocokit::mock::whitebit {

struct Refused {
  int code = 0;
  std::string message;

  friend bool operator==(const Refused&, const Refused&) = default;
};

template <typename T>
using Answered = tl::expected<T, Refused>;

[[nodiscard]] tl::unexpected<Refused> Decline(int code, std::string message);

// Those that every method may meet.
[[nodiscard]] tl::unexpected<Refused> InvalidArgument();
[[nodiscard]] tl::unexpected<Refused> NoMethod();
[[nodiscard]] tl::unexpected<Refused> NotAuthorized();
[[nodiscard]] tl::unexpected<Refused> TooMany();
[[nodiscard]] tl::unexpected<Refused> NoMarket(std::string_view name);
[[nodiscard]] tl::unexpected<Refused> NoAsset();

}  // namespace ocokit::mock::whitebit

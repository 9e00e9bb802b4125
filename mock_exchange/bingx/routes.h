#pragma once

// What BingX answers to: one row a call.

#include <span>
#include <string_view>

#include "mock_exchange/venue/route.h"
#include "mock_exchange/wire/reply.h"

namespace ocokit::mock::bingx {

struct CallContext;

// Requests of one address are counted in groups (rate limits page): 1 market data, 2 and 3 account.
enum class IpGroup { kMarket = 1, kSecond = 2, kThird = 3 };

// `limit` is for an account; in the market group for an address.
struct Route : mock::Route {
  IpGroup group;
  Reply (*answer)(const CallContext&);
};

[[nodiscard]] std::span<const Route> Routes();

// None for a path or method that BingX does not have.
[[nodiscard]] const Route* FindRoute(std::string_view method, std::string_view path);

}  // namespace ocokit::mock::bingx

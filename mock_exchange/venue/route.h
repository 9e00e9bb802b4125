#pragma once

// Route: one row of a venue's table of calls. A venue derives its own from it, with the function
// that answers the call.

#include <algorithm>
#include <cstddef>
#include <span>
#include <string_view>

#include "ocokit/mock/settings.h"

namespace ocokit::mock {

// What a key must be allowed to do for a call.
enum class Access { kPublic, kRead, kTrade };

struct Route {
  std::string_view method;
  std::string_view path;
  Access access;
  std::string_view limit_name;  // in Settings::custom_rate_limits; empty: no limit
  RateLimit limit;              // as documented, for this call
};

// None when no row has this method and path.
template <typename VenueRoute>
[[nodiscard]] const VenueRoute* FindRoute(std::span<const VenueRoute> routes,
                                          std::string_view method, std::string_view path) {
  const auto it = std::ranges::find_if(routes, [&](const VenueRoute& route) {
    return route.path == path && route.method == method;
  });
  return it == routes.end() ? nullptr : &*it;
}

// The place of a row in its table.
template <typename VenueRoute>
[[nodiscard]] std::size_t RowOf(std::span<const VenueRoute> routes, const VenueRoute& route) {
  return static_cast<std::size_t>(&route - routes.data());
}

}  // namespace ocokit::mock

#pragma once

// Route: one row of a venue's table of calls. A venue derives its own from it, with the function
// that answers the call.

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "ocokit/mock/settings.h"

namespace ocokit::mock {

// What a key must be allowed to do for a call.
// kKey: to read; nothing needs to be signed. kStreamKey: nothing, where the request shows a stream
// key; else as kKey.
enum class Access { kPublic, kRead, kTrade, kKey, kStreamKey };

struct Route {
  std::string_view method;
  std::string_view path;  // with a slash at its end: one more part comes, which names what is meant
  Access access;
  std::string_view limit_name;  // in Settings::custom_rate_limits; empty: no limit
  RateLimit limit;              // as documented, for this call
};

// Whether a call's path is that of a row.
[[nodiscard]] inline bool IsPathOf(const Route& route, std::string_view path) {
  if (!route.path.ends_with('/')) return route.path == path;
  if (!path.starts_with(route.path)) return false;
  const std::string_view part = path.substr(route.path.size());
  return !part.empty() && part.find('/') == std::string_view::npos;
}

// None when no row has this method and path.
template <typename VenueRoute>
[[nodiscard]] const VenueRoute* FindRoute(std::span<const VenueRoute> routes,
                                          std::string_view method, std::string_view path) {
  const auto it = std::ranges::find_if(routes, [&](const VenueRoute& route) {
    return route.method == method && IsPathOf(route, path);
  });
  return it == routes.end() ? nullptr : &*it;
}

// What log and journal say of a path or a method that no row has; the venue's own reply does not
// tell.
template <typename VenueRoute>
[[nodiscard]] std::string UnknownCall(std::span<const VenueRoute> routes, std::string_view path) {
  for (const VenueRoute& route : routes) {
    if (IsPathOf(route, path)) return "method: the call is " + std::string(route.method);
  }
  return "not simulated by ocokit: docs/limits.md";
}

// The place of a row in its table.
template <typename VenueRoute>
[[nodiscard]] std::size_t RowOf(std::span<const VenueRoute> routes, const VenueRoute& route) {
  return static_cast<std::size_t>(&route - routes.data());
}

}  // namespace ocokit::mock

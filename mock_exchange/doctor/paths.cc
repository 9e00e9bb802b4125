#include "mock_exchange/doctor/paths.h"

#include <algorithm>
#include <array>

#include "mock_exchange/doctor/text.h"
#include "ocokit/base/encoding.h"

namespace ocokit::mock::doctor {
namespace {

struct WrongPath {
  Venue venue;
  std::string_view wrong;
  std::string_view right;
};

// Seen in published code, or near at hand, and none of them was ever a call.
constexpr std::array kWrongPaths = {
    WrongPath{Venue::kWhitebit, "/api/v4/orders/oco", "/api/v4/oco-orders"},
    WrongPath{Venue::kWhitebit, "/api/v4/orders/conditional", "/api/v4/conditional-orders"},
    WrongPath{Venue::kWhitebit, "/api/v4/collateral-account/oco-orders", "/api/v4/oco-orders"},
    WrongPath{Venue::kWhitebit, "/api/v4/order/oco", "/api/v4/order/collateral/oco"},
    WrongPath{Venue::kWhitebit, "/api/v4/collateral-oco", "/api/v4/order/collateral/oco"},
    WrongPath{Venue::kWhitebit, "/api/v4/collateral/oco", "/api/v4/order/collateral/oco"},
    WrongPath{Venue::kWhitebit, "/api/v4/collateral/order/oco", "/api/v4/order/collateral/oco"},
    WrongPath{Venue::kBingx, "/openApi/spot/v1/oco", "/openApi/spot/v1/oco/order"},
    WrongPath{Venue::kBingx, "/openApi/spot/v1/order/oco", "/openApi/spot/v1/oco/order"},
};

// Calls of the venue that are no endpoints here, and near to some that are.
constexpr std::array<std::string_view, 2> kOtherCalls = {"/api/v1/order/cancel", "/api/v1/orders"};

// The last two parts of a path, when they say which call it is.
std::string_view CallOf(std::string_view path) {
  const std::size_t last = path.rfind('/');
  if (last == 0 || last == std::string_view::npos) return {};
  const std::size_t first = path.rfind('/', last - 1);
  if (first == std::string_view::npos) return {};
  const std::string_view call = path.substr(first);
  return call.find("oco") == std::string_view::npos ? std::string_view() : call;
}

// The call that is meant; empty where the path may be another call's.
std::string FindMeant(Venue venue, const std::string& path, const std::vector<std::string>& known) {
  const auto is_known = [&](std::string_view p) {
    return std::ranges::find(known, p) != known.end();
  };
  for (const WrongPath& row : kWrongPaths) {
    if (venue == row.venue && path == row.wrong) return std::string(row.right);
  }
  if (std::ranges::find(kOtherCalls, path) != kOtherCalls.end()) return {};
  const std::string decoded = PercentDecode(path, false);
  std::string plain(Trim(decoded));
  while (plain.size() > 1 && plain.back() == '/') plain.pop_back();
  if (is_known(plain)) return plain;
  std::string meant;
  for (const std::string& candidate : known) {
    if (Lower(candidate) == Lower(path)) meant = candidate;
    // Without the part that all paths begin with, or with that part twice.
    if (path.size() > 4 && (candidate.ends_with(path) || path.ends_with(candidate))) {
      meant = candidate;
    }
  }
  if (!meant.empty()) return meant;
  for (const std::string& candidate : known) {
    const std::string_view call = CallOf(candidate);
    if (!call.empty() && CallOf(path) == call) return candidate;
    if (EditDistance(candidate, path, 1) == 1) meant = candidate;
  }
  return meant;
}

constexpr std::size_t kLongestPath = 200;

std::string WithoutDoubleSlashes(std::string_view path) {
  std::string out;
  for (const char c : path) {
    if (c != '/' || out.empty() || out.back() != '/') out += c;
  }
  return out;
}

}  // namespace

std::optional<Finding> CheckPath(Venue venue, const Request& request) {
  const std::string path(request.Path());
  if (path.size() > kLongestPath) return std::nullopt;
  if (path.find("//") != std::string::npos) {
    return Finding{
        "double_slash_in_path",
        {},
        "The path is `" + path + "`; it should be `" + WithoutDoubleSlashes(path) + "`."};
  }
  const std::vector<std::string> known = EndpointPaths(venue);
  const auto is_known = [&](std::string_view p) {
    return std::ranges::find(known, p) != known.end();
  };
  if (is_known(path)) return std::nullopt;
  const std::string meant = FindMeant(venue, path, known);
  if (meant.empty()) return std::nullopt;
  return Finding{"wrong_path", {}, "The path is `" + path + "`; the call is at `" + meant + "`."};
}

bool IsPublic(Venue venue, std::string_view path) {
  constexpr std::array<std::string_view, 6> kBingx = {
      "/server/time", "/common/", "/ticker/", "/market/", "/quote/", "/cswap/v1/market"};
  if (venue == Venue::kWhitebit) return path.find("/public/") != std::string_view::npos;
  return std::ranges::any_of(
      kBingx, [&](std::string_view part) { return path.find(part) != std::string_view::npos; });
}

}  // namespace ocokit::mock::doctor

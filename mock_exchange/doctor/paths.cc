#include "mock_exchange/doctor/paths.h"

#include <algorithm>
#include <array>

#include "mock_exchange/doctor/text.h"

namespace ocokit::mock::doctor {
namespace {

struct WrongPath {
  std::string_view wrong;
  std::string_view right;
};

// Seen in published code, and none of them was ever a call.
constexpr std::array kWrongPaths = {
    WrongPath{"/api/v4/orders/oco", "/api/v4/oco-orders"},
    WrongPath{"/api/v4/orders/conditional", "/api/v4/conditional-orders"},
};

constexpr std::size_t kLongest = 200;

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
  if (path.size() > kLongest) return std::nullopt;
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
  std::string meant;
  for (const WrongPath& row : kWrongPaths) {
    if (venue == Venue::kWhitebit && path == row.wrong) meant = row.right;
  }
  if (path.size() > 1 && path.back() == '/' && is_known(path.substr(0, path.size() - 1))) {
    meant = path.substr(0, path.size() - 1);
  }
  for (const std::string& candidate : known) {
    if (Lower(candidate) == Lower(path)) meant = candidate;
    // Without the part that all paths begin with.
    if (path.size() > 4 && candidate.ends_with(path)) meant = candidate;
  }
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

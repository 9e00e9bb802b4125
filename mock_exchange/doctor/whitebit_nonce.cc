// The nonce: its unit, its order among those of the key, and its window.

#include <algorithm>

#include "mock_exchange/doctor/json_text.h"
#include "mock_exchange/doctor/text.h"
#include "mock_exchange/doctor/whitebit_checks.h"

namespace ocokit::mock::doctor::whitebit {
namespace {

// Of the earlier requests, so many are looked at.
constexpr std::size_t kMostBefore = 16;
constexpr std::size_t kMostDigits = 38;
constexpr std::int64_t kWindow = 5000;

// Until the year 2286, as the digits of seconds, milliseconds and finer units since 1970.
constexpr std::size_t kSecondsDigits = 10;
constexpr std::size_t kMillisDigits = 13;

// A whole number of at most 38 digits, without leading zeros; none for anything else.
std::optional<std::string> ReadNonce(const JsonValue* value) {
  if (value == nullptr) return std::nullopt;
  if (!value->Is(JsonValue::Kind::kNumber) && !value->Is(JsonValue::Kind::kString)) {
    return std::nullopt;
  }
  if (!IsDigits(value->text) || value->text.size() > kMostDigits) return std::nullopt;
  const std::size_t first = value->text.find_first_not_of('0');
  return first == std::string::npos ? "0" : value->text.substr(first);
}

bool IsLess(std::string_view a, std::string_view b) {
  return a.size() != b.size() ? a.size() < b.size() : a < b;
}

// Of at most 17 digits, so that differences fit.
std::optional<std::int64_t> ToInteger(const std::string& digits) {
  if (digits.size() > 17) return std::nullopt;
  return std::stoll(digits);
}

struct Earlier {
  std::string nonce;
  bool same_body = false;
};

std::vector<Earlier> ReadEarlier(const View& view, const DoctorContext& context) {
  std::vector<Earlier> out;
  const std::size_t count = std::min(context.before.size(), kMostBefore);
  for (std::size_t i = context.before.size() - count; i < context.before.size(); ++i) {
    const Result<JsonValue> body = ReadJson(context.before[i]->body);
    const auto nonce = body ? ReadNonce(body->Find("nonce")) : std::nullopt;
    if (nonce) out.push_back({*nonce, context.before[i]->body == view.request->body});
  }
  return out;
}

// The largest nonce that was used before: as the context says, or as the earlier requests show.
std::optional<std::string> LastNonce(const DoctorContext& context,
                                     const std::vector<Earlier>& earlier) {
  if (context.last_nonce && IsDigits(*context.last_nonce)) return context.last_nonce;
  const auto last = std::ranges::max_element(earlier, IsLess, &Earlier::nonce);
  return last == earlier.end() ? std::nullopt : std::optional(last->nonce);
}

// The same nonce was used before.
Finding NameRepeated(const std::string& nonce, const std::vector<Earlier>& earlier) {
  const auto same = [&](const Earlier& e) { return e.nonce == nonce; };
  const bool again =
      std::ranges::any_of(earlier, [&](const Earlier& e) { return same(e) && e.same_body; });
  if (again) {
    return {
        "request_sent_again", {}, "An earlier request had this very body, nonce " + nonce + "."};
  }
  const auto count = std::ranges::count_if(earlier, same);
  const std::string detail = "The nonce " + nonce + " was used before";
  if (count > 1) {
    return {"nonce_fixed", {}, detail + ", in " + std::to_string(count) + " requests."};
  }
  if (nonce.size() == kSecondsDigits) {
    return {"nonce_in_seconds", {}, detail + "; it has ten digits, as seconds have."};
  }
  return {"nonce_repeated", {}, detail + "."};
}

// The nonce is below the last one.
Finding NameLower(const std::string& nonce, const std::string& last,
                  const std::vector<Earlier>& earlier) {
  const bool again = std::ranges::any_of(
      earlier, [&](const Earlier& e) { return e.nonce == nonce && e.same_body; });
  const std::string detail = "The nonce is " + nonce + ", and " + last + " was used before";
  if (again) return {"request_sent_again", {}, detail + ", by a request after this one's first."};
  if (nonce.size() < last.size()) {
    return {"nonce_unit_lowered",
            {},
            detail + ": " + std::to_string(nonce.size()) + " digits after " +
                std::to_string(last.size()) + "."};
  }
  if (nonce.size() == kSecondsDigits) {
    return {"nonce_in_seconds", {}, detail + "; ten digits are seconds."};
  }
  const auto a = ToInteger(nonce);
  const auto b = ToInteger(last);
  const bool close = a && b && *b - *a <= kWindow;
  return {close ? "nonce_out_of_order" : "clock_set_back",
          {},
          detail + (a && b ? ": " + std::to_string(*b - *a) + " less." : ".")};
}

std::optional<Finding> CheckWindow(const std::string& nonce, const DoctorContext& context) {
  if (nonce.size() == kSecondsDigits) {
    return Finding{
        "nonce_in_seconds",
        {},
        "The nonce " + nonce + " has ten digits, as seconds have, and nonceWindow is on."};
  }
  if (nonce.size() > kMillisDigits) {
    return Finding{"nonce_in_microseconds",
                   {},
                   "The nonce " + nonce + " has " + std::to_string(nonce.size()) +
                       " digits, milliseconds have 13, and nonceWindow is on."};
  }
  if (!context.now) return std::nullopt;
  const std::int64_t now = ToUnixMillis(*context.now);
  const std::int64_t age = now - ToInteger(nonce).value_or(0);
  const std::string times =
      "The nonce is " + nonce + ", and the venue's clock said " + std::to_string(now) + ": it ";
  if (age > kWindow) {
    return Finding{"nonce_too_old",
                   {},
                   times + "was " + std::to_string(age) + " ms old, and 5000 are allowed."};
  }
  if (age < -kWindow) {
    return Finding{"nonce_too_new",
                   {},
                   times + "lay " + std::to_string(-age) + " ms ahead, and 5000 are allowed."};
  }
  return std::nullopt;
}

}  // namespace

std::optional<Finding> CheckNonce(const View& view, const Patient& credentials,
                                  const DoctorContext& context) {
  const JsonValue* given = view.body->Find("nonce");
  if (given == nullptr || given->Is(JsonValue::Kind::kNull)) {
    return Finding{"nonce_missing", {}, "The body has no member `nonce`."};
  }
  const std::optional<std::string> nonce = ReadNonce(given);
  if (!nonce) {
    return Finding{
        "nonce_not_whole", {}, "The nonce is " + Show(Compact(*given), credentials) + "."};
  }
  const JsonValue* window = view.body->FindGiven("nonceWindow");
  if (window != nullptr && !window->Is(JsonValue::Kind::kBool)) {
    return Finding{"nonce_window_not_boolean",
                   {},
                   "nonceWindow is " + Show(Compact(*window), credentials) + "."};
  }
  const std::vector<Earlier> earlier = ReadEarlier(view, context);
  const std::optional<std::string> last = LastNonce(context, earlier);
  const bool used = (last && *last == *nonce) ||
                    std::ranges::find(earlier, *nonce, &Earlier::nonce) != earlier.end();
  if (window != nullptr && window->text == "true") {
    if (auto outside = CheckWindow(*nonce, context)) return outside;
    return used ? std::optional(NameRepeated(*nonce, earlier)) : std::nullopt;
  }
  if (last && *last == *nonce) return NameRepeated(*nonce, earlier);
  if (last && IsLess(*nonce, *last)) return NameLower(*nonce, *last, earlier);
  return std::nullopt;
}

}  // namespace ocokit::mock::doctor::whitebit

// What the settings of an account may be.

#include <algorithm>
#include <array>

#include "mock_exchange/account/account_options.h"
#include "mock_exchange/account/out_of_range.h"

namespace ocokit::mock {
Result<void> CheckSettings(const Settings& settings, Venue venue) {
  constexpr std::array kLimited = {"oco_create",   "oco_cancel",   "oco_query",
                                   "order_create", "order_cancel", "order_query",
                                   "position",     "account",      "market"};
  constexpr milliseconds kLongest = std::chrono::hours(24);
  for (const auto& [name, limit] : settings.custom_rate_limits) {
    if (std::ranges::find(kLimited, name) == kLimited.end()) {
      return Fail(ErrorKind::kInvalidArgument,
                  "custom_rate_limits: there are oco_create, oco_cancel, oco_query, order_create, "
                  "order_cancel, order_query, position, account and market, not " +
                      name);
    }
    if (limit.count < 0 || limit.per < milliseconds(1) || limit.per > kLongest) {
      return OutOfRange("custom_rate_limits: " + name +
                        " must have a count of 0 or more in 1 ms to 24 hours");
    }
  }
  if (settings.max_open_orders && *settings.max_open_orders < 0) {
    return OutOfRange("max_open_orders must be 0 (no limit) or more");
  }
  if (settings.max_recv_window < milliseconds(1) || settings.max_recv_window > kLongest) {
    return OutOfRange("max_recv_window must be 1 ms to 24 hours");
  }
  if (settings.block < milliseconds(0) || settings.block > kLongest) {
    return OutOfRange("block must be 0 to 24 hours");
  }
  if (settings.listen_key_life < milliseconds(1) || settings.listen_key_life > kLongest) {
    return OutOfRange("listen_key_life must be 1 ms to 24 hours");
  }
  if (settings.bad_topic_code != 80015 && settings.bad_topic_code != 100400) {
    return OutOfRange("bad_topic_code must be 80015 or 100400");
  }
  if (settings.token_life < milliseconds(1) || settings.token_life > kLongest) {
    return OutOfRange("token_life must be 1 ms to 24 hours");
  }
  if (settings.validation_status != 422 && settings.validation_status != 400) {
    return OutOfRange("validation_status must be 422 or 400");
  }
  if (const auto& ban = settings.ban) {
    if ((ban->status != 418 && ban->status != 403) || ban->after < 1 ||
        ban->length < milliseconds(1) || ban->length > kLongest) {
      return OutOfRange("ban: status must be 418 or 403, after 1 or more, length 1 ms to 24 hours");
    }
  }
  if (settings.journal_bytes > 1'000'000'000) {
    return OutOfRange("journal_bytes must be 0 to 1000000000");
  }
  if (settings.stream_buffer < 1024 || settings.stream_buffer > 1'000'000'000) {
    return OutOfRange("stream_buffer must be 1024 to 1000000000");
  }
  if (settings.refuse_orders.empty()) return {};
  const std::vector<std::string> names = RefusalNames(venue);
  if (std::ranges::find(names, settings.refuse_orders) == names.end()) {
    std::string message =
        std::string("refuse_orders: ") + (venue == Venue::kBingx ? "BingX" : "WhiteBIT") + " has";
    for (const std::string& name : names) message += " " + name;
    return Fail(ErrorKind::kInvalidArgument, message + ", not " + settings.refuse_orders);
  }
  return {};
}

}  // namespace ocokit::mock

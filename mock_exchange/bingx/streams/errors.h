#pragma once

// What a stream answers to a message of its client: it is done, or the venue's error.

#include <string>
#include <string_view>

#include "mock_exchange/wire/channel.h"
#include "ocokit/base/clock.h"

namespace ocokit::mock::bingx {

// Topics that a stream may have.
inline constexpr int kMaxTopics = 200;

// `id`: of the message that is answered.
[[nodiscard]] Message WriteAck(std::string_view id, TimePoint now);
// The same in the form in which balances were seen to be acknowledged.
[[nodiscard]] Message WriteBalancesAck(std::string_view id);

// There is no such topic. `code`: 80015, or 100400, whose message has no id.
[[nodiscard]] Message WriteBadTopic(std::string_view id, std::string_view topic, int code,
                                    TimePoint now);
// A topic of an account, on a stream that is nobody's.
[[nodiscard]] Message WriteUnauthorized(std::string_view id, TimePoint now);
// One more than kMaxTopics.
[[nodiscard]] Message WriteTooManyTopics(std::string_view id, TimePoint now);
// It names no topic, or asks for nothing that there is.
[[nodiscard]] Message WriteBadRequest(TimePoint now);

}  // namespace ocokit::mock::bingx

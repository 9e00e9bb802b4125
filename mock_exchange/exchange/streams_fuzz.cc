// Arbitrary messages to the streams of both venues, each line one: whatever arrives, nothing
// breaks, and what is said keeps to the form of the venue.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "mock_exchange/exchange/exchange.h"

namespace {

using namespace ocokit;

constexpr std::int64_t kNow = 1'700'000'000'000;

std::shared_ptr<mock::Channel> Open(mock::Exchange& exchange, const std::string& target) {
  mock::Answer answer =
      exchange.AnswerTo({.method = "GET",
                         .target = target,
                         .headers = {{"Upgrade", "websocket"},
                                     {"Connection", "Upgrade"},
                                     {"Sec-WebSocket-Version", "13"},
                                     {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="}},
                         .remote_ip = "127.0.0.1"});
  if (answer.channel == nullptr) std::abort();
  answer.channel->OnOpen([] {});
  return answer.channel;
}

// False: the stream has ended.
bool Hear(mock::Channel& channel) {
  const mock::ChannelTurn turn = channel.Take();
  channel.OnWritten(turn.messages.size());
  for (const auto& message : turn.messages) {
    const std::string& text = message->Text();
    if (text.empty() || (text.front() != '{' && text != "Ping")) std::abort();
  }
  return !turn.end;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  mock::Exchange exchange(std::make_shared<ManualClock>(FromUnixMillis(kNow)));
  std::vector<std::shared_ptr<mock::Tenant>> tenants;
  for (const mock::Venue venue : {mock::Venue::kBingx, mock::Venue::kWhitebit}) {
    mock::AccountOptions options;
    options.venue = venue;
    options.key = "test-key";
    options.secret = "test-secret";
    auto added = exchange.AddAccount(options);
    if (!added) std::abort();
    const mock::AccountLock lock((*added)->account);
    const TimePoint now = FromUnixMillis(kNow);
    (*added)->account.stream_keys.Add("key", now + std::chrono::hours(1), now);
    tenants.push_back(std::move(*added));
  }
  const auto bingx = Open(exchange, "/market?listenKey=key");
  const auto whitebit = Open(exchange, "/ws");
  whitebit->OnMessage(R"({"id":0,"method":"authorize","params":["key",""]})", false);
  bool goes_on[] = {Hear(*bingx), Hear(*whitebit)};
  std::string_view text(reinterpret_cast<const char*>(data), size);
  for (int lines = 0; !text.empty() && lines < 64; ++lines) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    // A price, and time, come between the messages.
    for (const auto& tenant : tenants) {
      const mock::AccountLock lock(tenant->account);
      tenant->account.clock.Advance(milliseconds(700));
      tenant->account.SetLast(0, Decimal(50'000 + lines), Decimal(1),
                              tenant->account.Rules(std::nullopt), tenant->account.clock.Now());
    }
    if (goes_on[0]) {
      bingx->OnMessage(line, false);
      goes_on[0] = Hear(*bingx);
    }
    if (goes_on[1]) {
      whitebit->OnMessage(line, false);
      goes_on[1] = Hear(*whitebit);
    }
  }
  bingx->OnEnded({});
  whitebit->OnEnded({});
  return 0;
}

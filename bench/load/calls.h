#pragma once

// The calls of one connection, written, signed and read by the client library's own code. One file
// for each venue knows that library. An object belongs to one thread.

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "bench/load/options.h"
#include "ocokit/client/errors.h"
#include "ocokit/client/nonce.h"
#include "ocokit/client/transport.h"

namespace ocokit::load {

// Where the load's pairs are placed.
inline constexpr const char* kWhitebitMarket = "BTC_USDT";

// Who sends, and where to.
struct Identity {
  std::string key;
  std::string secret;
  std::string authority;    // as a Host header has it
  std::string path_prefix;  // of the base URL; empty or /...
  // WhiteBIT: shared by all connections of the key; with `shared` they may overtake each other.
  std::shared_ptr<client::NonceSource> nonces;
  bool shared = false;
  std::size_t account = 0;  // which of the load's accounts it is
};

// How long the parts of writing took.
struct WriteTimes {
  std::int64_t serialize = 0;
  std::int64_t sign = 0;
};

// What a reader of replies found wrong, if anything.
template <typename T>
std::optional<client::Error> ErrorOf(client::Result<T> result) {
  if (result) return std::nullopt;
  return std::move(result.error());
}
// The same; where nothing is, `order` becomes what `id_of` says of the result.
template <typename T, typename IdOf>
std::optional<client::Error> ErrorOf(client::Result<T> result, std::string& order, IdOf id_of) {
  if (result) order = id_of(*result);
  return ErrorOf(std::move(result));
}

class VenueCalls {
 public:
  virtual ~VenueCalls() = default;
  // Writes the whole request into `out`, whose text is replaced. `id`: digits, the client's id of
  // the pair that is placed or cancelled.
  virtual void Write(Call call, const std::string& id, std::string& out, WriteTimes& times) = 0;
  // What is wrong with the reply; none when it was accepted and is what the documents say. Then
  // `order` is the venue's id of the limit order that was placed or cancelled.
  [[nodiscard]] virtual std::optional<client::Error> Read(Call call,
                                                          const client::HttpResponse& response,
                                                          std::string& order) = 0;
};

[[nodiscard]] std::unique_ptr<VenueCalls> MakeBingxCalls(const Identity& identity);
[[nodiscard]] std::unique_ptr<VenueCalls> MakeWhitebitCalls(const Identity& identity);
// The path of a call, without the base URL's.
[[nodiscard]] std::string_view BingxPath(Call call);
[[nodiscard]] std::string_view WhitebitPath(Call call);
[[nodiscard]] inline std::string_view Path(Venue venue, Call call) {
  return venue == Venue::kBingx ? BingxPath(call) : WhitebitPath(call);
}

// Which call a connection makes next, so that the mix holds at every moment and what was placed is
// cancelled again.
class Turns {
 public:
  // `prefix`: digits that no other connection begins its ids with.
  Turns(const Mix& mix, std::string prefix) : mix_(mix), prefix_(std::move(prefix)) {}

  struct Turn {
    Call call = Call::kPlace;
    std::string id = {};  // of the pair; empty for a list
  };
  [[nodiscard]] Turn Next();
  // What came of it. `unknown`: it may have been carried out or not, or may be tried again.
  void Done(const Turn& turn, bool accepted, bool unknown);

 private:
  Mix mix_;
  std::array<int, kCalls> credit_{};
  std::string prefix_;
  std::uint64_t placed_ = 0;
  std::deque<std::string> to_cancel_;
};

}  // namespace ocokit::load

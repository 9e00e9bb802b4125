#pragma once

// VenueApi: one exchange's REST interface. Each venue's folder has the same rooms: routes (what
// there is), authenticate and signature (who asks), limits (how often), errors (every refusal),
// venue (the order of the steps); and for each family of calls read (what is asked), answer (what
// is done) and write (what is shown).

#include <memory>
#include <string>
#include <string_view>

#include "mock_exchange/account/account.h"
#include "mock_exchange/wire/reply.h"

namespace ocokit::mock {

namespace streams {
struct FrameFacts;
class Stream;
class StreamHost;
}  // namespace streams

class VenueApi {
 public:
  virtual ~VenueApi() = default;

  // Whether requests to this path are for this venue.
  [[nodiscard]] virtual bool Owns(std::string_view path) const = 0;
  // The header that names the account.
  [[nodiscard]] virtual std::string_view key_header() const = 0;
  // Answers a request. `caller` is the account that the key header names; null when it is absent or
  // names none. `view` is the account whose markets, prices and clock public calls show: the
  // caller's own, else the venue's only account, else one with the venue's defaults. Its mutex is
  // held and its prices are up to date.
  [[nodiscard]] virtual Reply Handle(const Request& request, Account* caller,
                                     Account& view) const = 0;
  // Whether streams begin at this path. A request there is answered with 101 by Handle where one is
  // to be opened.
  [[nodiscard]] virtual bool HasStreams(std::string_view path) const = 0;
  // The stream key that a request for a stream, or about the key itself, shows, decoded; empty:
  // none.
  [[nodiscard]] virtual std::string StreamKeyOf(const Request& request) const = 0;
  // The stream of a request that Handle has answered with 101; `account` as `view` there.
  [[nodiscard]] virtual std::shared_ptr<streams::Stream> OpenStream(
      const Request& request, std::shared_ptr<Account> account,
      streams::StreamHost& host) const = 0;
  // What a message of its streams is about; `text` as it was before it was compressed.
  [[nodiscard]] virtual streams::FrameFacts FactsOf(std::string_view text) const = 0;
  // The reply to one request too many, whether or not it is. `view` as above.
  [[nodiscard]] virtual Reply RateLimited(const Request& request, const Account& view) const = 0;
};

}  // namespace ocokit::mock

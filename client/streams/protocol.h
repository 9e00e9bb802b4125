#pragma once

// Protocol: what one venue says on its socket and by REST, for the runner, which has the socket,
// the pauses and the ledger. One for each user stream; used by the runner's thread alone.

#include <optional>
#include <string>
#include <vector>

#include "client/streams/connection.h"
#include "client/streams/ledger.h"
#include "ocokit/client/errors.h"

namespace ocokit::client::streams {

// What a message means for the runner. Several members may be set.
struct Heard {
  std::vector<std::string> answers{};  // to be sent
  std::vector<Sighting> sightings{};
  std::vector<Deal> deals{};
  std::optional<Error> problem{};  // the venue refused something
  std::string end{};               // why the connection is of no use any more; empty: it is
  bool is_doubtful = false;        // something may have been missed: read by REST
};

// All orders, as REST shows them.
struct Reading {
  std::vector<Sighting> sightings{};  // oldest change first, as far as the venue says
  bool complete = true;               // false: there were more than could be read
};

class Protocol {
 public:
  virtual ~Protocol() = default;

  // By REST, before a connection: the query of its address.
  [[nodiscard]] virtual Result<std::string> Prepare() = 0;
  // To be sent once it is open. Begins anew what is kept of a connection.
  [[nodiscard]] virtual std::vector<std::string> Greet() = 0;
  [[nodiscard]] virtual Heard OnMessage(const Message& message) = 0;
  // All that was asked for has been granted.
  [[nodiscard]] virtual bool IsReady() const = 0;
  // Called several times a second while connected. `ping`: it is time for one.
  [[nodiscard]] virtual Heard OnTick(bool ping) = 0;
  // A market has orders that the stream has to hear of; what that takes is in the next OnTick.
  virtual void AddMarket(const std::string& market) = 0;

  // By REST: the orders that are open, those that have ended since `since` or, without it, a moment
  // ago, and `wanted`. `now` becomes the venue's time at the beginning.
  [[nodiscard]] virtual Result<Reading> Read(const std::vector<Wanted>& wanted,
                                             std::optional<TimePoint> since, TimePoint* now) = 0;
};

}  // namespace ocokit::client::streams

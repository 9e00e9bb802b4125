#pragma once

// Runner: the life of a user stream, the same for both venues. It reads how the orders stand,
// connects, hears, reads again when something may have been missed, and begins anew when the
// connection ends. One thread does it all.

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "client/streams/backoff.h"
#include "client/streams/connection.h"
#include "client/streams/ledger.h"
#include "client/streams/protocol.h"
#include "ocokit/client/user_stream.h"

namespace ocokit::client::streams {

class Runner {
 public:
  // `options` have passed CheckOptions.
  Runner(StreamOptions options, StreamHandler handler, std::unique_ptr<Protocol> protocol);
  // Stops.
  ~Runner();
  Runner(const Runner&) = delete;
  Runner& operator=(const Runner&) = delete;

  // Errors: kUnavailable when the system gives no thread.
  [[nodiscard]] Result<void> Start();
  void Stop();
  void Follow(Wanted order, std::string pair_id);

  // Errors: kBadRequest naming the option that cannot be used.
  [[nodiscard]] static Result<void> CheckOptions(const StreamOptions& options);

 private:
  using Steady = std::chrono::steady_clock;

  void Run();
  // From a connection to the next; false: stopped.
  [[nodiscard]] bool Round();
  // Until the baseline has been read; false: stopped.
  [[nodiscard]] bool ReadBaseline();
  // One connection, from its key to its end; returns why it ended.
  [[nodiscard]] std::string Connect();
  [[nodiscard]] std::string Converse(Connection& connection);
  // Acts on what was heard; returns why the connection is to end, or nothing.
  [[nodiscard]] std::string Act(Connection& connection, const Heard& heard);
  void TakeFollowed();
  // Reads all orders and reports what is new; false: it could not be read.
  [[nodiscard]] bool ReadOrders();
  void Report(const std::vector<OrderEvent>& events);
  void ReportProblem(const Error& error);
  template <typename Callback, typename... Arguments>
  void Call(const Callback& callback, const Arguments&... arguments);
  // False: stopped meanwhile.
  [[nodiscard]] bool Pause(milliseconds duration);
  [[nodiscard]] bool IsStopping();

  const StreamOptions options_;
  const StreamHandler handler_;
  const StreamUrl url_;
  const std::unique_ptr<Protocol> protocol_;

  // For the stream's thread alone.
  Ledger ledger_;
  Backoff backoff_;
  std::optional<TimePoint> read_until_;  // by the venue's clock
  TimePoint heard_at_{};                 // by the client's clock
  Steady::time_point next_read_{};
  bool is_gap_ = false;  // a connection has ended since the last read

  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;  // guarded by mutex_, as the next two
  std::shared_ptr<Connection> connection_;
  std::vector<std::pair<Wanted, std::string>> followed_;
  std::thread thread_;
};

}  // namespace ocokit::client::streams

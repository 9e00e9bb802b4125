#pragma once

// Worker: one thread of the load. It sends each request of its schedule at its time, or as soon
// after it as a connection is free, and leaves none out.

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <memory>
#include <vector>

#include "bench/load/calls.h"
#include "bench/load/connection.h"
#include "bench/load/options.h"
#include "bench/load/schedule.h"
#include "bench/load/stream_delays.h"
#include "bench/load/tally.h"

namespace ocokit::load {

// What others may read while it runs.
struct Progress {
  std::atomic<std::uint64_t> sent{0};
  std::atomic<std::uint64_t> accepted{0};
  std::atomic<std::uint64_t> troubled{0};
};

// Who wants to know of what was carried out.
class CommitSink {
 public:
  virtual ~CommitSink() = default;
  // From the worker's thread.
  virtual void Committed(Commit commit) = 0;
};

// What the thread itself cost until the end of the measured time.
struct ThreadCost {
  double busy = 0;     // share of the time that it ran on a processor
  double waiting = 0;  // share of the time that it could have run, and had none; -1: not known
};

// What a thread has used until a moment, in seconds.
struct Usage {
  double running = 0;
  double waiting = -1;  // for a processor; -1: the system does not say
};

class Worker final : public ConnectionOwner {
 public:
  // One identity for each connection. Options, plan and sink must outlive it.
  Worker(const LoadOptions& options, const ConnectionPlan& plan, int thread,
         const std::vector<Identity>& identities, const std::string& id_prefix,
         CommitSink* commits = nullptr);
  ~Worker() override;

  // Opens all connections. Errors: one that is not open when `deadline`, of Now(), has come.
  [[nodiscard]] Result<void> Connect(std::int64_t deadline);
  // Runs warm-up, measurement and drain from `start`, of Now(), on. Once `stop` is set it sends no
  // more requests than were due by then.
  void Run(std::int64_t start, const std::atomic<bool>& stop);

  [[nodiscard]] const Progress& progress() const { return progress_; }
  // After Run.
  [[nodiscard]] Tally& tally() { return *tally_; }
  [[nodiscard]] const ThreadCost& cost() const { return cost_; }
  [[nodiscard]] std::uint64_t reconnects() const { return reconnects_; }
  // When the measurement ended, in nanoseconds from `start`: earlier than asked for after a stop.
  [[nodiscard]] std::int64_t end() const { return end_; }

  void OnOpen(Connection& connection) override;
  void OnFirstByte(Connection& connection) override;
  void OnReply(Connection& connection, client::HttpResponse response) override;
  void OnLost(Connection& connection, const std::string& label, bool opened) override;

 private:
  // A connection and what is under way on it.
  struct Lane {
    std::unique_ptr<Connection> connection;
    std::unique_ptr<VenueCalls> calls;
    Turns turns;
    std::size_t account = 0;
    Turns::Turn turn = {};
    RequestTimes times = {};
    std::string request = {};
    std::string order = {};  // that the reply was about
    bool busy = false;
    bool idle = false;     // in idle_
    bool down = false;     // to be opened again at the first tick from open_at on
    bool carried = false;  // a reply, since it was opened
    int fruitless = 0;     // connections in a row that carried none
    std::int64_t open_at = 0;
    std::int64_t free_since = 0;
  };

  void SendDue();
  void Send(Lane& lane, std::int64_t intended, std::int64_t now);
  void EndRequest(Lane& lane);
  void Fail(Lane& lane, const std::string& label);
  void TimeOut(Lane& lane, std::int64_t now);
  void CountCost();
  void Reopen(Lane& lane, std::int64_t now);
  void BeIdle(Lane& lane, std::int64_t now);
  void ArmTick();
  void Tick();
  void GiveUp(std::int64_t now);
  void EndIfDone();
  [[nodiscard]] bool TakeIdle(Lane*& lane);

  void TellCommit(const Lane& lane, std::string_view server_timing);

  const LoadOptions& options_;
  CommitSink* commits_;  // null: nobody
  boost::asio::io_context io_{1};
  boost::asio::steady_timer due_{io_};
  boost::asio::steady_timer tick_{io_};
  Schedule schedule_;
  std::vector<Lane> lanes_;
  std::deque<Lane*> idle_;
  std::unique_ptr<Tally> tally_;
  const std::atomic<bool>* stop_ = nullptr;
  Progress progress_;
  ThreadCost cost_;
  Usage before_;  // when it began
  std::int64_t began_ = 0;
  std::int64_t start_ = 0;
  std::int64_t end_ = 0;
  std::size_t busy_ = 0;
  std::size_t open_ = 0;
  std::uint64_t reconnects_ = 0;
  bool armed_ = false;
  bool running_ = false;
  bool over_ = false;
  bool cost_known_ = false;
  std::string failure_;  // why a connection could not be opened
};

}  // namespace ocokit::load

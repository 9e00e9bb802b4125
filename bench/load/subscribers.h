#pragma once

// Subscribers: the WebSockets that listen while a load is sent, in a thread of their own.

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "bench/load/options.h"
#include "bench/load/simulator.h"
#include "bench/load/stream_delays.h"
#include "bench/load/subscriber.h"
#include "bench/load/target.h"
#include "bench/load/worker.h"
#include "ocokit/client/bingx.h"
#include "ocokit/client/whitebit.h"

namespace ocokit::load {

class Subscribers final : public SubscriberOwner, public CommitSink {
 public:
  // The accounts have the subscribers in turn. All must outlive it.
  Subscribers(const LoadOptions& options, const ConnectionPlan& plan, const Target& target,
              const std::vector<Simulator::Account>& accounts);
  ~Subscribers() override;
  Subscribers(const Subscribers&) = delete;
  Subscribers& operator=(const Subscribers&) = delete;

  // Opens them all, and begins to listen. Errors: one that is not there when `deadline`, of Now(),
  // has come, or that the venue refuses.
  [[nodiscard]] Result<void> Open(std::int64_t deadline);
  // From any thread.
  void Committed(Commit commit) override;
  // Ends when all is heard, or `wait` is over.
  [[nodiscard]] StreamFigures Finish(nanoseconds wait);

  void OnReady(Subscriber& subscriber) override;
  void OnOrder(Subscriber& subscriber, const client::streams::Sighting& order,
               std::int64_t at) override;
  void OnFrame() override { ++figures_.frames; }
  void OnEnd(Subscriber& subscriber, const std::string& why) override;

 private:
  [[nodiscard]] Result<void> MakeClients();
  // The next that is not open yet.
  [[nodiscard]] Result<void> OpenNext();
  void Tick();
  void TakeCommits();
  void ArmTick();

  const LoadOptions& options_;
  const ConnectionPlan& plan_;
  const Target& target_;
  const std::vector<Simulator::Account>& accounts_;
  // Of each account, those of the load's venue.
  std::vector<std::unique_ptr<client::bingx::Client>> bingx_;
  std::vector<std::unique_ptr<client::whitebit::Client>> whitebit_;
  boost::asio::io_context io_{1};
  boost::asio::steady_timer tick_{io_};
  std::vector<std::unique_ptr<Subscriber>> subscribers_;
  std::size_t ready_ = 0;
  std::string failure_;  // why one could not be opened
  StreamDelays delays_;
  StreamFigures figures_;
  std::int64_t ping_at_ = 0;
  std::int64_t forget_at_ = 0;
  std::int64_t finish_at_ = 0;  // 0: not yet
  std::atomic<bool> finishing_{false};
  std::atomic<std::int64_t> wait_{0};
  std::mutex mutex_;
  std::vector<Commit> commits_;  // guarded by mutex_
  std::thread thread_;
};

}  // namespace ocokit::load

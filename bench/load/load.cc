#include "bench/load/load.h"

#include <boost/asio/ssl/context.hpp>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "bench/load/now.h"
#include "bench/load/simulator.h"
#include "bench/load/subscribers.h"
#include "bench/load/target.h"
#include "bench/load/worker.h"
#include "ocokit/base/clock.h"

namespace ocokit::load {
namespace {

namespace asio = boost::asio;

constexpr std::int64_t kConnectTime = 10'000'000'000;
// To open all streams in.
constexpr std::int64_t kStreamsTime = 60'000'000'000;
// For the threads to be there when the first request is due.
constexpr std::int64_t kLeadTime = 20'000'000;

Result<std::optional<asio::ssl::context>> MakeTls(const LoadOptions& options,
                                                  const Target& target) {
  std::optional<asio::ssl::context> tls;
  if (!target.url.tls) return tls;
  tls.emplace(asio::ssl::context::tls_client);
  boost::system::error_code error;
  tls->set_default_verify_paths(error);
  if (!options.ca_file.empty()) {
    tls->load_verify_file(options.ca_file, error);
    if (error) {
      return Fail(ErrorKind::kInvalidArgument,
                  "--ca-file must be a PEM file of certificates, unlike " + options.ca_file + ": " +
                      error.message());
    }
  }
  return tls;
}

// One identity for each connection: accounts in turn, or the one key.
std::vector<Identity> MakeIdentities(const LoadOptions& options, const Target& target,
                                     const std::vector<Simulator::Account>& accounts) {
  const auto clock = std::make_shared<SystemClock>();
  std::vector<Identity> keys;
  keys.reserve(accounts.size());
  for (const Simulator::Account& account : accounts) {
    keys.push_back({.key = account.key,
                    .secret = account.secret,
                    .authority = target.url.Authority(),
                    .path_prefix = target.url.path,
                    .nonces = std::make_shared<client::NonceSource>(clock),
                    .shared = static_cast<int>(accounts.size()) < options.connections,
                    .account = keys.size()});
  }
  std::vector<Identity> out;
  out.reserve(static_cast<std::size_t>(options.connections));
  for (int i = 0; i < options.connections; ++i) out.push_back(keys[i % keys.size()]);
  return out;
}

class Threads {
 public:
  Threads(std::vector<std::unique_ptr<Worker>>& workers, std::int64_t start,
          const std::atomic<bool>& stop)
      : left_(workers.size()) {
    for (const auto& worker : workers) {
      threads_.emplace_back([this, &worker = *worker, start, &stop] {
        worker.Run(start, stop);
        const std::lock_guard lock(mutex_);
        --left_;
        done_.notify_all();
      });
    }
  }
  ~Threads() {
    for (std::thread& thread : threads_) thread.join();
  }

  // Whether all have ended within a second.
  bool Wait() {
    std::unique_lock lock(mutex_);
    return done_.wait_for(lock, std::chrono::seconds(1), [this] { return left_ == 0; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable done_;
  std::size_t left_;
  std::vector<std::thread> threads_;
};

LoadProgress Sum(const std::vector<std::unique_ptr<Worker>>& workers, std::int64_t start) {
  LoadProgress out;
  out.seconds = static_cast<double>(Now() - start) / 1e9;
  for (const auto& worker : workers) {
    out.sent += worker->progress().sent;
    out.accepted += worker->progress().accepted;
    out.troubled += worker->progress().troubled;
  }
  return out;
}

Report MakeReport(const LoadOptions& options, std::vector<std::unique_ptr<Worker>>& workers) {
  Report report;
  report.options = options;
  report.machine = ThisMachine();
  std::int64_t end = 0;
  for (const auto& worker : workers) {
    report.tally.Merge(worker->tally());
    report.reconnects += worker->reconnects();
    report.threads.push_back(worker->cost());
    end = std::max(end, worker->end());
  }
  report.measured =
      static_cast<double>(std::max<std::int64_t>(0, end - options.warmup.count())) / 1e9;
  // Each one came to one of these ends.
  const Tally& tally = report.tally;
  report.intended = tally.accepted() + tally.unanswered() + tally.Count(Trouble::kRefused) +
                    tally.Count(Trouble::kTransport) + tally.Count(Trouble::kReply);
  return report;
}

}  // namespace

Result<Report> RunLoad(LoadOptions options, const std::atomic<bool>& stop,
                       const std::function<void(const LoadProgress&)>& on_progress) {
  if (auto ok = CheckOptions(options); !ok) return tl::unexpected<Error>(ok.error());
  const Result<Target> target = FindTarget(options);
  if (!target) return tl::unexpected<Error>(target.error());
  if (options.streams != 0 && !target->url.path.empty()) {
    return Fail(ErrorKind::kInvalidArgument,
                "--streams needs a --url without a path, unlike " + options.url);
  }
  Result<std::optional<asio::ssl::context>> tls = MakeTls(options, *target);
  if (!tls) return tl::unexpected<Error>(tls.error());

  std::optional<Simulator> simulator;
  std::vector<Simulator::Account> accounts{{"", options.key, options.secret}};
  if (options.key.empty()) {
    if (options.accounts == 0) options.accounts = options.connections;
    simulator.emplace(options, *target);
    auto made = simulator->Prepare(options.accounts);
    if (!made) return tl::unexpected<Error>(made.error());
    accounts = std::move(*made);
  }

  const std::int64_t started_ms = ToUnixMillis(SystemClock().Now());
  const ConnectionPlan plan{target->endpoints, *tls ? &**tls : nullptr, target->url.host};
  const std::vector<Identity> identities = MakeIdentities(options, *target, accounts);
  std::optional<Subscribers> subscribers;
  if (options.streams != 0) {
    subscribers.emplace(options, plan, *target, accounts);
    if (auto ok = subscribers->Open(Now() + kStreamsTime); !ok) {
      return tl::unexpected<Error>(ok.error());
    }
  }
  if (simulator) {
    if (auto ok = simulator->Begin(); !ok) return tl::unexpected<Error>(ok.error());
  }
  std::vector<std::unique_ptr<Worker>> workers;
  for (int thread = 0; thread < options.threads; ++thread) {
    std::vector<Identity> own;
    for (std::size_t i = thread; i < identities.size(); i += options.threads) {
      own.push_back(identities[i]);
    }
    workers.push_back(std::make_unique<Worker>(options, plan, thread, own,
                                               std::to_string(started_ms),
                                               subscribers ? &*subscribers : nullptr));
    const Result<void> connected = workers.back()->Connect(Now() + kConnectTime);
    if (!connected) return tl::unexpected<Error>(connected.error());
  }

  const std::int64_t start = Now() + kLeadTime;
  {
    Threads threads(workers, start, stop);
    while (!threads.Wait()) {
      if (on_progress) on_progress(Sum(workers, start));
    }
  }
  Report report = MakeReport(options, workers);
  report.started_ms = started_ms;
  if (subscribers) report.streams = subscribers->Finish(options.drain);
  workers.clear();
  if (simulator) {
    Result<Books> books = simulator->Compare(report.tally);
    // What was measured until the server went away is told all the same.
    if (books) {
      report.books = std::move(*books);
    } else {
      report.books.kept = true;
      report.books.differences = {"the server's cannot be read: " + books.error().message};
    }
  }
  return report;
}

}  // namespace ocokit::load

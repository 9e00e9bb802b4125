#include "bench/load/subscribers.h"

#include <algorithm>
#include <chrono>
#include <limits>
#include <memory>

#include "bench/load/calls.h"
#include "bench/load/now.h"
#include "client/streams/bingx_protocol.h"
#include "client/streams/whitebit_protocol.h"
#include "ocokit/base/clock.h"
#include "ocokit/client/credentials.h"

namespace ocokit::load {
namespace {

using std::chrono::milliseconds;

// Connections that are being opened at a time.
constexpr std::size_t kOpening = 32;
constexpr std::size_t kMostMessage = 4 << 20;
constexpr milliseconds kLook{20};
// WhiteBIT ends a connection on which nothing was said for a minute.
constexpr std::int64_t kPingEvery = 20'000'000'000;
constexpr std::int64_t kForgetEvery = 1'000'000'000;

std::vector<int> ShareOut(int subscribers, std::size_t accounts) {
  std::vector<int> out(accounts, 0);
  for (int i = 0; i < subscribers; ++i) ++out[static_cast<std::size_t>(i) % accounts];
  return out;
}

// A client that is held back by nothing.
template <typename Client, typename Options>
Result<std::unique_ptr<Client>> MakeClient(const Simulator::Account& account,
                                           const LoadOptions& options, const Target& target) {
  Options wanted;
  wanted.base_url = std::string(target.url.tls ? "https://" : "http://") + target.url.Authority();
  wanted.http.ca_file = options.ca_file;
  wanted.rate_limit.enabled = false;
  auto made = Client::Make(std::move(wanted), client::Credentials(account.key, account.secret));
  if (!made)
    return Fail(ErrorKind::kUnavailable, "a client for the streams: " + made.error().message);
  return std::make_unique<Client>(std::move(*made));
}

}  // namespace

Subscribers::Subscribers(const LoadOptions& options, const ConnectionPlan& plan,
                         const Target& target, const std::vector<Simulator::Account>& accounts)
    : options_(options),
      plan_(plan),
      target_(target),
      accounts_(accounts),
      delays_(ShareOut(options.streams, accounts.size())) {
  figures_.subscribers = options.streams;
}

Subscribers::~Subscribers() {
  io_.stop();
  if (thread_.joinable()) thread_.join();
  // What was started on them is told while they are still there.
  for (const auto& subscriber : subscribers_) subscriber->Close();
  io_.restart();
  io_.poll();
}

Result<void> Subscribers::MakeClients() {
  for (const Simulator::Account& account : accounts_) {
    if (options_.venue == Venue::kBingx) {
      auto made = MakeClient<client::bingx::Client, client::bingx::ClientOptions>(account, options_,
                                                                                  target_);
      if (!made) return tl::unexpected<Error>(made.error());
      bingx_.push_back(std::move(*made));
    } else {
      auto made = MakeClient<client::whitebit::Client, client::whitebit::ClientOptions>(
          account, options_, target_);
      if (!made) return tl::unexpected<Error>(made.error());
      whitebit_.push_back(std::move(*made));
    }
  }
  return {};
}

Result<void> Subscribers::OpenNext() {
  const std::size_t account = subscribers_.size() % accounts_.size();
  std::unique_ptr<client::streams::Protocol> protocol;
  if (options_.venue == Venue::kBingx) {
    protocol = std::make_unique<client::streams::BingxProtocol>(
        *bingx_[account], std::make_shared<SystemClock>(), kMostMessage);
  } else {
    protocol = std::make_unique<client::streams::WhitebitProtocol>(
        *whitebit_[account], std::vector<std::string>{kWhitebitMarket});
  }
  const client::Result<std::string> query = protocol->Prepare();
  if (!query) {
    return Fail(ErrorKind::kUnavailable,
                "a stream's key or token was not given: " + query.error().message);
  }
  const std::string path = options_.venue == Venue::kBingx ? "/market" : "/ws";
  subscribers_.push_back(
      MakeSubscriber(io_, plan_, target_.url.Authority(), std::move(protocol), *this));
  subscribers_.back()->Open(path + *query);
  return {};
}

Result<void> Subscribers::Open(std::int64_t deadline) {
  if (auto ok = MakeClients(); !ok) return ok;
  const auto wanted = static_cast<std::size_t>(options_.streams);
  while (ready_ < wanted && failure_.empty() && Now() < deadline) {
    while (subscribers_.size() < wanted && subscribers_.size() - ready_ < kOpening) {
      if (auto ok = OpenNext(); !ok) return ok;
    }
    io_.restart();
    io_.run_one_for(kLook);
  }
  if (!failure_.empty()) {
    return Fail(ErrorKind::kUnavailable, "a stream could not be opened: " + failure_);
  }
  if (ready_ < wanted) {
    return Fail(ErrorKind::kUnavailable, "of " + std::to_string(wanted) + " streams only " +
                                             std::to_string(ready_) + " could be opened in time");
  }
  ping_at_ = Now() + kPingEvery;
  ArmTick();
  io_.restart();
  thread_ = std::thread([this] { io_.run(); });
  return {};
}

void Subscribers::Committed(Commit commit) {
  const std::lock_guard lock(mutex_);
  commits_.push_back(std::move(commit));
}

void Subscribers::TakeCommits() {
  std::vector<Commit> commits;
  {
    const std::lock_guard lock(mutex_);
    commits.swap(commits_);
  }
  for (const Commit& commit : commits) delays_.Committed(commit);
}

void Subscribers::ArmTick() {
  tick_.expires_after(kLook);
  tick_.async_wait([this](const boost::system::error_code& error) {
    if (!error) Tick();
  });
}

void Subscribers::Tick() {
  TakeCommits();
  const std::int64_t now = Now();
  if (now >= ping_at_) {
    ping_at_ = now + kPingEvery;
    // BingX asks by itself.
    if (options_.venue == Venue::kWhitebit) {
      for (const auto& subscriber : subscribers_) subscriber->Ping();
    }
  }
  // It looks at all that is open, in the thread that reads frames.
  if (now >= forget_at_) {
    forget_at_ = now + kForgetEvery;
    delays_.Forget(UnixNow() - options_.drain.count());
  }
  if (finishing_) {
    if (finish_at_ == 0) finish_at_ = now + wait_;
    if (delays_.settled() || now >= finish_at_) return io_.stop();
  }
  ArmTick();
}

StreamFigures Subscribers::Finish(nanoseconds wait) {
  wait_ = wait.count();
  finishing_ = true;
  if (thread_.joinable()) thread_.join();
  delays_.Forget(std::numeric_limits<std::int64_t>::max());
  figures_.missing = delays_.missing();
  figures_.delay = delays_.delay();
  return figures_;
}

void Subscribers::OnReady(Subscriber& /*subscriber*/) { ++ready_; }

void Subscribers::OnOrder(Subscriber& subscriber, const client::streams::Sighting& order,
                          std::int64_t at) {
  // A commit is known by its limit order.
  if (order.is_stop) return;
  const bool ended =
      order.state == client::OrderState::kCancelled || order.state == client::OrderState::kFilled;
  if (subscriber.IsFirst(order.order_id, ended)) delays_.Heard(order.order_id, ended, at);
}

void Subscribers::OnEnd(Subscriber& /*subscriber*/, const std::string& why) {
  ++figures_.lost;
  failure_ = why;
}

}  // namespace ocokit::load

#include "mock_exchange/streams/stream.h"

#include <algorithm>
#include <utility>

namespace ocokit::mock::streams {

Stream::Stream(StreamHost& host, std::shared_ptr<Account> account, std::string remote_ip)
    : host_(host), remote_ip_(std::move(remote_ip)), account_(std::move(account)) {}

Stream::~Stream() = default;

StreamState Stream::State() const {
  StreamState out;
  out.remote_ip = remote_ip_;
  out.received = received_;
  out.sent = written_;
  out.behind = taken_ - out.sent;
  const std::lock_guard lock(mutex_);
  out.number = number_;
  out.opened = opened_;
  out.authorized = authorized_;
  out.topics = topics_;
  return out;
}

std::shared_ptr<Account> Stream::account() const {
  const std::lock_guard lock(mutex_);
  return account_;
}

void Stream::Cut(const ChannelEnd& how) {
  {
    const std::lock_guard lock(mutex_);
    cut_ = how;
  }
  wake_();
}

void Stream::OnOpen(std::function<void()> wake) {
  wake_ = std::move(wake);
  {
    const std::lock_guard lock(account_->mutex);
    const std::lock_guard own(mutex_);
    opened_ = account_->clock.Now();
  }
  const std::uint64_t number = host_.Enter(*this);
  {
    const std::lock_guard lock(mutex_);
    number_ = number;
  }
  account_->watchers.Add(this, wake_);
}

void Stream::Settle(TimePoint now) {
  const std::uint64_t life = account_->marks().lives;
  if (life_ == life) return;
  life_ = life;
  Begin(now);
}

void Stream::OnMessage(std::string_view bytes, bool binary) {
  ++received_;
  OnControl();
  Receive(bytes, binary);
}

void Stream::OnControl() {
  const AccountLock lock(*account_);
  const TimePoint now = account_->clock.Now();
  Settle(now);
  OnAlive(now);
}

ChannelTurn Stream::Take() {
  ChannelTurn turn;
  if (!end_) {
    const AccountLock lock(*account_);
    const TimePoint now = account_->clock.Now();
    Settle(now);
    Work(now);
    if (account_->removed) End({});
    max_waiting_bytes_ = account_->settings.stream_buffer;
    std::optional<TimePoint> due = NextDue();
    if (const auto other = account_->NextDue()) due = due ? std::min(*due, *other) : *other;
    if (due && !account_->clock.frozen()) {
      turn.next = std::max(std::chrono::microseconds(0), *due - now);
    }
  }
  {
    const std::lock_guard lock(mutex_);
    if (cut_) {
      said_.clear();
      end_ = cut_;
    }
  }
  turn.messages = std::exchange(said_, {});
  turn.end = end_;
  taken_ += turn.messages.size();
  return turn;
}

void Stream::OnWritten(std::size_t messages) { written_ += messages; }

void Stream::OnEnded(const ChannelEnded& /*how*/) {
  account_->watchers.Remove(this);
  host_.Leave(*this);
}

void Stream::Say(std::shared_ptr<const Message> message) { said_.push_back(std::move(message)); }

void Stream::End(const ChannelEnd& how) {
  if (!end_) end_ = how;
}

void Stream::MoveTo(std::shared_ptr<Account> account) {
  if (account == account_) return;
  account_->watchers.Remove(this);
  {
    const std::lock_guard lock(mutex_);
    account_ = std::move(account);
  }
  life_.reset();
  account_->watchers.Add(this, wake_);
}

void Stream::Show(bool authorized, std::vector<std::string> topics) {
  const std::lock_guard lock(mutex_);
  authorized_ = authorized;
  topics_ = std::move(topics);
}

}  // namespace ocokit::mock::streams

#include "mock_exchange/streams/stream.h"

#include <algorithm>
#include <utility>

namespace ocokit::mock::streams {
namespace {

// In nanoseconds.
std::int64_t SteadyNow() {
  return std::chrono::steady_clock::now().time_since_epoch() / std::chrono::nanoseconds(1);
}

}  // namespace

Stream::Stream(StreamHost& host, std::shared_ptr<Account> account, std::string remote_ip)
    : host_(host), remote_ip_(std::move(remote_ip)), account_(std::move(account)) {}

Stream::~Stream() { account_->watchers.Remove(this); }

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
  log_ = host_.LogOf(account_);
  gate_ = host_.MakeGate(account_->options.venue);
  {
    const std::lock_guard lock(account_->mutex);
    const std::lock_guard own(mutex_);
    opened_ = account_->clock.Now();
    now_ = opened_;
    log_bytes_ = account_->settings.journal_bytes;
  }
  Log(FrameView::Kind::kOpened, now_, nullptr);
  host_.Enter(*this);
  Watch();
  // Its time runs from here on: the client is told of the stream at any moment, and may move the
  // account's clock before the stream is asked for anything.
  const AccountLock lock(*account_);
  Settle(opened_);
}

void Stream::Watch() {
  account_->watchers.Add(this, [this] {
    std::int64_t unset = 0;
    changed_.compare_exchange_strong(unset, SteadyNow());
    wake_();
  });
}

void Stream::Log(FrameView::Kind kind, TimePoint now, std::shared_ptr<const Message> message,
                 const ChannelEnded& ended) {
  if (log_ == nullptr) return;
  log_->Append(
      {.at = now, .stream = number_, .kind = kind, .message = std::move(message), .ended = ended},
      log_bytes_);
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
  if (log_ != nullptr) {
    Log(FrameView::Kind::kReceived, now_,
        std::make_shared<const Message>(Message{.bytes = std::string(bytes), .binary = binary}));
  }
  Receive(bytes, binary);
}

void Stream::OnControl() {
  const AccountLock lock(*account_);
  now_ = account_->clock.Now();
  Settle(now_);
  OnAlive(now_);
}

ChannelTurn Stream::Take() {
  ChannelTurn turn;
  const std::int64_t changed = changed_.exchange(0);
  if (!ended_) {
    const AccountLock lock(*account_);
    TakeFrom(*account_, turn);
  }
  {
    const std::lock_guard lock(mutex_);
    if (cut_) {
      turn.messages.clear();
      turn.end = cut_;
    }
  }
  ended_ |= turn.end.has_value();
  taken_ += turn.messages.size();
  waiting_.insert(waiting_.end(), turn.messages.size(), changed);
  for (const auto& message : turn.messages) Log(FrameView::Kind::kSent, now_, message);
  return turn;
}

void Stream::TakeFrom(Account& account, ChannelTurn& turn) {
  now_ = account.clock.Now();
  Settle(now_);
  if (!end_) Work(now_);
  if (account.removed) End({});
  max_waiting_bytes_ = account.settings.stream_buffer;
  log_bytes_ = account.settings.journal_bytes;
  Gate::Passed passed{.messages = std::exchange(said_, {})};
  if (gate_ != nullptr) passed = gate_->Pass(account, std::move(passed.messages));
  turn.messages = std::move(passed.messages);
  turn.end = passed.end;
  turn.next = passed.next;
  // What is held back goes out first.
  if (end_ && !turn.end && !turn.next) turn.end = end_;
  std::optional<TimePoint> due = NextDue();
  if (const auto other = account.NextDue()) due = due ? std::min(*due, *other) : *other;
  if (!due || account.clock.frozen()) return;
  const auto wait = std::max(std::chrono::microseconds(0), *due - now_);
  turn.next = turn.next ? std::min(*turn.next, wait) : wait;
}

void Stream::OnWritten(std::size_t messages) {
  written_ += messages;
  const std::int64_t now = SteadyNow();
  for (; messages != 0; --messages) {
    if (const std::int64_t changed = waiting_.front(); changed != 0) {
      host_.CountDelay(account_->options.venue, std::chrono::nanoseconds(now - changed));
    }
    waiting_.pop_front();
  }
}

void Stream::OnEnded(const ChannelEnded& how) {
  account_->watchers.Remove(this);
  host_.Leave(*this);
  {
    const std::lock_guard lock(account_->mutex);
    now_ = account_->clock.Now();
  }
  Log(FrameView::Kind::kClosed, now_, nullptr, how);
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
  log_ = host_.LogOf(account_);
  Watch();
}

void Stream::Show(bool authorized, std::vector<std::string> topics) {
  const std::lock_guard lock(mutex_);
  authorized_ = authorized;
  topics_ = std::move(topics);
}

}  // namespace ocokit::mock::streams

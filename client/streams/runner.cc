#include "client/streams/runner.h"

#include <algorithm>
#include <exception>
#include <system_error>

#include "client/core/bad_field.h"

namespace ocokit::client::streams {
namespace {

// How often the clock is looked at, and what was followed, while nothing is heard.
constexpr milliseconds kTick{100};
// How soon after something doubtful the orders are read: what is under way may settle it.
constexpr milliseconds kSettle{500};
// How long the answer to the closing frame may take when the stream is stopped.
constexpr milliseconds kFarewell{500};

}  // namespace

Result<void> Runner::CheckOptions(const StreamOptions& options) {
  if (!ParseStreamUrl(options.url)) {
    return BadField("url", "must be ws:// or wss://, a host, and a path without a query");
  }
  const std::pair<const char*, milliseconds> times[] = {
      {"connect_timeout", options.connect_timeout}, {"reply_timeout", options.reply_timeout},
      {"silence_limit", options.silence_limit},     {"ping_interval", options.ping_interval},
      {"read_interval", options.read_interval},     {"backoff.first", options.backoff.first}};
  for (const auto& [name, time] : times) {
    if (time <= milliseconds::zero()) return BadField(name, "must be positive");
  }
  if (options.ping_interval >= options.silence_limit) {
    return BadField("ping_interval", "must be shorter than silence_limit");
  }
  if (options.backoff.longest < options.backoff.first) {
    return BadField("backoff.longest", "must not be shorter than backoff.first");
  }
  if (!(options.backoff.factor >= 1)) return BadField("backoff.factor", "must be 1 or more");
  if (!(options.backoff.jitter >= 0 && options.backoff.jitter <= 1)) {
    return BadField("backoff.jitter", "must be 0 to 1");
  }
  if (options.max_message_bytes == 0) return BadField("max_message_bytes", "must be positive");
  return {};
}

Runner::Runner(StreamOptions options, StreamHandler handler, std::unique_ptr<Protocol> protocol)
    : options_(std::move(options)),
      handler_(std::move(handler)),
      url_(ParseStreamUrl(options_.url).value_or(StreamUrl())),
      protocol_(std::move(protocol)),
      backoff_(options_.backoff) {}

Runner::~Runner() { Stop(); }

Result<void> Runner::Start() {
  if (thread_.joinable()) return {};
  try {
    thread_ = std::thread([this] { Run(); });
  } catch (const std::system_error& e) {
    return tl::unexpected<Error>(
        Error{.kind = ErrorKind::kUnavailable, .message = e.what(), .retry_safe = true});
  }
  return {};
}

void Runner::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    if (connection_ != nullptr) connection_->Interrupt();
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Runner::Follow(Wanted order, std::string pair_id) {
  const std::lock_guard lock(mutex_);
  followed_.emplace_back(std::move(order), std::move(pair_id));
}

bool Runner::IsStopping() {
  const std::lock_guard lock(mutex_);
  return stopping_;
}

bool Runner::Pause(milliseconds duration) {
  std::unique_lock lock(mutex_);
  return !wake_.wait_for(lock, duration, [this] { return stopping_; });
}

template <typename Callback, typename... Arguments>
void Runner::Call(const Callback& callback, const Arguments&... arguments) {
  if (!callback) return;
  try {
    callback(arguments...);
  } catch (...) {
    // Another's exception must not end the stream, and there is nobody to hand it to.
  }
}

void Runner::Report(const std::vector<OrderEvent>& events) {
  for (const OrderEvent& event : events) {
    protocol_->AddMarket(event.market);
    Call(handler_.on_event, event);
  }
}

void Runner::ReportProblem(const Error& error) { Call(handler_.on_problem, error); }

void Runner::Run() {
  while (true) {
    try {
      if (!Round()) return;
    } catch (const std::exception&) {
      // No memory: what was read is read again.
      is_gap_ = true;
      if (!Pause(options_.backoff.longest)) return;
    }
  }
}

bool Runner::Round() {
  if (!read_until_ && !ReadBaseline()) return false;
  const std::string reason = Connect();
  if (IsStopping()) return false;
  is_gap_ = true;
  Call(handler_.on_disconnected, reason);
  return Pause(backoff_.Next());
}

bool Runner::ReadBaseline() {
  while (!IsStopping()) {
    TakeFollowed();
    TimePoint now{};
    heard_at_ = options_.clock->Now();
    const Result<Reading> reading = protocol_->Read(ledger_.Open(), std::nullopt, &now);
    if (reading) {
      for (const Sighting& seen : reading->sightings) Report(ledger_.TakeBaseline(seen));
      read_until_ = now;
      backoff_.Reset();
      return true;
    }
    ReportProblem(reading.error());
    if (!Pause(backoff_.Next())) return false;
  }
  return false;
}

void Runner::TakeFollowed() {
  std::vector<std::pair<Wanted, std::string>> followed;
  {
    const std::lock_guard lock(mutex_);
    followed.swap(followed_);
  }
  for (const auto& [order, pair_id] : followed) {
    // Its frames may have come and gone before the stream was there.
    if (ledger_.Follow(order, pair_id)) next_read_ = std::min(next_read_, Steady::now() + kSettle);
    protocol_->AddMarket(order.market);
  }
}

std::string Runner::Connect() {
  const Result<std::string> query = protocol_->Prepare();
  if (!query) {
    ReportProblem(query.error());
    return "no key for the stream: " + query.error().message;
  }
  const auto connection = std::make_shared<Connection>(
      ConnectionOptions{.ca_file = options_.ca_file,
                        .verify_certificate = options_.verify_certificate,
                        .max_message_bytes = options_.max_message_bytes});
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return {};
    connection_ = connection;
  }
  const auto opened = connection->Open(url_, *query, Steady::now() + options_.connect_timeout);
  std::string reason = opened ? Converse(*connection) : opened.error().message;
  const std::lock_guard lock(mutex_);
  connection_.reset();
  return reason;
}

std::string Runner::Converse(Connection& connection) {
  const Steady::time_point ready_by = Steady::now() + options_.reply_timeout;
  Steady::time_point silent_at = Steady::now() + options_.silence_limit;
  Steady::time_point ping_at = Steady::now() + options_.ping_interval;
  bool was_ready = false;
  if (std::string end = Act(connection, {.answers = protocol_->Greet()}); !end.empty()) return end;
  while (!IsStopping()) {
    auto message = connection.Receive(Steady::now() + kTick);
    if (!message) return message.error().message;
    TakeFollowed();
    if (*message) {
      silent_at = Steady::now() + options_.silence_limit;
      heard_at_ = options_.clock->Now();
      const Heard heard = protocol_->OnMessage(**message);
      if (std::string end = Act(connection, heard); !end.empty()) return end;
    }
    const Steady::time_point now = Steady::now();
    if (now >= silent_at) return "nothing was heard for too long";
    const bool ping = now >= ping_at;
    if (ping) ping_at = now + options_.ping_interval;
    if (std::string end = Act(connection, protocol_->OnTick(ping)); !end.empty()) return end;
    if (!was_ready && !protocol_->IsReady()) {
      if (now >= ready_by) return "the venue did not answer a subscription";
      continue;
    }
    if (!was_ready) {
      if (!ReadOrders()) return "the orders could not be read";
      was_ready = true;
      backoff_.Reset();
      Call(handler_.on_connected);
    }
    if (ledger_.HasOpenDeals()) next_read_ = std::min(next_read_, now + kSettle);
    if (now >= next_read_ && !ReadOrders()) next_read_ = now + options_.read_interval;
  }
  connection.Close(Steady::now() + kFarewell);
  return {};
}

std::string Runner::Act(Connection& connection, const Heard& heard) {
  for (const std::string& answer : heard.answers) {
    const auto sent = connection.Send(answer, Steady::now() + options_.reply_timeout);
    if (!sent) return sent.error().message;
  }
  for (const Deal& deal : heard.deals) ledger_.Take(deal);
  for (const Sighting& seen : heard.sightings) Report(ledger_.Take(seen, /*from_rest=*/false));
  if (heard.problem) ReportProblem(*heard.problem);
  if (heard.is_doubtful) next_read_ = std::min(next_read_, Steady::now() + kSettle);
  return heard.end;
}

bool Runner::ReadOrders() {
  TimePoint now{};
  const TimePoint from = heard_at_;
  const Result<Reading> reading = protocol_->Read(ledger_.Open(), read_until_, &now);
  if (!reading) {
    ReportProblem(reading.error());
    return false;
  }
  GapInfo gap{.from = from, .until = options_.clock->Now(), .complete = reading->complete};
  for (const Sighting& seen : reading->sightings) {
    const std::vector<OrderEvent> events = ledger_.Take(seen, /*from_rest=*/true);
    gap.recovered += events.size();
    Report(events);
  }
  ledger_.ForgetDeals();
  read_until_ = now;
  next_read_ = Steady::now() + options_.read_interval;
  if (is_gap_ || gap.recovered != 0 || !gap.complete) Call(handler_.on_gap, gap);
  is_gap_ = false;
  return true;
}

}  // namespace ocokit::client::streams

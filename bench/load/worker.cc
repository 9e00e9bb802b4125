#include "bench/load/worker.h"

#include <sys/prctl.h>
#include <sys/resource.h>

#include <cstdio>

#include "bench/load/now.h"
#include "bench/load/reconnect.h"
#include "bench/load/reply_reader.h"

namespace ocokit::load {
namespace {

using std::chrono::steady_clock;

// How often is looked for requests that have waited too long, connections to open again, a stop.
constexpr std::int64_t kTick = 20'000'000;

steady_clock::time_point At(std::int64_t ns) {
  return steady_clock::time_point(
      std::chrono::duration_cast<steady_clock::duration>(std::chrono::nanoseconds(ns)));
}

double Seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

// Of the calling thread.
Usage UsageNow() {
  Usage usage;
  rusage own{};
  if (getrusage(RUSAGE_THREAD, &own) == 0) {
    usage.running = Seconds(own.ru_utime) + Seconds(own.ru_stime);
  }
  unsigned long long ran = 0;
  unsigned long long waited = 0;
  if (std::FILE* file = std::fopen("/proc/thread-self/schedstat", "r")) {
    if (std::fscanf(file, "%llu %llu", &ran, &waited) == 2) {
      usage.waiting = static_cast<double>(waited) / 1e9;
    }
    std::fclose(file);
  }
  return usage;
}

std::string TroubleLabel(const client::Error& error, int status) {
  if (error.code) return "code " + std::to_string(*error.code);
  return "HTTP " + std::to_string(status) + (status / 100 == 2 ? ", unreadable" : "");
}

}  // namespace

Worker::Worker(const LoadOptions& options, const ConnectionPlan& plan, int thread,
               const std::vector<Identity>& identities, const std::string& id_prefix,
               CommitSink* commits)
    : options_(options),
      commits_(commits),
      schedule_(options, options.warmup + options.duration, thread) {
  lanes_.reserve(identities.size());
  for (const Identity& identity : identities) {
    const std::size_t index = lanes_.size();
    char own[16];
    std::snprintf(own, sizeof own, "%02d%05zu", thread, index);
    lanes_.push_back(Lane{
        MakeConnection(io_, plan, *this, index),
        options.venue == Venue::kBingx ? MakeBingxCalls(identity) : MakeWhitebitCalls(identity),
        Turns(options.mix, id_prefix + own), identity.account});
  }
}

Worker::~Worker() {
  // What was started on them is told while they are still there.
  for (Lane& lane : lanes_) lane.connection->Close();
  io_.restart();
  io_.poll();
}

Result<void> Worker::Connect(std::int64_t deadline) {
  for (Lane& lane : lanes_) lane.connection->Open();
  while (open_ < lanes_.size() && failure_.empty() && Now() < deadline) {
    io_.restart();
    io_.run_one_until(At(deadline));
  }
  if (!failure_.empty()) return ocokit::Fail(ErrorKind::kUnavailable, failure_);
  if (open_ < lanes_.size()) {
    return ocokit::Fail(ErrorKind::kUnavailable, "not all connections could be opened in time");
  }
  return {};
}

void Worker::Run(std::int64_t start, const std::atomic<bool>& stop) {
  start_ = start;
  end_ = (options_.warmup + options_.duration).count();
  stop_ = &stop;
  tally_ = std::make_unique<Tally>(start + options_.warmup.count());
  running_ = true;
  // Linux lets timers be 50 us late unless it is told otherwise.
  prctl(PR_SET_TIMERSLACK, 1UL, 0UL, 0UL, 0UL);
  before_ = UsageNow();
  began_ = Now();
  ArmTick();
  SendDue();
  io_.restart();
  io_.run();
  CountCost();
  tally_->Finish();
}

void Worker::CountCost() {
  if (cost_known_) return;
  cost_known_ = true;
  const Usage after = UsageNow();
  const double took = static_cast<double>(Now() - began_) / 1e9;
  cost_.busy = (after.running - before_.running) / took;
  cost_.waiting = after.waiting < 0 ? -1 : (after.waiting - before_.waiting) / took;
}

void Worker::OnOpen(Connection& connection) {
  Lane& lane = lanes_[connection.index()];
  ++open_;
  if (running_) ++reconnects_;
  BeIdle(lane, Now());
  SendDue();
}

void Worker::BeIdle(Lane& lane, std::int64_t now) {
  lane.free_since = now;
  if (lane.idle) return;
  lane.idle = true;
  idle_.push_back(&lane);
}

bool Worker::TakeIdle(Lane*& lane) {
  while (!idle_.empty()) {
    lane = idle_.front();
    idle_.pop_front();
    lane->idle = false;
    // One that was closed since is idle no more.
    if (lane->connection->open()) return true;
  }
  return false;
}

void Worker::SendDue() {
  if (!running_ || over_) return;
  Lane* lane = nullptr;
  while (!schedule_.done()) {
    const std::int64_t now = Now();
    const std::int64_t due = start_ + schedule_.next();
    if (due > now) {
      // Where no connection is free, the next reply leads here again.
      if (armed_ || idle_.empty()) return;
      armed_ = true;
      due_.expires_at(At(due));
      due_.async_wait([this](const boost::system::error_code& error) {
        armed_ = false;
        if (!error) SendDue();
      });
      return;
    }
    if (!TakeIdle(lane)) return;
    schedule_.Advance();
    Send(*lane, due, now);
  }
}

void Worker::Send(Lane& lane, std::int64_t intended, std::int64_t now) {
  lane.times = RequestTimes{};
  lane.times.intended = intended;
  lane.times.picked = now;
  lane.times.free_since = lane.free_since;
  lane.turn = lane.turns.Next();
  WriteTimes written;
  lane.calls->Write(lane.turn.call, lane.turn.id, lane.request, written);
  lane.times.serialize = written.serialize;
  lane.times.sign = written.sign;
  const std::int64_t before = Now();
  std::string why;
  const bool sent = lane.connection->Send(lane.request, why);
  lane.times.written = Now();
  lane.times.write = lane.times.written - before;
  lane.busy = true;
  ++busy_;
  progress_.sent.fetch_add(1, std::memory_order_relaxed);
  if (sent) return tally_->Sent(lane.times);
  --open_;
  Fail(lane, why + " while written");
  Reopen(lane, lane.times.written);
}

void Worker::OnFirstByte(Connection& connection) {
  Lane& lane = lanes_[connection.index()];
  if (lane.busy && lane.times.first_byte == 0) lane.times.first_byte = Now();
}

void Worker::OnReply(Connection& connection, client::HttpResponse response) {
  Lane& lane = lanes_[connection.index()];
  if (!lane.busy) {
    // Nobody asked for it: what comes next on this connection could be anybody's answer.
    connection.Close();
    --open_;
    return Reopen(lane, Now());
  }
  lane.carried = true;
  lane.times.done = Now();
  const std::optional<client::Error> error = lane.calls->Read(lane.turn.call, response, lane.order);
  const std::int64_t parsed = Now();
  lane.times.parse = parsed - lane.times.done;
  lane.times.server = ReadServerTiming(response.Header("Server-Timing"));
  lane.busy = false;
  --busy_;
  const int code = error && error->code ? static_cast<int>(*error->code) : 0;
  tally_->Ended(lane.turn.call, response.status, code);
  if (!error) {
    tally_->Accepted(lane.times);
    TellCommit(lane, response.Header("Server-Timing"));
    progress_.accepted.fetch_add(1, std::memory_order_relaxed);
    lane.turns.Done(lane.turn, true, false);
  } else {
    const bool refused = error->code || response.status / 100 == 4;
    tally_->Troubled(refused ? Trouble::kRefused : Trouble::kReply,
                     TroubleLabel(*error, response.status), lane.times, lane.times.done);
    progress_.troubled.fetch_add(1, std::memory_order_relaxed);
    lane.turns.Done(lane.turn, false, error->outcome_unknown || error->transient);
  }
  if (connection.open()) BeIdle(lane, lane.times.done);
  SendDue();
  EndIfDone();
}

void Worker::TellCommit(const Lane& lane, std::string_view server_timing) {
  if (commits_ == nullptr || lane.turn.call == Call::kList) return;
  const std::int64_t at = ReadCommitTime(server_timing);
  if (at < 0) return;
  commits_->Committed({.order = lane.order,
                       .ended = lane.turn.call == Call::kCancel,
                       .account = lane.account,
                       .at = at,
                       .measured = tally_->Measures(lane.times.intended)});
}

// It will have no reply.
void Worker::EndRequest(Lane& lane) {
  lane.busy = false;
  --busy_;
  progress_.troubled.fetch_add(1, std::memory_order_relaxed);
  lane.turns.Done(lane.turn, false, true);
}

void Worker::Fail(Lane& lane, const std::string& label) {
  tally_->Troubled(Trouble::kTransport, label, lane.times, Now());
  EndRequest(lane);
}

void Worker::TimeOut(Lane& lane, std::int64_t now) {
  tally_->CountUncertain();
  tally_->TimedOut(lane.times, now);
  EndRequest(lane);
  lane.connection->Close();
  --open_;
  Reopen(lane, now);
}

// At once where the last one was of use, and after a pause where it was not.
void Worker::Reopen(Lane& lane, std::int64_t now) {
  if (lane.carried) {
    lane.carried = false;
    lane.fruitless = 0;
    lane.connection->Open();
    return;
  }
  lane.down = true;
  lane.open_at = now + ReconnectPause(lane.fruitless);
  ++lane.fruitless;
}

void Worker::OnLost(Connection& connection, const std::string& label, bool opened) {
  Lane& lane = lanes_[connection.index()];
  if (!running_) {
    failure_ = label;
    return;
  }
  if (opened) --open_;
  if (lane.busy) Fail(lane, label);
  if (over_) return;
  Reopen(lane, Now());
  EndIfDone();
}

void Worker::ArmTick() {
  tick_.expires_at(At(std::max(start_, Now() + kTick)));
  tick_.async_wait([this](const boost::system::error_code& error) {
    if (!error) Tick();
  });
}

void Worker::Tick() {
  const std::int64_t now = Now();
  if (stop_->load(std::memory_order_relaxed)) {
    schedule_.EndAt(now - start_);
    end_ = std::min(end_, now - start_);
  }
  for (Lane& lane : lanes_) {
    if (lane.busy && now - lane.times.written > options_.timeout.count()) {
      TimeOut(lane, now);
    } else if (lane.down && now >= lane.open_at) {
      lane.down = false;
      lane.connection->Open();
    }
  }
  if (now >= start_ + end_) CountCost();
  if (now > start_ + end_ + options_.drain.count()) GiveUp(now);
  EndIfDone();
  if (!over_) ArmTick();
}

void Worker::GiveUp(std::int64_t now) {
  for (Lane& lane : lanes_) {
    if (!lane.busy) continue;
    lane.busy = false;
    tally_->CountUncertain();
    tally_->Unanswered(lane.times.intended, now);
  }
  busy_ = 0;
  for (; !schedule_.done(); schedule_.Advance()) {
    tally_->Unanswered(start_ + schedule_.next(), now);
  }
}

void Worker::EndIfDone() {
  if (over_ || !running_ || busy_ != 0 || !schedule_.done()) return;
  over_ = true;
  for (Lane& lane : lanes_) lane.connection->Close();
  due_.cancel();
  tick_.cancel();
}

}  // namespace ocokit::load

#include "mock_exchange/exchange/passage.h"

#include <string>
#include <utility>

#include "mock_exchange/exchange/examine.h"
#include "mock_exchange/faults/apply.h"
#include "mock_exchange/wire/websocket_offer.h"

namespace ocokit::mock {
namespace {

using std::chrono::microseconds;

constexpr int kSwitchingProtocols = 101;

// https://www.w3.org/TR/server-timing/ has milliseconds.
std::string Milliseconds(std::chrono::nanoseconds time) {
  std::string digits = std::to_string(time.count());
  constexpr std::size_t kDecimals = 6;
  if (digits.size() <= kDecimals) digits.insert(0, kDecimals + 1 - digits.size(), '0');
  return digits.insert(digits.size() - kDecimals, 1, '.');
}

// By the machine's clock, so that who measures can hold its own against it.
std::int64_t UnixNanoseconds() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

void AddTimingHeader(const PhaseTimes& times, Response& response) {
  response.headers.push_back(
      {"Server-Timing", "authenticate;dur=" + Milliseconds(times.authenticate) +
                            ", decide;dur=" + Milliseconds(times.decide) +
                            ", delay;dur=" + Milliseconds(times.delay) +
                            ", commit;desc=" + std::to_string(UnixNanoseconds())});
}

// The first of what the doctor names.
void Tell(RequestRecord& told, const std::string& named) {
  const std::string id = named.substr(0, named.find(','));
  if (id != kNothingWrong) told.diagnosis = id;
}

}  // namespace

Passage::Passage(Exchange& exchange, Request request)
    : exchange_(&exchange), request_(std::move(request)), to_(exchange.Address(request_)) {}

Answer Passage::Go() {
  Answer answer;
  {
    std::optional<AccountLock> lock;
    if (to_.view != nullptr) lock.emplace(to_.view->account);
    MatchFaults();
    if (waited_.count() == 0) answer = CarryOut();
  }
  return waited_.count() == 0 ? Finish(std::move(answer)) : Later();
}

void Passage::MatchFaults() {
  if (to_.api == nullptr || to_.view->account.faults.empty()) return;
  hits_ = to_.view->account.faults.Match(request_);
  waited_ = faults::DelayBefore(hits_);
}

Answer Passage::Later() {
  Answer later;
  later.delay = waited_;
  later.next = [rest = std::make_shared<Passage>(std::move(*this))] {
    Answer answer;
    {
      const AccountLock lock(rest->to_.view->account);
      answer = rest->CarryOut();
    }
    return rest->Finish(std::move(answer));
  };
  return later;
}

Answer Passage::CarryOut() {
  start_ = std::chrono::steady_clock::now();
  if (hits_.empty()) return Conclude(Exchange::Decide(request_, to_), microseconds(0));
  faults::Incident incident{request_, to_.view->account, *to_.api};
  faults::ApplyBefore(hits_, incident);
  std::optional<SkewedTime> skewed;
  if (incident.skew.count() != 0) skewed.emplace(to_.view->account, incident.skew);
  if (!incident.answered) incident.reply = Exchange::Decide(request_, to_);
  faults::ApplyAfter(hits_, incident);
  Answer answer = Conclude(std::move(incident.reply), incident.delay);
  answer.delivery = incident.delivery;
  answer.delay = incident.delay;
  return answer;
}

Answer Passage::Conclude(Reply reply, microseconds delay) {
  PhaseTimes times;
  times.read = request_.read_time;
  times.delay = waited_ + delay;
  const auto end = std::chrono::steady_clock::now();
  times.authenticate = reply.authenticated.value_or(end) - start_;
  times.decide = end - start_ - times.authenticate;
  if (to_.api != nullptr) {
    exchange_->counts_.Count(to_.view->account.options.venue, reply.row, request_.Path(),
                             {reply.response.status, reply.decision.code},
                             times.authenticate + times.decide);
    for (const std::string& fault : reply.faults) exchange_->counts_.CountFault(fault);
  }

  Tenant* tenant = to_.view != nullptr && !to_.view->id.empty() ? to_.view.get() : nullptr;
  static const Settings kNobodys;
  const Settings& settings = tenant != nullptr ? tenant->account.settings : kNobodys;
  const Exchange::Observer& observer = exchange_->observer_;
  if (settings.timing_header) AddTimingHeader(times, reply.response);
  Answer answer;
  if (reply.response.status == kSwitchingProtocols) OpenStream(answer);
  answer.response = Share(std::move(reply.response));
  if (settings.journal_bytes == 0 && !settings.diagnosis_header && !observer.on_request) {
    return answer;
  }
  const auto record = std::make_shared<Record>();
  record->at = to_.view != nullptr ? to_.view->account.clock.Now() : exchange_->clock_->Now();
  record->request = std::move(request_);
  record->response = answer.response;
  record->decision = std::move(reply.decision);
  record->faults = std::move(reply.faults);
  record->times = times;
  record->stream = stream_;
  if (tenant != nullptr && NeedsDoctor(*record)) {
    record->context = ContextOf(tenant->account);
    record->diagnosis_header = settings.diagnosis_header;
    const bool told = observer.on_request && observer.diagnose;
    if (settings.diagnosis_header || told) sick_ = record;
  }
  if (observer.on_request) told_ = exchange_->Describe(*record, tenant);
  Journal& journal = tenant != nullptr ? tenant->journal : exchange_->strays_;
  if (settings.journal_bytes == 0) {
    seq_ = journal.last_seq() + 1;
    return answer;
  }
  journal.Append(record, settings.journal_bytes);
  seq_ = record->seq;
  answer.on_sent = [record](const Sent& sent) {
    if (!sent.failed && sent.bytes != 0) record->write = sent.took.count();
  };
  return answer;
}

void Passage::OpenStream(Answer& answer) {
  answer.websocket_key = ReadWebSocketOffer(request_).key;
  const auto stream = to_.api->OpenStream(
      request_, std::shared_ptr<Account>(to_.view, &to_.view->account), *exchange_);
  stream_ = exchange_->open_streams_->NextNumber();
  stream->SetNumber(stream_);
  answer.channel = stream;
}

Answer Passage::Finish(Answer answer) {
  if (exchange_->meter_->IsOver()) exchange_->Reclaim();
  TakeCareOf(answer);
  return answer;
}

void Passage::TakeCareOf(Answer& answer) {
  const Exchange::Observer& observer = exchange_->observer_;
  if (sick_ != nullptr && sick_->diagnosis_header) {
    const std::string named = NameForReply(*to_.view, *sick_, seq_);
    if (!named.empty()) answer.more_headers.push_back({kDiagnosisHeader, named});
    if (told_ && observer.diagnose) Tell(*told_, named);
  } else if (sick_ != nullptr) {
    // The reply does not wait for what it does not show.
    answer.on_sent = [&observer, tenant = to_.view, sick = std::move(sick_), seq = seq_,
                      told = std::move(*told_),
                      kept = std::move(answer.on_sent)](const Sent& sent) mutable {
      if (kept) kept(sent);
      Tell(told, NameForLog(*tenant, *sick, seq));
      observer.on_request(told);
    };
    return;
  }
  if (told_) observer.on_request(*told_);
}

}  // namespace ocokit::mock

#include "mock_exchange/faults/frame_gate.h"

#include <algorithm>
#include <variant>

namespace ocokit::mock::faults {
namespace {

using std::chrono::microseconds;

void ApplyOne(const FaultHit& hit, FrameIncident& incident) {
  std::visit(
      [&](const auto& action) {
        // Those of requests are never at this point.
        if constexpr (requires { Apply(action, hit, incident); }) Apply(action, hit, incident);
      },
      hit.fault->action);
}

}  // namespace

streams::Gate::Passed FrameGate::Pass(Account& account,
                                      std::vector<std::shared_ptr<const Message>> said) {
  Passed out;
  const bool plain = queue_.empty() && after_next_ == nullptr && silent_.empty() && !all_silent_;
  if (plain && !account.faults.HasFrameFaults()) {
    out.messages = std::move(said);
    return out;
  }
  for (std::shared_ptr<const Message>& message : said) {
    if (!PassOne(account, std::move(message), out)) break;
  }
  const auto now = SteadyClock::now();
  while (!queue_.empty() && queue_.front().first <= now) {
    out.messages.push_back(std::move(queue_.front().second));
    queue_.pop_front();
  }
  if (!queue_.empty()) {
    out.next = std::chrono::ceil<microseconds>(queue_.front().first - now);
  }
  return out;
}

bool FrameGate::PassOne(Account& account, std::shared_ptr<const Message> message, Passed& out) {
  const streams::FrameFacts facts = venue_.FactsOf(message->Text());
  if (all_silent_ || silent_.contains(facts.channel)) return true;
  FrameIncident incident{.account = account, .facts = facts, .message = std::move(message)};
  for (const FaultHit& hit : account.faults.MatchFrame(facts.channel)) {
    ApplyOne(hit, incident);
    count_(hit.id + " " + std::string(Name(hit.fault->action)));
  }
  if (incident.end) {
    out.end = incident.end;
    return false;
  }
  all_silent_ = incident.all_silent;
  if (incident.silent) silent_.insert(facts.channel);
  if (incident.silent || incident.all_silent) return true;
  if (incident.after_next && incident.copies != 0 && after_next_ == nullptr) {
    after_next_ = incident.message;
    return true;
  }
  Queue(incident.message, incident.copies, incident.delay);
  if (const auto held = std::exchange(after_next_, nullptr)) Queue(held, 1, microseconds(0));
  return true;
}

void FrameGate::Queue(const std::shared_ptr<const Message>& message, int copies,
                      microseconds delay) {
  auto due = SteadyClock::now() + delay;
  // None overtakes another.
  if (!queue_.empty()) due = std::max(due, queue_.back().first);
  for (int i = 0; i < copies; ++i) queue_.emplace_back(due, message);
}

}  // namespace ocokit::mock::faults

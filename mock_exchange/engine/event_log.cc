#include "mock_exchange/engine/event_log.h"

#include <algorithm>

namespace ocokit::mock::engine {

const Event& EventLog::Append(const Event& event) {
  const EventSeq seq = ++last_;
  if (command_ == 0) command_ = seq;
  const std::uint64_t number = (seq - 1) / kPageSize;
  if (pages_.empty()) first_page_ = number;
  if (pages_.size() <= number - first_page_) AddPage();
  Page& page = pages_.back();
  // Never beyond a page, also where a copy of the log has left no room in its last one.
  if (page.size() == page.capacity()) {
    page.reserve(std::min(kPageSize, std::max<std::size_t>(1, 2 * page.size())));
  }
  Event& kept = page.emplace_back(event);
  kept.seq = seq;
  kept.command = command_;
  return kept;
}

void EventLog::AddPage() {
  Page page;
  if (bytes() + kPageSize * sizeof(Event) > kMaxBytes && !pages_.empty()) {
    // The oldest becomes the newest: a full log asks malloc for nothing.
    page = std::move(pages_.front());
    pages_.pop_front();
    ++first_page_;
    page.clear();
  } else if (!pages_.empty()) {
    page.reserve(kPageSize);
  }
  pages_.push_back(std::move(page));
}

EventSeq EventLog::first() const {
  return pages_.empty() ? last_ + 1 : first_page_ * kPageSize + 1;
}

const Event* EventLog::Find(EventSeq seq) const {
  if (seq > last_ || seq < first()) return nullptr;
  return &pages_[(seq - 1) / kPageSize - first_page_][(seq - 1) % kPageSize];
}

void EventLog::ForgetBefore(TimePoint time) {
  while (!pages_.empty() && pages_.front().size() == kPageSize && pages_.front().back().at < time) {
    pages_.pop_front();
    ++first_page_;
  }
}

std::uint32_t EventLog::Number(std::string_view asset) {
  const auto at = std::ranges::find(assets_, asset);
  const auto number = static_cast<std::uint32_t>(at - assets_.begin());
  if (at == assets_.end()) assets_.emplace_back(asset);
  return number;
}

}  // namespace ocokit::mock::engine

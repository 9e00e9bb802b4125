#include "mock_exchange/journal/journal.h"

#include <algorithm>
#include <utility>

namespace ocokit::mock {
namespace {

// What an allocation takes beside its content, and the ring for a record.
constexpr std::size_t kOverhead = 64;

std::size_t BytesOf(const std::vector<Header>& headers) {
  std::size_t out = headers.capacity() * sizeof(Header);
  for (const Header& header : headers) out += header.name.size() + header.value.size();
  return out;
}

}  // namespace

std::size_t Record::Bytes() const {
  return sizeof(Record) + kOverhead + request.method.size() + request.target.size() +
         BytesOf(request.headers) + request.body.size() + BytesOf(response.headers) +
         response.body.size() + decision.rule.size() + decision.lenient.size();
}

void Journal::Append(const std::shared_ptr<Record>& record, std::size_t max_bytes) {
  std::vector<std::function<void()>> woken;
  // What is forgotten is freed without the lock.
  std::vector<std::shared_ptr<Record>> forgotten;
  {
    const std::lock_guard lock(mutex_);
    record->seq = ++last_seq_;
    records_.push_back(record);
    bytes_ += record->Bytes();
    forgotten = TakeOldest(max_bytes);
    woken.swap(waiting_);
  }
  for (const std::function<void()>& wake : woken) wake();
}

std::vector<std::shared_ptr<Record>> Journal::Read(std::uint64_t after, std::size_t limit) const {
  const std::lock_guard lock(mutex_);
  auto first = std::ranges::upper_bound(records_, after, {}, &Record::seq);
  const auto there = static_cast<std::size_t>(records_.end() - first);
  return {first, first + static_cast<std::ptrdiff_t>(std::min(limit, there))};
}

std::vector<std::shared_ptr<Record>> Journal::Before(std::uint64_t seq, std::size_t count) const {
  const std::lock_guard lock(mutex_);
  const auto last = std::ranges::lower_bound(records_, seq, {}, &Record::seq);
  const auto there = static_cast<std::size_t>(last - records_.begin());
  return {last - static_cast<std::ptrdiff_t>(std::min(count, there)), last};
}

std::uint64_t Journal::last_seq() const {
  const std::lock_guard lock(mutex_);
  return last_seq_;
}

std::size_t Journal::bytes() const {
  const std::lock_guard lock(mutex_);
  return bytes_;
}

void Journal::Clear() {
  std::deque<std::shared_ptr<Record>> forgotten;
  const std::lock_guard lock(mutex_);
  forgotten.swap(records_);
  bytes_ = 0;
}

std::vector<std::shared_ptr<Record>> Journal::TakeOldest(std::size_t max_bytes) {
  std::vector<std::shared_ptr<Record>> out;
  while (!records_.empty() && bytes_ > max_bytes) {
    bytes_ -= records_.front()->Bytes();
    out.push_back(std::move(records_.front()));
    records_.pop_front();
  }
  return out;
}

void Journal::Trim(std::size_t max_bytes) {
  std::vector<std::shared_ptr<Record>> forgotten;
  const std::lock_guard lock(mutex_);
  forgotten = TakeOldest(max_bytes);
}

void Journal::Close() {
  std::vector<std::function<void()>> woken;
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    woken.swap(waiting_);
  }
  for (const std::function<void()>& wake : woken) wake();
}

bool Journal::closed() const {
  const std::lock_guard lock(mutex_);
  return closed_;
}

void Journal::WakeOnce(std::uint64_t after, std::function<void()> wake) {
  {
    const std::lock_guard lock(mutex_);
    if (!closed_ && (last_seq_ <= after || records_.empty())) {
      waiting_.push_back(std::move(wake));
      return;
    }
  }
  wake();
}

}  // namespace ocokit::mock

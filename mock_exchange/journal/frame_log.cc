#include "mock_exchange/journal/frame_log.h"

#include <algorithm>
#include <utility>

namespace ocokit::mock {

std::size_t FrameRecord::Bytes() const {
  std::size_t out = sizeof *this;
  if (message != nullptr) out += sizeof *message + message->bytes.size() + message->text.size();
  return out;
}

FrameLog::~FrameLog() { Count(-static_cast<std::int64_t>(bytes_)); }

void FrameLog::Append(FrameRecord record, std::size_t max_bytes) {
  if (max_bytes == 0) return;
  std::unordered_map<const void*, std::function<void()>> woken;
  {
    const std::lock_guard lock(mutex_);
    record.seq = ++last_seq_;
    const std::size_t bytes = record.Bytes();
    bytes_ += bytes;
    Count(static_cast<std::int64_t>(bytes));
    records_.push_back(std::move(record));
    (void)Forget(max_bytes);
    woken.swap(waiting_);
  }
  for (const auto& [owner, wake] : woken) wake();
}

std::vector<FrameRecord> FrameLog::Read(std::uint64_t after, std::size_t limit,
                                        std::uint64_t stream) const {
  const std::lock_guard lock(mutex_);
  std::vector<FrameRecord> out;
  const auto first = std::ranges::upper_bound(records_, after, {}, &FrameRecord::seq);
  for (auto record = first; record != records_.end() && out.size() < limit; ++record) {
    if (stream == 0 || record->stream == stream) out.push_back(*record);
  }
  return out;
}

std::uint64_t FrameLog::last_seq() const {
  const std::lock_guard lock(mutex_);
  return last_seq_;
}

std::size_t FrameLog::bytes() const {
  const std::lock_guard lock(mutex_);
  return bytes_;
}

std::size_t FrameLog::Trim(std::size_t max_bytes) {
  const std::lock_guard lock(mutex_);
  return Forget(max_bytes);
}

std::size_t FrameLog::Forget(std::size_t max_bytes) {
  std::size_t count = 0;
  std::size_t freed = 0;
  for (; bytes_ - freed > max_bytes && !records_.empty(); ++count) {
    freed += records_.front().Bytes();
    records_.pop_front();
  }
  bytes_ -= freed;
  Count(-static_cast<std::int64_t>(freed));
  return count;
}

void FrameLog::Count(std::int64_t bytes) {
  if (meter_ != nullptr && bytes != 0) meter_->AddJournals(bytes);
}

void FrameLog::WakeOnce(const void* owner, std::uint64_t after, std::function<void()> wake) {
  {
    const std::lock_guard lock(mutex_);
    if (last_seq_ <= after) {
      waiting_[owner] = std::move(wake);
      return;
    }
  }
  wake();
}

void FrameLog::CancelWake(const void* owner) {
  const std::lock_guard lock(mutex_);
  waiting_.erase(owner);
}

}  // namespace ocokit::mock

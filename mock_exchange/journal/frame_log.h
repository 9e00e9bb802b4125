#pragma once

// FrameLog: a ring of the latest messages of an account's streams, as large as its limit in bytes.
// Any thread may call it.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "mock_exchange/metrics/memory_meter.h"
#include "mock_exchange/wire/channel.h"
#include "ocokit/base/clock.h"
#include "ocokit/mock/stream_view.h"

namespace ocokit::mock {

// What is kept of a message. FrameView is what is shown of it.
struct FrameRecord {
  std::uint64_t seq = 0;
  TimePoint at;
  std::uint64_t stream = 0;
  FrameView::Kind kind = FrameView::Kind::kSent;
  std::shared_ptr<const Message> message;  // of a message
  ChannelEnded ended;                      // of an end

  // What it takes in memory, about: a message that many hear of is counted for each.
  [[nodiscard]] std::size_t Bytes() const;
};

class FrameLog {
 public:
  // `meter`: told what is kept; null: nobody is.
  explicit FrameLog(std::shared_ptr<MemoryMeter> meter = nullptr) : meter_(std::move(meter)) {}
  ~FrameLog();
  FrameLog(const FrameLog&) = delete;
  FrameLog& operator=(const FrameLog&) = delete;

  // Gives the record its number and keeps it, and forgets the oldest until all take no more than
  // `max_bytes`; with zero none is kept or counted.
  void Append(FrameRecord record, std::size_t max_bytes);
  // The oldest `limit` of those after `after`; `stream`: of this one alone, 0: of all.
  [[nodiscard]] std::vector<FrameRecord> Read(std::uint64_t after, std::size_t limit,
                                              std::uint64_t stream = 0) const;
  // Of the latest, also when it is forgotten by now; 0: there was none.
  [[nodiscard]] std::uint64_t last_seq() const;
  [[nodiscard]] std::size_t bytes() const;
  // Forgets the oldest until the rest takes no more than `max_bytes`; returns how many.
  std::size_t Trim(std::size_t max_bytes);

  // Has `wake` called once, by whoever appends next; at once when there is something after `after`.
  // `owner` has one such call at a time, and takes it back before it goes.
  void WakeOnce(const void* owner, std::uint64_t after, std::function<void()> wake);
  void CancelWake(const void* owner);

 private:
  // Expects the mutex.
  std::size_t Forget(std::size_t max_bytes);
  void Count(std::int64_t bytes);

  mutable std::mutex mutex_;
  std::deque<FrameRecord> records_;  // by seq, without gaps
  std::uint64_t last_seq_ = 0;
  std::size_t bytes_ = 0;
  std::unordered_map<const void*, std::function<void()>> waiting_;
  const std::shared_ptr<MemoryMeter> meter_;
};

}  // namespace ocokit::mock

#pragma once

// Journal: a ring of the latest requests of one account and their replies, as large as its limit in
// bytes. Any thread may call it.

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "mock_exchange/metrics/memory_meter.h"
#include "mock_exchange/wire/reply.h"
#include "ocokit/base/clock.h"
#include "ocokit/mock/journal.h"

namespace ocokit::mock {

// What is kept of a request. Raw: JournalEntry is what is shown of it.
struct Record {
  std::uint64_t seq = 0;
  TimePoint at;
  Request request;
  std::shared_ptr<const Response> response;  // null: none
  Decision decision;
  std::vector<std::string> faults;
  PhaseTimes times;          // but for the write
  std::uint64_t stream = 0;  // that the connection has become; 0: none
  // In nanoseconds; negative until it is known.
  std::atomic<std::int64_t> write{-1};
  // Of a refusal that the doctor looks at: what the account knew and how it was set; without the
  // requests before it.
  DoctorContext context;
  // Whether the reply has the header Ocokit-Diagnosis, which is in no record's response.
  bool diagnosis_header = false;
  // What the doctor finds, worked out when it is first asked for.
  std::mutex examining;              // guards the rest
  std::optional<std::string> named;  // the header's value
  bool examined = false;             // at length
  std::optional<Diagnosis> diagnosis;
  // The journal's: its place among the records of all journals, and for how much it is counted.
  std::uint64_t serial = 0;
  std::size_t counted = 0;

  // What it takes in memory, about.
  [[nodiscard]] std::size_t Bytes() const;
};

// What a diagnosis takes in memory beside its own size, about.
[[nodiscard]] std::size_t BytesOf(const Diagnosis& diagnosis);

class Journal {
 public:
  // `meter`: told what is kept; null: nobody is.
  explicit Journal(std::shared_ptr<MemoryMeter> meter = nullptr) : meter_(std::move(meter)) {}
  ~Journal();
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;

  // Gives the record its number and keeps it, and forgets the oldest ones until all together take
  // no more than `max_bytes`.
  void Append(const std::shared_ptr<Record>& record, std::size_t max_bytes);
  // The oldest `limit` of those after `after`.
  [[nodiscard]] std::vector<std::shared_ptr<Record>> Read(std::uint64_t after,
                                                          std::size_t limit) const;
  // The latest `count`, oldest first.
  [[nodiscard]] std::vector<std::shared_ptr<Record>> Latest(std::size_t count) const {
    return Before(UINT64_MAX, count);
  }
  // The latest `count` of those before `seq`, oldest first.
  [[nodiscard]] std::vector<std::shared_ptr<Record>> Before(std::uint64_t seq,
                                                            std::size_t count) const;
  // Of the latest record, also when it is forgotten by now; 0: there was none.
  [[nodiscard]] std::uint64_t last_seq() const;
  [[nodiscard]] std::size_t bytes() const;
  // Forgets all; numbers go on.
  void Clear();
  // Numbers go on after `seq`; of a journal in which nothing was yet.
  void StartAfter(std::uint64_t seq);
  // Forgets the oldest until the rest takes no more than `max_bytes`.
  void Trim(std::size_t max_bytes);
  // The record has become larger by so much: counts it, and forgets the oldest if all together take
  // more than the latest `max_bytes` now. Nothing for a record that is forgotten.
  void Grow(const Record& record, std::size_t bytes);
  // Of the oldest record, its place among those of all journals; 0: there is none.
  [[nodiscard]] std::uint64_t OldestSerial() const;
  // Forgets the oldest records, those before `serial` alone, until `bytes` are free; returns how
  // many.
  std::size_t ForgetBefore(std::uint64_t serial, std::size_t bytes);
  // The account is gone: nothing is to come any more. Wakes who waits.
  void Close();
  [[nodiscard]] bool closed() const;

  // Has `wake` called once, by whoever appends next; at once when there is something after `after`.
  // `owner` has one such call at a time, and takes it back before it goes.
  void WakeOnce(const void* owner, std::uint64_t after, std::function<void()> wake);
  void CancelWake(const void* owner);
  // How many wait.
  [[nodiscard]] std::size_t waiting() const;

 private:
  // Takes out what is too much; the caller frees it without the lock.
  [[nodiscard]] std::vector<std::shared_ptr<Record>> TakeOldest(std::size_t max_bytes);
  void Count(std::int64_t bytes);
  std::shared_ptr<Record> TakeFirst();

  mutable std::mutex mutex_;
  std::deque<std::shared_ptr<Record>> records_;  // by seq, without gaps
  std::uint64_t last_seq_ = 0;
  std::size_t bytes_ = 0;
  std::size_t max_bytes_ = 0;  // of the latest Append or Trim
  std::unordered_map<const void*, std::function<void()>> waiting_;
  bool closed_ = false;
  const std::shared_ptr<MemoryMeter> meter_;
};

}  // namespace ocokit::mock

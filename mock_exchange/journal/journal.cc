#include "mock_exchange/journal/journal.h"

#include <algorithm>
#include <utility>

namespace ocokit::mock {
namespace {

// What an allocation takes beside its content, and the ring for a record.
constexpr std::size_t kOverhead = 64;

// Beside the string itself; short ones stand in it.
std::size_t BytesOf(const std::string& text) {
  constexpr std::size_t kInside = 15;
  return text.capacity() <= kInside ? 0 : text.capacity() + 1;
}

std::size_t BytesOf(const std::vector<std::string>& texts) {
  std::size_t out = texts.capacity() * sizeof(std::string);
  for (const std::string& text : texts) out += BytesOf(text);
  return out;
}

std::size_t BytesOf(const std::vector<Header>& headers) {
  std::size_t out = headers.capacity() * sizeof(Header);
  for (const Header& header : headers) out += BytesOf(header.name) + BytesOf(header.value);
  return out;
}

}  // namespace

std::size_t BytesOf(const Diagnosis& d) {
  std::size_t out = BytesOf(d.ruled_out);
  for (const std::string* text :
       {&d.id, &d.also, &d.title, &d.detail, &d.fix, &d.source, &d.expected}) {
    out += BytesOf(*text);
  }
  return d.signed_text ? out + BytesOf(*d.signed_text) : out;
}

std::size_t Record::Bytes() const {
  std::size_t out = sizeof(Record) + kOverhead + BytesOf(request.headers) + BytesOf(faults);
  if (response != nullptr) {
    out += sizeof(Response) + BytesOf(response->headers) + BytesOf(response->body);
  }
  for (const std::string* text : {&request.method, &request.target, &request.body,
                                  &request.remote_ip, &decision.rule, &decision.lenient}) {
    out += BytesOf(*text);
  }
  if (context.last_nonce) out += BytesOf(*context.last_nonce);
  return diagnosis ? out + BytesOf(*diagnosis) : out;
}

Journal::~Journal() { Count(-static_cast<std::int64_t>(bytes_)); }

void Journal::Count(std::int64_t bytes) {
  if (meter_ != nullptr && bytes != 0) meter_->AddJournals(bytes);
}

void Journal::Append(const std::shared_ptr<Record>& record, std::size_t max_bytes) {
  std::unordered_map<const void*, std::function<void()>> woken;
  // What is forgotten is freed without the lock.
  std::vector<std::shared_ptr<Record>> forgotten;
  {
    const std::lock_guard lock(mutex_);
    record->seq = ++last_seq_;
    if (meter_ != nullptr) record->serial = meter_->NextSerial();
    record->counted = record->Bytes();
    records_.push_back(record);
    bytes_ += record->counted;
    Count(static_cast<std::int64_t>(record->counted));
    forgotten = TakeOldest(max_bytes);
    woken.swap(waiting_);
  }
  for (const auto& [owner, wake] : woken) wake();
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

void Journal::StartAfter(std::uint64_t seq) {
  const std::lock_guard lock(mutex_);
  last_seq_ = seq;
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
  Count(-static_cast<std::int64_t>(bytes_));
  bytes_ = 0;
}

std::shared_ptr<Record> Journal::TakeFirst() {
  std::shared_ptr<Record> out = std::move(records_.front());
  records_.pop_front();
  bytes_ -= out->counted;
  Count(-static_cast<std::int64_t>(out->counted));
  return out;
}

std::vector<std::shared_ptr<Record>> Journal::TakeOldest(std::size_t max_bytes) {
  max_bytes_ = max_bytes;
  std::vector<std::shared_ptr<Record>> out;
  while (!records_.empty() && bytes_ > max_bytes) out.push_back(TakeFirst());
  return out;
}

void Journal::Grow(const Record& record, std::size_t bytes) {
  std::vector<std::shared_ptr<Record>> forgotten;
  const std::lock_guard lock(mutex_);
  const auto kept = std::ranges::lower_bound(records_, record.seq, {}, &Record::seq);
  if (kept == records_.end() || kept->get() != &record) return;
  (*kept)->counted += bytes;
  bytes_ += bytes;
  Count(static_cast<std::int64_t>(bytes));
  forgotten = TakeOldest(max_bytes_);
}

std::uint64_t Journal::OldestSerial() const {
  const std::lock_guard lock(mutex_);
  return records_.empty() ? 0 : records_.front()->serial;
}

std::size_t Journal::ForgetBefore(std::uint64_t serial, std::size_t bytes) {
  std::vector<std::shared_ptr<Record>> forgotten;
  const std::lock_guard lock(mutex_);
  const std::size_t goal = bytes_ - std::min(bytes_, bytes);
  while (!records_.empty() && records_.front()->serial < serial && bytes_ > goal) {
    forgotten.push_back(TakeFirst());
  }
  return forgotten.size();
}

void Journal::Trim(std::size_t max_bytes) {
  std::vector<std::shared_ptr<Record>> forgotten;
  const std::lock_guard lock(mutex_);
  forgotten = TakeOldest(max_bytes);
}

void Journal::Close() {
  std::unordered_map<const void*, std::function<void()>> woken;
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    woken.swap(waiting_);
  }
  for (const auto& [owner, wake] : woken) wake();
}

bool Journal::closed() const {
  const std::lock_guard lock(mutex_);
  return closed_;
}

void Journal::WakeOnce(const void* owner, std::uint64_t after, std::function<void()> wake) {
  {
    const std::lock_guard lock(mutex_);
    if (!closed_ && (last_seq_ <= after || records_.empty())) {
      waiting_[owner] = std::move(wake);
      return;
    }
  }
  wake();
}

void Journal::CancelWake(const void* owner) {
  // What it holds is freed without the lock.
  std::function<void()> taken;
  const std::lock_guard lock(mutex_);
  const auto found = waiting_.find(owner);
  if (found == waiting_.end()) return;
  taken = std::move(found->second);
  waiting_.erase(found);
}

std::size_t Journal::waiting() const {
  const std::lock_guard lock(mutex_);
  return waiting_.size();
}

}  // namespace ocokit::mock

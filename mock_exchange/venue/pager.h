#pragma once

// Pager: the slice of a list that a request asks for.

#include <cstddef>
#include <initializer_list>
#include <vector>

namespace ocokit::mock {

template <typename Entry>
class Pager {
 public:
  // Leaves out the first `offset` places and keeps the next `limit`.
  Pager(std::size_t offset, std::size_t limit) : offset_(offset), limit_(limit) {}

  void Add(const Entry& entry) { AddTogether({entry}); }
  // Several entries that take one place.
  void AddTogether(std::initializer_list<Entry> entries) {
    if (place_ >= offset_ && !full()) entries_.insert(entries_.end(), entries);
    ++place_;
  }

  // Whether nothing that comes is on the slice any more.
  [[nodiscard]] bool full() const { return place_ >= offset_ + limit_; }
  [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }

 private:
  std::size_t offset_;
  std::size_t limit_;
  std::size_t place_ = 0;  // of the next entry
  std::vector<Entry> entries_;
};

}  // namespace ocokit::mock

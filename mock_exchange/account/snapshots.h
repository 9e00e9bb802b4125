#pragma once

// Snapshots: images of one account, by name. Not thread-safe; the account locks.

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mock_exchange/account/account_image.h"

namespace ocokit::mock {

struct Snapshot {
  std::string name;
  TimePoint at;  // the account's time
  std::shared_ptr<const AccountImage> image;
};

class Snapshots {
 public:
  static constexpr std::size_t kMost = 16;

  // In the order in which they were taken.
  [[nodiscard]] const std::vector<Snapshot>& all() const { return all_; }
  // The latest of them when `name` is empty; null: there is none.
  [[nodiscard]] const Snapshot* Find(std::string_view name) const {
    if (name.empty()) return all_.empty() ? nullptr : &all_.back();
    const auto at = std::ranges::find(all_, name, &Snapshot::name);
    return at == all_.end() ? nullptr : &*at;
  }
  // Whether there is room for one of this name, which takes the place of the one that has it;
  // empty: of a new one.
  [[nodiscard]] bool HasRoom(std::string_view name) const {
    return all_.size() < kMost || (!name.empty() && Find(name) != nullptr);
  }
  // A name that none has: "snapshot-1".
  [[nodiscard]] std::string MakeName() {
    std::string out;
    do {
      out = "snapshot-" + std::to_string(++made_);
    } while (Find(out) != nullptr);
    return out;
  }
  void Keep(Snapshot snapshot) {
    Remove(snapshot.name);
    all_.push_back(std::move(snapshot));
  }
  // False when there is none.
  bool Remove(std::string_view name) {
    return std::erase_if(all_, [&](const Snapshot& s) { return s.name == name; }) != 0;
  }

 private:
  std::vector<Snapshot> all_;
  std::uint64_t made_ = 0;  // names
};

}  // namespace ocokit::mock

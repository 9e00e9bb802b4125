#pragma once

// FaultSet: the faults of one account, and which of them hit a request. Not thread-safe; the
// account locks.

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "mock_exchange/wire/request.h"
#include "ocokit/base/result.h"
#include "ocokit/mock/fault.h"

namespace ocokit::mock {

// A fault that hits a request.
struct FaultHit {
  std::string id;
  std::shared_ptr<const Fault> fault;  // with `at`
  std::chrono::microseconds delay{0};  // drawn for this request; of a Delay
};

class FaultSet {
 public:
  FaultSet() = default;
  // Chance comes from the seed: the same faults and requests give the same hits.
  explicit FaultSet(std::uint64_t seed) : seed_(seed) {}

  // Returns its id; none is given twice. Errors: those of CheckFault; kOutOfRange for more than
  // 1000 faults.
  Result<std::string> Add(Fault fault);
  // In the order in which they were added.
  [[nodiscard]] std::vector<FaultView> List() const;
  // False when there is none.
  bool Remove(std::string_view id);
  void Clear() { faults_.clear(); }
  [[nodiscard]] bool empty() const { return faults_.empty(); }

  // Those that hit the request: by their points, and at one point in the order in which they were
  // added. When one before commit answers in the venue's place, those after commit do not hit.
  [[nodiscard]] std::vector<FaultHit> Match(const Request& request);
  // Those that hit a message of a stream, in the order in which they were added.
  [[nodiscard]] std::vector<FaultHit> MatchFrame(std::string_view channel);
  // Whether one of them is on messages of streams.
  [[nodiscard]] bool HasFrameFaults() const;

  // Names its members for those that keep it (state/archive.h).
  template <typename Archive>
  void Members(Archive& archive) {
    archive("seed", seed_);
    archive("number", number_);
    archive("faults", faults_);
  }

 private:
  struct Entry {
    std::string id;
    std::shared_ptr<const Fault> fault;
    std::uint64_t chance = 0;
    std::uint64_t matched = 0;
    std::uint64_t applied = 0;

    // Whether it hits a request, or message, that matches, the `matched`-th.
    [[nodiscard]] bool Hits();
    [[nodiscard]] FaultHit Hit();

    template <typename Archive>
    void Members(Archive& archive) {
      archive("id", id);
      Fault kept = fault != nullptr ? *fault : Fault();
      archive("fault", kept);
      if constexpr (Archive::kReads) fault = std::make_shared<const Fault>(std::move(kept));
      archive("chance", chance);
      archive("matched", matched);
      archive("applied", applied);
    }
  };

  std::uint64_t seed_ = 0;
  std::uint64_t number_ = 0;
  std::vector<Entry> faults_;
};

}  // namespace ocokit::mock

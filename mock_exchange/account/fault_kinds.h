#pragma once

// The table of faults: what each is called, where it may take hold, and what its members may be.

#include <chrono>
#include <span>
#include <string>
#include <string_view>

#include "ocokit/base/result.h"
#include "ocokit/mock/fault.h"

namespace ocokit::mock {

// The most that a delay may be.
inline constexpr std::chrono::milliseconds kLongestDelay = std::chrono::minutes(10);

// A row for each alternative of FaultAction, in its order.
struct FaultKind {
  std::string_view name;
  FaultPoint natural;  // where it takes hold when nothing is said
  bool before_commit;  // where else it may
  bool after_commit;
  bool reply;
  bool frame;
  bool answers;  // before commit it stands in the venue's place: nothing is done

  [[nodiscard]] bool May(FaultPoint point) const;
};

[[nodiscard]] std::span<const FaultKind> FaultKinds();
[[nodiscard]] const FaultKind& KindOf(const FaultAction& action);

// Errors: kOutOfRange or kInvalidArgument naming the member that cannot be, and what it may be.
[[nodiscard]] Result<void> CheckFault(const Fault& fault);

}  // namespace ocokit::mock

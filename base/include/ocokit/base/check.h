#pragma once

// OCOKIT_CHECK(condition, "message"): ends the program when a promise of our own code is broken.
// Never for input from outside; that gets a Result.

namespace ocokit::internal {

[[noreturn]] void CheckFailed(const char* file, int line, const char* condition,
                              const char* message);

}  // namespace ocokit::internal

#define OCOKIT_CHECK(condition, message) \
  (static_cast<bool>(condition)          \
       ? static_cast<void>(0)            \
       : ::ocokit::internal::CheckFailed(__FILE__, __LINE__, #condition, (message)))

#include "cli/allocator.h"

#include <cstddef>

// jemalloc's; absent where the program has another allocator.
extern "C" int mallctl(const char* name, void* old, std::size_t* old_size, void* value,
                       std::size_t size) __attribute__((weak));

namespace ocokit::cli {

void ReturnFreeMemory() {
  if (mallctl == nullptr) return;
  // By itself jemalloc looks at what is free only when something is allocated or freed: a server
  // that idles after a load would keep all of it. What fails here leaves it at that.
  bool on = true;
  (void)mallctl("background_thread", nullptr, nullptr, &on, sizeof on);
}

}  // namespace ocokit::cli

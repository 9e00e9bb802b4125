#include "bench/measure.h"

#include <cerrno>
#include <cstddef>

// The program's own malloc goes before the C library's for all libraries, OpenSSL included, which
// is where operator new ends, too. glibc's functions under their other names do the work.
extern "C" {
// NOLINTBEGIN(bugprone-reserved-identifier): glibc's names.
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* memory, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);
// NOLINTEND(bugprone-reserved-identifier)
}

namespace ocokit::bench {
namespace {

// Of each thread its own: a server beside the benchmark does not count.
thread_local std::uint64_t allocations = 0;

}  // namespace

std::uint64_t Allocations() { return allocations; }

}  // namespace ocokit::bench

extern "C" {

void* malloc(std::size_t size) noexcept {
  ++ocokit::bench::allocations;
  return __libc_malloc(size);
}

void* calloc(std::size_t count, std::size_t size) noexcept {
  ++ocokit::bench::allocations;
  return __libc_calloc(count, size);
}

void* realloc(void* memory, std::size_t size) noexcept {
  ++ocokit::bench::allocations;
  return __libc_realloc(memory, size);
}

void* aligned_alloc(std::size_t alignment, std::size_t size) noexcept {
  ++ocokit::bench::allocations;
  return __libc_memalign(alignment, size);
}

void* memalign(std::size_t alignment, std::size_t size) noexcept {
  ++ocokit::bench::allocations;
  return __libc_memalign(alignment, size);
}

int posix_memalign(void** out, std::size_t alignment, std::size_t size) noexcept {
  ++ocokit::bench::allocations;
  *out = __libc_memalign(alignment, size);
  return *out == nullptr ? ENOMEM : 0;
}

}  // extern "C"

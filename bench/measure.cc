#include "bench/measure.h"

#include <openssl/crypto.h>

#include <cstdlib>
#include <new>

namespace ocokit::bench {
namespace {

// Of each thread its own: a server beside the benchmark does not count.
thread_local std::uint64_t allocations = 0;

void* Allocate(std::size_t size) {
  ++allocations;
  void* const out = std::malloc(size == 0 ? 1 : size);
  if (out == nullptr) throw std::bad_alloc();
  return out;
}

void* AllocateAligned(std::size_t size, std::size_t alignment) {
  ++allocations;
  void* const out = std::aligned_alloc(alignment, (size + alignment - 1) / alignment * alignment);
  if (out == nullptr) throw std::bad_alloc();
  return out;
}

void* OpenSslMalloc(std::size_t size, const char*, int) {
  ++allocations;
  return std::malloc(size);
}

void* OpenSslRealloc(void* memory, std::size_t size, const char*, int) {
  ++allocations;
  return std::realloc(memory, size);
}

void OpenSslFree(void* memory, const char*, int) { std::free(memory); }

}  // namespace

std::uint64_t Allocations() { return allocations; }

bool CountOpenSsl() {
  return CRYPTO_set_mem_functions(OpenSslMalloc, OpenSslRealloc, OpenSslFree) == 1;
}

}  // namespace ocokit::bench

// Those that are not named here call these (C++20 [new.delete]).
void* operator new(std::size_t size) { return ocokit::bench::Allocate(size); }
void* operator new(std::size_t size, std::align_val_t alignment) {
  return ocokit::bench::AllocateAligned(size, static_cast<std::size_t>(alignment));
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }

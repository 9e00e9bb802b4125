#pragma once

namespace ocokit::cli {

// Has the allocator give back what is free also while nothing is allocated, from a thread of its
// own; before threads that allocate much. Nothing where the allocator is not jemalloc.
void ReturnFreeMemory();

}  // namespace ocokit::cli

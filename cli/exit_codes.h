#pragma once

// What the program's exit status says.

namespace ocokit::cli {

inline constexpr int kOk = 0;
inline constexpr int kFailed = 1;       // the venue refused, or what was judged failed
inline constexpr int kUsage = 2;        // wrong usage or input
inline constexpr int kEnvironment = 3;  // a port, a file or a connection could not be had

}  // namespace ocokit::cli

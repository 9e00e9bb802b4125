#pragma once

// What a load is asked for, and how it is read from a command line.

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ocokit/base/result.h"

namespace ocokit::load {

using std::chrono::nanoseconds;

enum class Venue { kBingx, kWhitebit };
[[nodiscard]] std::string_view Name(Venue venue);

// What a request asks for, in the order in which arrays are indexed by it.
enum class Call { kPlace, kCancel, kList };
inline constexpr std::size_t kCalls = 3;
[[nodiscard]] std::string_view Name(Call call);

// How many requests of each call, as weights.
struct Mix {
  std::array<int, kCalls> weights{1, 1, 0};
};

// The share of the requests that a fault of this type hits.
struct FaultShare {
  std::string type;
  double probability = 0;
};

struct LoadOptions {
  Venue venue = Venue::kBingx;
  std::string url = "http://127.0.0.1:8787";
  double rate = 1000;  // requests a second
  int connections = 16;
  int threads = 1;
  int accounts = 0;  // of the simulator; 0: one for each connection
  nanoseconds duration = std::chrono::seconds(10);
  nanoseconds warmup = std::chrono::seconds(2);
  nanoseconds drain = std::chrono::seconds(5);
  nanoseconds timeout = std::chrono::seconds(10);  // from the write to the whole reply
  bool poisson = false;
  std::uint64_t seed = 1;
  Mix mix;
  std::vector<FaultShare> faults;
  int streams = 0;            // WebSockets that listen meanwhile, shared out to the accounts
  bool own_server = false;    // a target that is not loopback is allowed
  std::string key;            // empty: accounts are made by the control API
  std::string secret;         // of that key
  std::string ca_file;        // PEM of who vouches for an https:// url
  std::string control_token;  // empty: none
};

// `30s`, `500ms`, `2m`, `1h`, also `1.5s`; at most a day. Errors: what it is not.
[[nodiscard]] Result<nanoseconds> ParseDuration(std::string_view text);
// The shortest text that ParseDuration reads back: "500ms", "30s".
[[nodiscard]] std::string FormatDuration(nanoseconds duration);

// `place=2,cancel=1,list=1`: a call not named has no share. Errors: an unknown or repeated call, a
// weight that is not 0 to 1000, no weight at all.
[[nodiscard]] Result<Mix> ParseMix(std::string_view text);
[[nodiscard]] std::string FormatMix(const Mix& mix);

// `lost_reply=0.01,delay=0.05`. Errors: an unknown or repeated type, a share that is not 0 to 1.
[[nodiscard]] Result<std::vector<FaultShare>> ParseFaults(std::string_view text);
[[nodiscard]] std::string FormatFaults(const std::vector<FaultShare>& faults);

// Errors: what cannot be done together, with what would be right.
[[nodiscard]] Result<void> CheckOptions(const LoadOptions& options);

}  // namespace ocokit::load

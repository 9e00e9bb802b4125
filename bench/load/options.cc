#include "bench/load/options.h"

#include <charconv>
#include <cmath>
#include <cstdio>

#include "bench/load/fault_kinds.h"
#include "ocokit/base/header_text.h"

namespace ocokit::load {
namespace {

using std::chrono::hours;

constexpr int kMostWeight = 1000;
constexpr double kLeastRate = 0.01;
constexpr double kMostRate = 10'000'000;
// More than a key's nonces, one a millisecond, allow without running ahead of the clock.
constexpr double kMostPerSharedKey = 900;

struct Unit {
  std::string_view name;
  double nanoseconds;
};
constexpr Unit kUnits[] = {{"ns", 1},  {"us", 1e3}, {"ms", 1e6},
                           {"s", 1e9}, {"m", 60e9}, {"h", 3600e9}};

// The whole of `text` as a number of at least zero.
std::optional<double> ReadNumber(std::string_view text) {
  double value = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value, std::chars_format::fixed);
  if (text.empty() || read.ec != std::errc() || read.ptr != end || value < 0) return std::nullopt;
  return value;
}

std::string Number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.9g", value);
  return text;
}

struct Pair {
  std::string_view name;
  std::string_view value;
};

// NAME=VALUE,NAME=VALUE
Result<std::vector<Pair>> SplitPairs(std::string_view text) {
  std::vector<Pair> out;
  while (true) {
    const std::size_t comma = text.find(',');
    const std::string_view piece = text.substr(0, comma);
    const std::size_t equals = piece.find('=');
    if (equals == std::string_view::npos) {
      return Fail(ErrorKind::kInvalidArgument,
                  "must be NAME=NUMBER,NAME=NUMBER; \"" + std::string(piece) + "\" has no =");
    }
    const Pair pair{piece.substr(0, equals), piece.substr(equals + 1)};
    for (const Pair& earlier : out) {
      if (earlier.name == pair.name) {
        return Fail(ErrorKind::kInvalidArgument,
                    "must name each once; " + std::string(pair.name) + " stands there twice");
      }
    }
    out.push_back(pair);
    if (comma == std::string_view::npos) return out;
    text.remove_prefix(comma + 1);
  }
}

}  // namespace

std::string_view Name(Venue venue) { return venue == Venue::kBingx ? "bingx" : "whitebit"; }

std::string_view Name(Call call) {
  constexpr std::string_view kNames[kCalls] = {"place", "cancel", "list"};
  return kNames[static_cast<std::size_t>(call)];
}

Result<nanoseconds> ParseDuration(std::string_view text) {
  const std::size_t digits = text.find_first_not_of("0123456789.");
  const std::string_view unit =
      digits == std::string_view::npos ? std::string_view() : text.substr(digits);
  const std::optional<double> number = ReadNumber(text.substr(0, digits));
  for (const Unit& known : kUnits) {
    if (!number || known.name != unit) continue;
    const double value = *number * known.nanoseconds;
    if (value > 24 * 3600e9) {
      return Fail(ErrorKind::kOutOfRange, "must be at most 24h, not " + std::string(text));
    }
    return nanoseconds(std::llround(value));
  }
  return Fail(ErrorKind::kInvalidArgument,
              "must be like 30s, 500ms or 2m, not \"" + std::string(text) + "\"");
}

std::string FormatDuration(nanoseconds duration) {
  const auto count = duration.count();
  if (count % 1'000'000'000 == 0) return std::to_string(count / 1'000'000'000) + "s";
  if (count % 1'000'000 == 0) return std::to_string(count / 1'000'000) + "ms";
  if (count % 1'000 == 0) return std::to_string(count / 1'000) + "us";
  return std::to_string(count) + "ns";
}

Result<Mix> ParseMix(std::string_view text) {
  const Result<std::vector<Pair>> pairs = SplitPairs(text);
  if (!pairs) return tl::unexpected<Error>(pairs.error());
  Mix mix{{0, 0, 0}};
  int sum = 0;
  for (const Pair& pair : *pairs) {
    int* weight = nullptr;
    for (std::size_t i = 0; i < kCalls; ++i) {
      if (pair.name == Name(static_cast<Call>(i))) weight = &mix.weights[i];
    }
    if (weight == nullptr) {
      return Fail(ErrorKind::kInvalidArgument,
                  "must name place, cancel or list, not \"" + std::string(pair.name) + "\"");
    }
    const std::optional<double> value = ReadNumber(pair.value);
    if (!value || *value > kMostWeight || *value != std::floor(*value)) {
      return Fail(ErrorKind::kInvalidArgument,
                  "must have weights that are whole numbers from 0 to 1000, not \"" +
                      std::string(pair.value) + "\"");
    }
    *weight = static_cast<int>(*value);
    sum += *weight;
  }
  if (sum == 0) return Fail(ErrorKind::kInvalidArgument, "must have a weight above 0");
  return mix;
}

std::string FormatMix(const Mix& mix) {
  std::string out;
  for (std::size_t i = 0; i < kCalls; ++i) {
    if (i != 0) out += ',';
    out += std::string(Name(static_cast<Call>(i))) + "=" + std::to_string(mix.weights[i]);
  }
  return out;
}

Result<std::vector<FaultShare>> ParseFaults(std::string_view text) {
  const Result<std::vector<Pair>> pairs = SplitPairs(text);
  if (!pairs) return tl::unexpected<Error>(pairs.error());
  std::vector<FaultShare> out;
  for (const Pair& pair : *pairs) {
    if (FindFaultKind(pair.name) == nullptr) {
      return Fail(ErrorKind::kInvalidArgument, "must name a fault of " + FaultKindNames() +
                                                   ", not \"" + std::string(pair.name) + "\"");
    }
    const std::optional<double> value = ReadNumber(pair.value);
    if (!value || *value > 1) {
      return Fail(ErrorKind::kInvalidArgument, "must have shares from 0 to 1, like 0.01, not \"" +
                                                   std::string(pair.value) + "\"");
    }
    out.push_back({std::string(pair.name), *value});
  }
  return out;
}

std::string FormatFaults(const std::vector<FaultShare>& faults) {
  std::string out;
  for (const FaultShare& fault : faults) {
    if (!out.empty()) out += ',';
    out += fault.type + "=" + Number(fault.probability);
  }
  return out;
}

namespace {

// A listenKey ends after 60 minutes, and its renewal would be in the books.
constexpr std::chrono::minutes kLongestWithStreams{50};

Result<void> CheckStreams(const LoadOptions& o) {
  if (o.streams == 0) return {};
  if (!o.key.empty()) {
    return Fail(ErrorKind::kInvalidArgument,
                "--streams is for the simulator's own accounts, which say when they have committed "
                "what; leave it or --key out");
  }
  if (o.warmup + o.duration + o.drain > kLongestWithStreams) {
    return Fail(ErrorKind::kInvalidArgument,
                "--streams takes --warmup, --duration and --drain of at most 50m together");
  }
  if (o.mix.weights[0] == 0) {
    return Fail(ErrorKind::kInvalidArgument,
                "--streams hear of what is placed and cancelled: --mix must have place");
  }
  return {};
}

}  // namespace

Result<void> CheckOptions(const LoadOptions& o) {
  if (o.duration <= nanoseconds(0)) {
    return Fail(ErrorKind::kInvalidArgument, "--duration must be longer than nothing");
  }
  if (o.timeout <= nanoseconds(0)) {
    return Fail(ErrorKind::kInvalidArgument, "--timeout must be longer than nothing");
  }
  if (!(o.rate >= kLeastRate && o.rate <= kMostRate)) {
    return Fail(ErrorKind::kInvalidArgument, "--rate must be from " + Number(kLeastRate) + " to " +
                                                 Number(kMostRate) + " requests a second, not " +
                                                 Number(o.rate));
  }
  if (o.threads > o.connections) {
    return Fail(ErrorKind::kInvalidArgument,
                "--threads must be at most --connections: each thread has connections of its own");
  }
  if (o.accounts > o.connections) {
    return Fail(ErrorKind::kInvalidArgument,
                "--accounts must be at most --connections: each connection has one account");
  }
  const bool own_key = !o.key.empty();
  if (own_key) {
    if (auto ok = CheckHeaderWord(o.key, "--key"); !ok) return ok;
  }
  if (!o.control_token.empty()) {
    if (auto ok = CheckHeaderWord(o.control_token, "--control-token, or OCOKIT_CONTROL_TOKEN,");
        !ok) {
      return ok;
    }
  }
  if (own_key && o.accounts != 0) {
    return Fail(ErrorKind::kInvalidArgument,
                "--accounts is for the simulator's own accounts; leave it or --key out");
  }
  if (own_key && !o.faults.empty()) {
    return Fail(ErrorKind::kInvalidArgument,
                "--faults is for the simulator's own accounts; leave --key out");
  }
  if (auto ok = CheckStreams(o); !ok) return ok;
  const int keys = own_key ? 1 : (o.accounts == 0 ? o.connections : o.accounts);
  if (o.venue == Venue::kWhitebit && keys < o.connections && o.rate / keys > kMostPerSharedKey) {
    return Fail(ErrorKind::kInvalidArgument,
                "--rate must be at most 900 for each key that connections share: WhiteBIT's nonces "
                "are milliseconds near the clock's then; with one account for each connection "
                "there is no such limit");
  }
  return {};
}

}  // namespace ocokit::load

#pragma once

// Reply: what the simulator answers and why it decided so. The reason never goes on the wire.

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mock_exchange/wire/request.h"

namespace ocokit::mock {

// Where on its way a request was decided.
// kFault: a fault answered in the venue's place. kServer: the simulator itself failed.
enum class Stage { kRoute, kAuthenticate, kLimit, kRead, kEngine, kFault, kServer };

struct Decision {
  Stage stage = Stage::kRoute;
  bool accepted = false;
  int code = 0;              // the venue's, of a refusal; zero where it has none
  std::string rule = {};     // what decided, in words: "signature", "reduce_only", "accepted"
  std::string lenient = {};  // what was accepted beyond the documents' own rule; empty: nothing
};

struct Reply {
  Response response;
  Decision decision;
  // Which row of the venue's table of calls it was; none: no row, or nobody looked.
  std::optional<std::size_t> row = {};
  std::vector<std::string> faults = {};  // applied, as "fault-1 reset"
  // When it was known who asks, and what comes after began; none: it went no further than that.
  std::optional<std::chrono::steady_clock::time_point> authenticated = {};
};

[[nodiscard]] std::string_view Name(Stage stage);

}  // namespace ocokit::mock

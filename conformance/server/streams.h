#pragma once

// The streams of one attempt at a case, by the names that the case gives them.

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "conformance/engine/result.h"
#include "conformance/server/account.h"
#include "conformance/server/matcher.h"
#include "conformance/server/open_stream.h"
#include "conformance/server/request.h"

namespace ocokit::conform::server {

class Streams {
 public:
  // `saved`, `wire`: the attempt's.
  Streams(const ServerTarget& target, const Account& account, Saved& saved,
          std::vector<WireEntry>& wire)
      : target_(target), account_(account), saved_(saved), wire_(wire) {}

  // Carries out a step with `stream`. Gives the first thing that is not as it wants. Throws
  // nlohmann::json::exception or std::invalid_argument when the step is wrong.
  [[nodiscard]] std::optional<Mismatch> Play(const nlohmann::json& step, const Maker& maker);

 private:
  using Found = std::optional<Mismatch>;

  [[nodiscard]] Found Open(const nlohmann::json& step, const Maker& maker);
  [[nodiscard]] Found Expect(const nlohmann::json& step, OpenStream& stream);
  [[nodiscard]] Found ExpectMessages(const nlohmann::json& step, OpenStream& stream);
  [[nodiscard]] Found ExpectMessage(const nlohmann::json& expected, const nlohmann::json& wanted,
                                    OpenStream& stream, JsonValue* kept);
  [[nodiscard]] Found ExpectPong(const nlohmann::json& wanted, OpenStream& stream);
  [[nodiscard]] Found ExpectEnd(const nlohmann::json& expected, OpenStream& stream);
  [[nodiscard]] Found ExpectNothing(const nlohmann::json& expected, OpenStream& stream);
  // The next that `looked_for` takes, or the end of the stream; what comes before waits for another
  // step.
  using Looked = std::function<bool(const Heard&)>;
  [[nodiscard]] Result<Heard, Mismatch> Seek(OpenStream& stream, const Looked& looked_for);
  [[nodiscard]] OpenStream::Until Deadline() const;

  const ServerTarget& target_;
  const Account& account_;
  Saved& saved_;
  std::vector<WireEntry>& wire_;
  std::map<std::string, std::unique_ptr<OpenStream>, std::less<>> open_;
  std::uint64_t opened_ = 0;
};

// Whether what a step sends names no call of order entry, whatever else it is.
[[nodiscard]] bool SendsNoOrder(const nlohmann::json& step);

}  // namespace ocokit::conform::server

#pragma once

// From and to the protocol's JSON, for both venues.

#include <cstdint>
#include <initializer_list>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "ocokit/base/decimal.h"
#include "ocokit/client/errors.h"

namespace ocokit::adapter {

[[nodiscard]] nlohmann::json ErrorAnswer(const client::Error& error);
[[nodiscard]] nlohmann::json OkAnswer(nlohmann::json ok);
// An argument that the client cannot be given.
[[nodiscard]] client::Error BadArgument(const std::string& name, const std::string& why);

// "" when it is not there.
[[nodiscard]] std::string TextArgument(const nlohmann::json& args, const char* name);
[[nodiscard]] std::optional<std::int64_t> NumberArgument(const nlohmann::json& args,
                                                         const char* name);
// Errors: missing, or no decimal.
[[nodiscard]] client::Result<Decimal> DecimalArgument(const nlohmann::json& args, const char* name);

// Those of the arguments that are there. Errors: one that is no decimal.
struct DecimalInto {
  const char* name;
  Decimal* into;
};
[[nodiscard]] client::Result<void> ReadDecimals(const nlohmann::json& args,
                                                std::initializer_list<DecimalInto> decimals);

// When placements went out whose outcome is not known, by client id: what Reconcile wants to know.
class OpenPlacements {
 public:
  void Remember(const std::string& client_order_id, const client::Error& error);
  [[nodiscard]] std::optional<TimePoint> SentAt(const std::string& client_order_id) const;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, TimePoint> sent_at_;
};

}  // namespace ocokit::adapter

#pragma once

// Calls of the simulator's control API (docs/control.md), over HTTP. An object belongs to one
// thread.

#include <chrono>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "conformance/net/connection.h"
#include "ocokit/base/result.h"

namespace ocokit::conform {

struct ControlAddress {
  Url url;                   // of the API: http://127.0.0.1:8787/control/v1
  std::string token;         // to bear; empty: none
  std::string ca_file = {};  // PEM of who else vouches for an https url
};

class ControlApi {
 public:
  ControlApi(ControlAddress address, std::chrono::milliseconds timeout);

  // `path` is below the API's own: /accounts. `body` goes out as JSON unless it is null. Errors: no
  // reply; an answer that is no success, with the `detail` of its problem; one that is no JSON.
  [[nodiscard]] Result<nlohmann::json> Call(std::string_view method, std::string_view path,
                                            const nlohmann::json& body);
  [[nodiscard]] Result<nlohmann::json> Get(std::string_view path);
  [[nodiscard]] Result<nlohmann::json> Post(std::string_view path, const nlohmann::json& body);
  [[nodiscard]] Result<nlohmann::json> Put(std::string_view path, const nlohmann::json& body);
  [[nodiscard]] Result<nlohmann::json> Delete(std::string_view path);

 private:
  ControlAddress address_;
  std::chrono::milliseconds timeout_;
  std::optional<Connection> connection_;  // kept between calls
};

}  // namespace ocokit::conform

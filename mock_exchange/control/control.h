#pragma once

// Control: the API by which a person or a test drives a running server, under /control/v1, and the
// metrics under /metrics. docs/control.md.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "mock_exchange/exchange/exchange.h"
#include "mock_exchange/wire/answer.h"

namespace ocokit::mock {

class Control {
 public:
  // Of all the server's listeners together.
  struct Connections {
    std::size_t open = 0;
    std::uint64_t accepted = 0;
  };

  // `token`: what callers must bear; empty: nothing. `exchange` outlives this.
  Control(Exchange& exchange, std::string token, std::function<Connections()> connections);
  ~Control();

  // Whether requests to this path are for the control API.
  [[nodiscard]] static bool Owns(std::string_view path);
  // Any thread.
  [[nodiscard]] Answer AnswerTo(const Request& request) const;

 private:
  struct Impl;
  std::unique_ptr<const Impl> impl_;
};

// The control API's description, OpenAPI 3.1 as JSON text.
[[nodiscard]] std::string ControlOpenApi();

}  // namespace ocokit::mock

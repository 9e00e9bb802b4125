#pragma once

// A simulator of one's own: `ocokit serve` on a free port of the loopback address, ended with the
// object.

#include <memory>
#include <string>
#include <vector>

#include "conformance/net/control_api.h"
#include "conformance/net/process.h"
#include "ocokit/base/result.h"

namespace ocokit::conform {

class Simulator {
 public:
  // `program` is run as PROGRAM serve --listen 127.0.0.1:0 --quiet --exit-with-parent OPTIONS.
  // Errors: it cannot be started, ends, or says nothing in ten seconds; with what it has written on
  // standard error.
  [[nodiscard]] static Result<Simulator> Start(const std::string& program,
                                               const std::vector<std::string>& options = {});

  [[nodiscard]] const std::string& base_url() const { return base_url_; }
  [[nodiscard]] const ControlAddress& control() const { return control_; }

 private:
  Simulator(Process process, std::string base_url, ControlAddress control);
  Process process_;
  std::string base_url_;
  ControlAddress control_;
};

}  // namespace ocokit::conform

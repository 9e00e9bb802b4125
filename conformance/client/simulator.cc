#include "conformance/client/simulator.h"

#include <chrono>
#include <nlohmann/json.hpp>
#include <utility>

#include "conformance/text/bounded_json.h"

namespace ocokit::conform {

Simulator::Simulator(Process process, std::string base_url, ControlAddress control)
    : process_(std::move(process)), base_url_(std::move(base_url)), control_(std::move(control)) {}

Result<Simulator> Simulator::Start(const std::string& program,
                                   const std::vector<std::string>& options) {
  std::vector<std::string> command = {program,       "serve",   "--listen",
                                      "127.0.0.1:0", "--quiet", "--exit-with-parent"};
  command.insert(command.end(), options.begin(), options.end());
  Result<Process> process = Process::Start(command);
  if (!process) return tl::unexpected<Error>(process.error());

  const Result<std::string> line = process->ReadLine(std::chrono::seconds(10));
  if (!line) {
    return Fail(ErrorKind::kUnavailable, "the simulator did not get ready: " +
                                             line.error().message + " " + process->StandardError());
  }
  const nlohmann::json ready = ParseBoundedJson(*line);
  const auto text = [&ready](const char* name) {
    const auto member = ready.is_object() ? ready.find(name) : ready.end();
    return ready.is_object() && member != ready.end() && member->is_string()
               ? member->get<std::string>()
               : std::string();
  };
  const Result<Url> control = ParseUrl(text("control_url"));
  if (!control || text("bingx_url").empty()) {
    return Fail(ErrorKind::kUnavailable, "the simulator's first line is no ready line: " + *line);
  }
  return Simulator(std::move(*process), text("bingx_url"), {.url = *control, .token = ""});
}

}  // namespace ocokit::conform

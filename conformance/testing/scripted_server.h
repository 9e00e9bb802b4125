#pragma once

// For tests: a server that answers each request with bytes it was given, whatever was asked.

#include <algorithm>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "base/testing/raw_server.h"

namespace ocokit::conform {

// What is done when a request has come: its headers, and as many bytes of body as Content-Length
// has.
struct ScriptedReply {
  std::string bytes = {};  // sent as they are
  bool close = false;      // then the connection is closed
  bool reset = false;      // or reset
  bool silent = false;  // nothing is sent, and the connection stays open for five seconds, or until
                        // the server ends
};

// Each request, on whichever connection, gets the next reply of the script; after the script, the
// last one for ever.
class ScriptedServer {
 public:
  explicit ScriptedServer(std::vector<ScriptedReply> script)
      : script_(std::move(script)), server_([this](int connection) {
          while (Answer(connection)) continue;
        }) {}

  [[nodiscard]] std::string url() const {
    return "http://127.0.0.1:" + std::to_string(server_.port());
  }

  // What has come until now, request by request.
  [[nodiscard]] std::vector<std::string> requests() {
    const std::lock_guard lock(mutex_);
    return requests_;
  }

 private:
  // Whether the connection goes on.
  bool Answer(int connection) {
    const std::string request = sockets::ReadRequest(connection);
    if (request.empty()) return false;
    ScriptedReply reply;
    {
      const std::lock_guard lock(mutex_);
      requests_.push_back(request);
      reply = script_[std::min(next_++, script_.size() - 1)];
    }
    if (reply.silent) return !sockets::ReadRequest(connection).empty();
    sockets::WriteAll(connection, reply.bytes);
    if (reply.reset) sockets::ResetOnClose(connection);
    return !reply.close && !reply.reset;
  }

  const std::vector<ScriptedReply> script_;
  std::mutex mutex_;  // guards the next two
  std::vector<std::string> requests_;
  std::size_t next_ = 0;
  sockets::RawServer server_;  // last: its threads use the rest
};

}  // namespace ocokit::conform

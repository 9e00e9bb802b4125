#pragma once

// ReplyReader: HTTP replies out of the bytes of one connection, as they come in. An object belongs
// to one thread.

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ocokit/client/transport.h"

namespace ocokit::load {

class ReplyReader {
 public:
  enum class State {
    kMore,       // the reply is not whole yet
    kWhole,      // Take() it
    kMalformed,  // no HTTP, or larger than 4 MiB, all its bytes counted
  };

  ReplyReader();

  // Where the next bytes are read to; never empty.
  [[nodiscard]] std::span<char> Space();
  // So many bytes were read there. Interim replies (1xx but 101) are passed over.
  [[nodiscard]] State Commit(std::size_t size);
  // The other side sends no more: that may end a reply that has no length.
  [[nodiscard]] State End();

  [[nodiscard]] client::HttpResponse Take();
  // Whether bytes came that belong to no reply that was taken.
  [[nodiscard]] bool has_surplus() const { return used_ != 0; }
  // Whether the connection can be used again after the reply that was taken last.
  [[nodiscard]] bool keeps_alive() const { return keeps_alive_; }
  // Forgets what has come, for a new connection.
  void Reset();

 private:
  using Parser = boost::beast::http::response_parser<boost::beast::http::string_body>;
  void NewParser();

  std::vector<char> bytes_;
  std::size_t used_ = 0;  // of bytes_: not parsed yet
  std::size_t came_ = 0;  // since the reply that was taken last
  std::optional<Parser> parser_;
  bool keeps_alive_ = true;
};

// The sum of what a Server-Timing header says in the metrics authenticate, decide and delay, in
// nanoseconds; -1 when it is empty or says none of them.
[[nodiscard]] std::int64_t ReadServerTiming(std::string_view header);

// When the request was decided, as its metric `commit` says: nanoseconds since 1970; -1 when there
// is none.
[[nodiscard]] std::int64_t ReadCommitTime(std::string_view header);

}  // namespace ocokit::load

#pragma once

// RequestReader: one HTTP/1.x request from its bytes, which come in pieces of any size. Knows no
// socket. Whatever the framing, it keeps no more than its limits.

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "mock_exchange/http/head_checks.h"
#include "ocokit/mock/message.h"

namespace ocokit::mock::http {

struct ReadLimits {
  // Of the head; as much again of chunk extensions, and of trailers.
  std::size_t header_bytes = 16384;
  std::size_t body_bytes = 1048576;  // without its framing
};

class RequestReader {
 public:
  enum class State { kMore, kDone, kRefused };

  explicit RequestReader(const ReadLimits& limits);
  RequestReader(const RequestReader&) = delete;
  RequestReader& operator=(const RequestReader&) = delete;

  // Reads on. `bytes`: those that an earlier call has not taken, and what has come since. Returns
  // how many are taken; what is left of them then is less than twice ReadLimits::header_bytes as
  // long as more is to come, and the next request's when this one is done.
  std::size_t Take(std::string_view bytes);

  [[nodiscard]] State state() const { return state_; }
  // Whether the head is whole.
  [[nodiscard]] bool in_body() const { return parser_.is_header_done(); }
  // 400 for no HTTP/1.x request and for what CheckHead refuses; 413, 414, 431 for what is too
  // large; 501; 505 for another version of HTTP.
  [[nodiscard]] const Refusal& refusal() const { return *refusal_; }
  // Whether the client waits to be told to send the body; once.
  [[nodiscard]] bool TakeContinue() { return std::exchange(continue_due_, false); }
  // Whether the connection may carry another request after this one.
  [[nodiscard]] bool keep_alive() const { return keep_alive_; }
  // The request, when it is done. Its trailers are not among its headers (RFC 9110, section 6.5.1).
  [[nodiscard]] Request Release();

 private:
  using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;
  using error_code = boost::system::error_code;

  std::size_t TakeHead(std::string_view bytes);
  std::size_t TakeBody(std::string_view bytes);
  void FinishHead();
  void Refuse(Refusal refusal);
  // `rest`: what the parser has stopped at.
  void RefuseError(const error_code& error, std::string_view rest);

  const ReadLimits limits_;
  Parser parser_;
  State state_ = State::kMore;
  Request request_;
  std::optional<Refusal> refusal_;
  std::size_t head_bytes_ = 0;
  std::size_t extension_bytes_ = 0;
  // In the bytes that are being taken: the line before the trailers.
  const char* last_chunk_ = nullptr;
  // The parser keeps a reference to it.
  std::function<void(std::uint64_t, boost::beast::string_view, error_code&)> on_chunk_;
  bool continue_due_ = false;
  bool keep_alive_ = false;  // as the head says: trailers do not count
};

}  // namespace ocokit::mock::http

#include "mock_exchange/http/request_reader.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <limits>
#include <utility>

namespace ocokit::mock::http {
namespace {

namespace beast = boost::beast;
using beast::http::error;

std::string Bytes(std::size_t count) { return std::to_string(count) + " bytes"; }

// Whether the request line is one of another HTTP: "GET / HTTP/2.0".
bool IsOfAnotherVersion(std::string_view text) {
  const std::string_view line = text.substr(0, text.find('\r'));
  const std::size_t version = line.rfind(" HTTP/");
  if (version == std::string_view::npos) return false;
  const std::string_view number = line.substr(version + 6);
  // With this one it is the line itself that is wrong.
  if (number.empty() || number.front() == '1') return false;
  return std::ranges::all_of(number, [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
}

// What follows the first line of it; none when that is not whole.
std::optional<std::size_t> BytesAfterLine(std::string_view text) {
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  return text.size() - end - 1;
}

// Of framing that is not whole, beginning with the line end of the chunk before: what there is of
// the trailers. None: it is the line that begins a chunk.
std::optional<std::size_t> TrailerBytes(std::string_view framing) {
  if (framing.starts_with("\r\n")) framing.remove_prefix(2);
  return BytesAfterLine(framing);
}

}  // namespace

RequestReader::RequestReader(const ReadLimits& limits) : limits_(limits) {
  parser_.header_limit(static_cast<std::uint32_t>(
      std::min<std::size_t>(limits.header_bytes, std::numeric_limits<std::uint32_t>::max())));
  parser_.body_limit(limits.body_bytes);
}

std::size_t RequestReader::Take(std::string_view bytes) {
  std::size_t taken = 0;
  if (state_ == State::kMore && !parser_.is_header_done()) taken = TakeHead(bytes);
  if (state_ == State::kMore && parser_.is_header_done() && taken < bytes.size()) {
    taken += TakeBody(bytes.substr(taken));
  }
  return taken;
}

std::size_t RequestReader::TakeHead(std::string_view bytes) {
  if (bytes.empty()) return 0;
  error_code failed;
  const std::size_t taken = parser_.put(boost::asio::buffer(bytes.data(), bytes.size()), failed);
  const std::string_view rest = bytes.substr(taken);
  head_bytes_ += taken;
  // The parser's own limit is for a line, and begins anew with the next.
  const bool more = failed == error::need_more;
  if (failed == error::header_limit ||
      ((more || !failed) && head_bytes_ + (more ? rest.size() : 0) > limits_.header_bytes)) {
    const bool in_line = head_bytes_ == 0 && rest.find('\n') == std::string_view::npos;
    Refuse({in_line ? 414 : 431,
            (in_line ? "the request line is longer than " : "the header is longer than ") +
                Bytes(limits_.header_bytes)});
  } else if (more && rest.find("\n\n") != std::string_view::npos) {
    // The parser waits for an empty line as HTTP has it.
    Refuse({400, "not an HTTP/1.1 request: lines end with CR LF, not with LF alone"});
  } else if (failed && !more) {
    RefuseError(failed, rest);
  } else if (!failed) {
    FinishHead();
  }
  return taken;
}

void RequestReader::FinishHead() {
  constexpr std::size_t kUsualHeaders = 12;
  const auto& head = parser_.get();
  request_.method = std::string(head.method_string());
  request_.target = std::string(head.target());
  request_.headers.reserve(kUsualHeaders);
  for (const auto& field : head) {
    request_.headers.push_back({std::string(field.name_string()), std::string(field.value())});
  }
  const int version = static_cast<int>(head.version());
  if (auto refusal = CheckHead(request_, version)) return Refuse(std::move(*refusal));
  if (parser_.is_done()) state_ = State::kDone;
  keep_alive_ = head.keep_alive();
  continue_due_ = !parser_.is_done() && version >= 11 &&
                  beast::iequals(head[beast::http::field::expect], "100-continue");
  if (parser_.chunked()) {
    on_chunk_ = [this](std::uint64_t size, beast::string_view extensions, error_code& failed) {
      if (size == 0) last_chunk_ = extensions.data();
      extension_bytes_ += extensions.size();
      if (extension_bytes_ > limits_.header_bytes) failed = error::buffer_overflow;
    };
    parser_.on_chunk_header(on_chunk_);
  }
  parser_.eager(true);
}

std::size_t RequestReader::TakeBody(std::string_view bytes) {
  // Beast's parser takes it for granted that, once it has seen the line before the trailers, it is
  // called with what can end them: "0", two line ends. No chunked body ends in less.
  constexpr std::size_t kLeastOfChunks = 5;
  if (parser_.chunked() && bytes.size() < kLeastOfChunks && bytes.front() == '0') return 0;
  error_code failed;
  const std::size_t taken = parser_.put(boost::asio::buffer(bytes.data(), bytes.size()), failed);
  const std::string_view rest = bytes.substr(taken);
  if (failed && failed != error::need_more) {
    RefuseError(failed, rest);
    return taken;
  }
  // The parser takes the trailers in one piece; those that came whole are held to the same limit.
  std::optional<std::size_t> trailers;
  if (!parser_.is_done()) {
    trailers = TrailerBytes(rest);
  } else if (last_chunk_ != nullptr) {
    trailers = BytesAfterLine({last_chunk_, bytes.data() + taken});
  }
  if (trailers && *trailers + (parser_.is_done() ? 0 : 1) > limits_.header_bytes) {
    Refuse({431, "the trailers are longer than " + Bytes(limits_.header_bytes)});
  } else if (parser_.is_done()) {
    state_ = State::kDone;
  } else if (!trailers && rest.size() >= limits_.header_bytes) {
    RefuseError(error::buffer_overflow, rest);
  }
  return taken;
}

void RequestReader::RefuseError(const error_code& failed, std::string_view rest) {
  if (failed == error::body_limit) {
    return Refuse({413, "the body is longer than " + Bytes(limits_.body_bytes)});
  }
  if (failed == error::buffer_overflow) {
    return Refuse({413, "the chunk extensions are longer than " + Bytes(limits_.header_bytes)});
  }
  if (failed == error::bad_version && IsOfAnotherVersion(rest)) {
    return Refuse({505, "HTTP/1.1 is spoken here, and HTTP/1.0"});
  }
  const bool framing = failed == error::bad_transfer_encoding ||
                       failed == error::bad_content_length ||
                       failed == error::multiple_content_length;
  if (framing && parser_.is_header_done()) {
    return Refuse({400, "Content-Length and Transfer-Encoding are no trailers"});
  }
  if (failed == error::bad_transfer_encoding) {
    return Refuse({400, "Transfer-Encoding stands beside Content-Length, or twice"});
  }
  if (failed == error::bad_content_length || failed == error::multiple_content_length) {
    return Refuse({400,
                   "Content-Length must be one whole number, and not stand beside "
                   "Transfer-Encoding"});
  }
  Refuse({400, "not an HTTP/1.1 request: " + failed.message()});
}

void RequestReader::Refuse(Refusal refusal) {
  state_ = State::kRefused;
  refusal_ = std::move(refusal);
}

Request RequestReader::Release() {
  request_.body = std::move(parser_.get().body());
  return std::move(request_);
}

}  // namespace ocokit::mock::http

#include "conformance/net/reply_reader.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <utility>

namespace ocokit::conform {
namespace {

namespace http = boost::beast::http;
using boost::system::error_code;

constexpr unsigned kSwitchingProtocols = 101;
constexpr std::size_t kMostHeader = std::size_t{256} << 10;

std::string Size(std::size_t bytes) {
  const std::size_t mebibytes = bytes >> 20;
  return mebibytes > 0 && bytes == mebibytes << 20 ? std::to_string(mebibytes) + " MiB"
                                                   : std::to_string(bytes) + " bytes";
}

std::string Why(const error_code& error, std::size_t most) {
  if (error == http::error::body_limit) return "the reply has a body of more than " + Size(most);
  if (error == http::error::header_limit) return "the reply has more than 256 KiB of headers";
  return "what came is no HTTP/1.x reply: " + error.message();
}

}  // namespace

ReplyReader::ReplyReader(bool head, std::size_t most, OnPiece on_piece)
    : head_(head), most_(most), on_piece_(std::move(on_piece)) {
  BeginReply();
}

void ReplyReader::BeginReply() {
  parser_.emplace();
  in_chunks_ = false;
  parser_->header_limit(kMostHeader);
  if (on_piece_) {
    parser_->body_limit(boost::none);
  } else {
    parser_->body_limit(most_);
  }
  parser_->skip(head_);
}

std::size_t ReplyReader::Take(std::string_view bytes) {
  if (state_ != State::kMore) return 0;
  error_code failed;
  const std::size_t taken = Feed(bytes, failed);
  const bool done = parser_->is_done() || !wanted_;
  // The parser bounds a body and headers, but nothing beside the sizes of chunks, no trailers and
  // no interim replies.
  const std::size_t counted = taken_ + (done ? 0 : bytes.size() - taken);
  if (failed) {
    Refuse(Why(failed, most_));
  } else if (counted > most_) {
    Refuse("the reply has more than " + Size(most_) + ", all its bytes counted");
  } else if (done) {
    state_ = State::kDone;
  }
  return taken;
}

std::size_t ReplyReader::Feed(std::string_view bytes, error_code& failed) {
  std::size_t fed = 0;
  while (wanted_ && fed < bytes.size() && !parser_->is_done()) {
    const std::string_view rest = bytes.substr(fed);
    if (MustWait(rest)) break;
    const bool in_body = parser_->is_header_done();
    const std::size_t used = parser_->put(boost::asio::buffer(rest.data(), rest.size()), failed);
    raw_ += rest.substr(0, used);
    fed += used;
    taken_ += used;
    if (in_body && used > 0) in_chunks_ = true;
    // Only then: what follows the head goes past MustWait.
    if (parser_->is_header_done()) parser_->eager(true);
    const bool more = failed == http::error::need_more;
    if (more) failed = {};
    if (!failed && parser_->is_header_done() && on_piece_) HandOver();
    if (failed || more) break;
    const unsigned status = parser_->is_done() ? parser_->get().result_int() : 0;
    if (status / 100 == 1 && status != kSwitchingProtocols) {
      BeginReply();
      raw_.clear();
    } else if (used == 0) {
      break;
    }
  }
  return fed;
}

// Beast's parser takes it for granted that, once it has seen the line before the trailers, it is
// called with what can end them: "0", two line ends. Behind a chunk that line begins with the
// chunk's own line end, and is long enough. No chunk is held back by this: none with a zero before
// its size has a byte of data among its first four.
bool ReplyReader::MustWait(std::string_view rest) const {
  constexpr std::size_t kLeastOfChunks = 5;
  return parser_->is_header_done() && parser_->chunked() && !in_chunks_ &&
         rest.size() < kLeastOfChunks && rest.starts_with('0');
}

void ReplyReader::HandOver() {
  const std::string piece = std::exchange(parser_->get().body(), std::string());
  if (piece.empty()) return;
  wanted_ = on_piece_(static_cast<int>(parser_->get().result_int()), piece);
  raw_.clear();
  // Who sends a byte now and then between kilobytes of framing sends no reply.
  taken_ -= std::min(taken_, 2 * piece.size());
}

void ReplyReader::TakeEnd() {
  if (state_ != State::kMore || !parser_->is_header_done()) return;
  error_code failed;
  parser_->put_eof(failed);
  if (!failed && parser_->is_done()) state_ = State::kDone;
}

void ReplyReader::Refuse(std::string why) {
  state_ = State::kRefused;
  refusal_ = std::move(why);
}

HttpReply ReplyReader::Release() {
  HttpReply reply;
  auto& message = parser_->get();
  reply.status = static_cast<int>(message.result_int());
  for (const auto& field : message) {
    reply.headers.emplace_back(std::string(field.name_string()), std::string(field.value()));
  }
  reply.body = std::move(message.body());
  reply.raw = std::move(raw_);
  return reply;
}

}  // namespace ocokit::conform

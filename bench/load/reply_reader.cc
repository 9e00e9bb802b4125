#include "bench/load/reply_reader.h"

#include <boost/asio/buffer.hpp>
#include <charconv>
#include <cmath>
#include <cstring>

namespace ocokit::load {
namespace {

constexpr std::size_t kMostBytes = std::size_t{4} << 20;
constexpr std::size_t kMostHeader = std::size_t{64} << 10;
constexpr std::size_t kPiece = std::size_t{16} << 10;
// Beast's parser takes it for granted that, once it has seen the line before the trailers, it is
// called with what can end them: "0", two line ends.
constexpr std::size_t kLeastOfChunks = 5;

// One that another follows.
bool IsInterim(unsigned status) { return status / 100 == 1 && status != 101; }

}  // namespace

ReplyReader::ReplyReader() : bytes_(kPiece) { NewParser(); }

void ReplyReader::NewParser() {
  parser_.emplace();
  parser_->header_limit(kMostHeader);
  parser_->body_limit(kMostBytes);
}

void ReplyReader::Reset() {
  used_ = 0;
  came_ = 0;
  keeps_alive_ = true;
  NewParser();
}

std::span<char> ReplyReader::Space() {
  if (bytes_.size() == used_) bytes_.resize(bytes_.size() * 2);
  return std::span(bytes_).subspan(used_);
}

ReplyReader::State ReplyReader::Commit(std::size_t size) {
  used_ += size;
  came_ += size;
  do {
    if (parser_->is_header_done() && parser_->chunked() && used_ < kLeastOfChunks &&
        bytes_[0] == '0') {
      break;
    }
    boost::system::error_code error;
    const std::size_t parsed = parser_->put(boost::asio::buffer(bytes_.data(), used_), error);
    used_ -= parsed;
    if (used_ != 0) std::memmove(bytes_.data(), bytes_.data() + parsed, used_);
    if (error == boost::beast::http::error::need_more) {
      return came_ > kMostBytes ? State::kMalformed : State::kMore;
    }
    if (error) return State::kMalformed;
    // Only then: the line before the trailers would come with the head, however little it is.
    if (parser_->is_header_done()) parser_->eager(true);
    const bool done = parser_->is_done();
    // The parser bounds a body and headers, but nothing beside the sizes of chunks, no trailers and
    // no interim replies.
    if (came_ - (done ? used_ : 0) > kMostBytes) return State::kMalformed;
    if (!done) continue;
    if (!IsInterim(parser_->get().result_int())) return State::kWhole;
    NewParser();
  } while (used_ != 0);
  return State::kMore;
}

ReplyReader::State ReplyReader::End() {
  if (!parser_->got_some()) return State::kMore;
  boost::system::error_code error;
  parser_->put_eof(error);
  return !error && parser_->is_done() ? State::kWhole : State::kMore;
}

client::HttpResponse ReplyReader::Take() {
  auto& message = parser_->get();
  client::HttpResponse response;
  response.status = static_cast<int>(message.result_int());
  for (const auto& field : message) {
    response.headers.emplace_back(std::string(field.name_string()), std::string(field.value()));
  }
  response.body = std::move(message.body());
  keeps_alive_ = parser_->keep_alive();
  came_ = used_;
  NewParser();
  return response;
}

std::int64_t ReadServerTiming(std::string_view header) {
  double sum = 0;
  bool found = false;
  while (!header.empty()) {
    const std::size_t comma = header.find(',');
    std::string_view metric = header.substr(0, comma);
    header.remove_prefix(comma == std::string_view::npos ? header.size() : comma + 1);
    while (metric.starts_with(' ')) metric.remove_prefix(1);
    const std::string_view name = metric.substr(0, metric.find(';'));
    if (name != "authenticate" && name != "decide" && name != "delay") continue;
    const std::size_t at = metric.find(";dur=");
    if (at == std::string_view::npos) continue;
    const std::string_view text = metric.substr(at + 5);
    double value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc() || !(value >= 0) || value > 1e9) continue;
    found = true;
    sum += value;
  }
  return found ? std::llround(sum * 1e6) : -1;
}

std::int64_t ReadCommitTime(std::string_view header) {
  constexpr std::string_view kBefore = "commit;desc=";
  const std::size_t at = header.find(kBefore);
  if (at == std::string_view::npos) return -1;
  const char* const first = header.data() + at + kBefore.size();
  const char* const end = header.data() + header.size();
  std::int64_t value = 0;
  const auto [rest, error] = std::from_chars(first, end, value);
  const bool ends = rest == end || *rest == ',' || *rest == ' ';
  return error == std::errc() && ends && value >= 0 ? value : -1;
}

}  // namespace ocokit::load

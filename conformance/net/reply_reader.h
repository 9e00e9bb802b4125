#pragma once

// ReplyReader: one HTTP/1.x reply from its bytes, which come in pieces of any size. Knows no
// socket. Whatever the framing, it keeps no more than its bound.

#include <boost/beast/http/parser.hpp>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "conformance/net/reply.h"

namespace ocokit::conform {

class ReplyReader {
 public:
  enum class State { kMore, kDone, kRefused };
  // Of a reply that comes as time goes on: each piece of its body, with its status. False: nothing
  // more is wanted, and the reply is done.
  using OnPiece = std::function<bool(int status, std::string_view piece)>;

  // `head`: it answers a HEAD and has no body. `most`: of its bytes, all counted. With `on_piece`,
  // what comes beside the pieces counts as far as it is more than the pieces themselves.
  ReplyReader(bool head, std::size_t most, OnPiece on_piece = nullptr);
  ReplyReader(const ReplyReader&) = delete;
  ReplyReader& operator=(const ReplyReader&) = delete;

  // Reads on; interim replies (100) are passed over. `bytes`: those that an earlier call has not
  // taken, and what has come since. Returns how many are taken. What is left of them is within the
  // bound as long as more is to come, and the next reply's when this one is done.
  std::size_t Take(std::string_view bytes);
  // No more bytes come: a reply without a length is done then. Any other still lacks bytes.
  void TakeEnd();

  [[nodiscard]] State state() const { return state_; }
  // Why it is no reply: for a person.
  [[nodiscard]] const std::string& refusal() const { return refusal_; }
  // What is taken of the reply, without interim replies; with `on_piece`, since the last piece.
  [[nodiscard]] const std::string& raw() const { return raw_; }
  // The reply, when it is done.
  [[nodiscard]] HttpReply Release();

 private:
  // Grows with what comes. Beast's own body makes room at once for the length that a header claims.
  struct Body {
    using value_type = std::string;
    class reader {
     public:
      template <bool kIsRequest, typename Fields>
      reader(boost::beast::http::header<kIsRequest, Fields>&, std::string& body) : body_(body) {}
      void init(const boost::optional<std::uint64_t>&, boost::system::error_code& failed) {
        failed = {};
      }
      std::size_t put(boost::asio::const_buffer piece, boost::system::error_code& failed) {
        failed = {};
        body_.append(static_cast<const char*>(piece.data()), piece.size());
        return piece.size();
      }
      void finish(boost::system::error_code& failed) { failed = {}; }

     private:
      std::string& body_;
    };
  };
  using Parser = boost::beast::http::response_parser<Body>;

  void BeginReply();
  // Until the parser needs more: how many bytes it took.
  std::size_t Feed(std::string_view bytes, boost::system::error_code& failed);
  // Whether the parser must not see these bytes before more have come.
  [[nodiscard]] bool MustWait(std::string_view rest) const;
  void HandOver();
  void Refuse(std::string why);

  const bool head_;
  const std::size_t most_;
  const OnPiece on_piece_;
  std::optional<Parser> parser_;
  State state_ = State::kMore;
  bool wanted_ = true;
  bool in_chunks_ = false;  // beyond the size of the first one, if its body has chunks
  std::string raw_;
  std::size_t taken_ = 0;  // by parsers, with what is not in `raw_`
  std::string refusal_;
};

}  // namespace ocokit::conform

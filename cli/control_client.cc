#include "cli/control_client.h"

#include <utility>

#include "cli/control_token.h"
#include "conformance/net/connection.h"

namespace ocokit::cli {
namespace {

using std::chrono::milliseconds;

// An account's whole journal, with bodies of a mebibyte each, may be as large.
constexpr std::size_t kMostOfAControlReply = std::size_t{256} << 20;

tl::unexpected<Error> NoReply(const ControlOptions& options, const std::string& why) {
  return Fail(ErrorKind::kUnavailable, "no reply from " + options.url + ": " + why);
}

// Opens a connection and sends the call on it.
Result<conform::Connection> SendCall(const ControlOptions& options, const ControlCall& call) {
  // The token goes to whoever this names: what two readers could read differently is refused.
  Result<conform::Url> url = conform::ParseUrl(options.url);
  if (!url) {
    return Fail(ErrorKind::kInvalidArgument, "--url must be a base URL: " + url.error().message);
  }
  const Result<std::string> token = ReadControlToken(options.token_file, "--token-file");
  if (!token) return tl::unexpected<Error>(token.error());
  // As the ready line's control_url has it.
  constexpr std::string_view kBase = "/control/v1";
  if (url->path.ends_with(kBase)) url->path.resize(url->path.size() - kBase.size());
  conform::Headers headers{{"Host", url->Authority()}, {"Connection", "close"}};
  if (!token->empty()) headers.emplace_back("Authorization", "Bearer " + *token);
  if (!call.body.empty()) headers.emplace_back("Content-Type", "application/json");
  if (call.method != "GET" || !call.body.empty()) {
    headers.emplace_back("Content-Length", std::to_string(call.body.size()));
  }
  const milliseconds timeout(options.timeout_ms);
  auto connection = conform::Connection::Open(*url, timeout, options.ca_file);
  if (!connection) return NoReply(options, connection.error().message);
  const std::string request =
      conform::FormatRequest(call.method, url->path + call.base + call.path, headers, call.body);
  // A server that refuses early has answered all the same.
  (void)connection->Write(request, timeout);
  return connection;
}

}  // namespace

Result<ControlReply> Send(const ControlOptions& options, const ControlCall& call) {
  auto connection = SendCall(options, call);
  if (!connection) return tl::unexpected<Error>(connection.error());
  ControlReply reply;
  bool too_large = false;
  const auto ended =
      connection->Follow(milliseconds(options.timeout_ms), [&](int, std::string_view piece) {
        too_large = piece.size() > kMostOfAControlReply - reply.body.size();
        if (!too_large) reply.body += piece;
        return !too_large;
      });
  if (!ended) return NoReply(options, ended.error().message);
  if (too_large) return NoReply(options, "the reply has more than 256 MiB");
  reply.status = ended->status;
  return reply;
}

Result<ControlReply> Follow(const ControlOptions& options, const ControlCall& call,
                            const std::function<bool(std::string_view)>& on_piece) {
  auto connection = SendCall(options, call);
  if (!connection) return tl::unexpected<Error>(connection.error());
  ControlReply reply;
  bool wanted = true;
  // Nothing may come for as long as nobody sends a request.
  const auto ended =
      connection->Follow(std::chrono::hours(24 * 365), [&](int status, std::string_view piece) {
        reply.status = status;
        if (status < 400) return wanted = on_piece(piece);
        reply.body += piece;
        return reply.body.size() <= conform::kMostOfAReply;
      });
  if (ended) reply.status = ended->status;
  // A stream has no length: its end may be seen as a broken read, too.
  if (!ended && reply.status == 0) return NoReply(options, ended.error().message);
  if (wanted && reply.status < 400) {
    return Fail(ErrorKind::kUnavailable,
                options.url + " sends no more: the server or the account is gone");
  }
  return reply;
}

}  // namespace ocokit::cli

#include "cli/control_client.h"

#include <httplib.h>

#include <cstdlib>
#include <fstream>

#include "conformance/net/connection.h"

namespace ocokit::cli {
namespace {

// The first line of the file, or what the environment has; empty: none.
Result<std::string> ReadToken(const ControlOptions& options) {
  if (options.token_file.empty()) {
    const char* token = std::getenv("OCOKIT_CONTROL_TOKEN");
    return std::string(token == nullptr ? "" : token);
  }
  std::ifstream file(options.token_file);
  std::string line;
  if (!file || !std::getline(file, line)) {
    return Fail(ErrorKind::kInvalidArgument,
                "--token-file must name a file with a line to read, unlike " + options.token_file);
  }
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

std::string Describe(httplib::Error error, const std::string& url) {
  return "no reply from " + url + ": " + httplib::to_string(error);
}

Result<std::unique_ptr<httplib::Client>> Connect(const ControlOptions& options) {
  // The token goes to whoever this names: what two readers could read differently is refused.
  const Result<conform::Url> parsed = conform::ParseUrl(options.url);
  if (!parsed) {
    return Fail(ErrorKind::kInvalidArgument, "--url must be a base URL: " + parsed.error().message);
  }
  const Result<std::string> token = ReadToken(options);
  if (!token) return tl::unexpected<Error>(token.error());
  std::string url = options.url;
  while (url.ends_with('/')) url.pop_back();
  // As the ready line's control_url has it.
  constexpr std::string_view kBase = "/control/v1";
  if (url.ends_with(kBase)) url.resize(url.size() - kBase.size());
  auto client = std::make_unique<httplib::Client>(url);
  if (!client->is_valid()) {
    return Fail(ErrorKind::kInvalidArgument,
                "--url must be like http://127.0.0.1:8787, unlike " + options.url);
  }
  if (!options.ca_file.empty()) client->set_ca_cert_path(options.ca_file);
  if (!token->empty()) client->set_bearer_token_auth(*token);
  client->set_connection_timeout(5);
  client->set_read_timeout(30);
  return client;
}

httplib::Request MakeRequest(const ControlCall& call) {
  httplib::Request request;
  request.method = call.method;
  request.path = call.base + call.path;
  request.body = call.body;
  if (!call.body.empty()) request.headers.emplace("Content-Type", "application/json");
  return request;
}

}  // namespace

Result<ControlReply> Send(const ControlOptions& options, const ControlCall& call) {
  auto client = Connect(options);
  if (!client) return tl::unexpected<Error>(client.error());
  const httplib::Result result = (*client)->send(MakeRequest(call));
  if (!result) return Fail(ErrorKind::kUnavailable, Describe(result.error(), options.url));
  return ControlReply{result->status, result->body};
}

Result<ControlReply> Follow(const ControlOptions& options, const ControlCall& call,
                            const std::function<bool(std::string_view)>& on_piece) {
  auto client = Connect(options);
  if (!client) return tl::unexpected<Error>(client.error());
  // Nothing may come for as long as nobody sends a request.
  (*client)->set_read_timeout(std::chrono::hours(24));
  ControlReply reply;
  bool wanted = true;
  httplib::Request request = MakeRequest(call);
  request.response_handler = [&](const httplib::Response& response) {
    reply.status = response.status;
    return true;
  };
  request.content_receiver = [&](const char* data, std::size_t size, std::uint64_t, std::uint64_t) {
    const std::string_view piece(data, size);
    if (reply.status >= 400) {
      reply.body += piece;
    } else {
      wanted = on_piece(piece);
    }
    return wanted;
  };
  const httplib::Result result = (*client)->send(request);
  // A stream has no length: its end may be seen as a broken read, too.
  if (!result && reply.status == 0) {
    return Fail(ErrorKind::kUnavailable, Describe(result.error(), options.url));
  }
  if (wanted && reply.status < 400) {
    return Fail(ErrorKind::kUnavailable,
                options.url + " sends no more: the server or the account is gone");
  }
  return reply;
}

}  // namespace ocokit::cli

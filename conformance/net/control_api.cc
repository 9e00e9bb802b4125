#include "conformance/net/control_api.h"

#include <nlohmann/json.hpp>

#include "conformance/text/bounded_json.h"
#include "ocokit/base/header_text.h"

namespace ocokit::conform {

using nlohmann::json;

ControlApi::ControlApi(ControlAddress address, std::chrono::milliseconds timeout)
    : address_(std::move(address)), timeout_(timeout) {}

Result<json> ControlApi::Call(std::string_view method, std::string_view path, const json& body) {
  const std::string call = std::string(method) + " " + FormatUrl(address_.url) + std::string(path);
  if (!address_.token.empty()) {
    if (auto ok = CheckHeaderWord(address_.token, "the control token"); !ok) {
      return tl::unexpected(ok.error());
    }
  }
  Headers headers{{"Host", address_.url.Authority()}, {"Accept", "application/json"}};
  if (!address_.token.empty()) headers.emplace_back("Authorization", "Bearer " + address_.token);
  std::string text;
  if (!body.is_null()) {
    text = body.dump();
    headers.emplace_back("Content-Type", "application/json");
  }
  if (!text.empty() || method != "GET") {
    headers.emplace_back("Content-Length", std::to_string(text.size()));
  }
  const std::string request =
      FormatRequest(method, address_.url.path + std::string(path), headers, text);
  // A kept connection may have been closed meanwhile, which shows before anything has come back.
  const bool kept = connection_.has_value();
  for (int attempt = 0;; ++attempt) {
    if (!connection_) {
      Result<Connection> opened = Connection::Open(address_.url, timeout_, address_.ca_file);
      if (!opened) return tl::unexpected(opened.error());
      connection_.emplace(std::move(*opened));
    }
    const Result<void> written = connection_->Write(request, timeout_);
    ReadFailure failure;
    if (written) {
      auto reply = connection_->Read(timeout_);
      if (reply) {
        json answer = ParseBoundedJson(reply->body);
        if (reply->status / 100 == 2) {
          if (reply->body.empty()) return json();
          if (answer.is_discarded()) {
            return Fail(ErrorKind::kUnavailable, call + " gave no JSON: " + reply->body);
          }
          return answer;
        }
        const bool told = answer.is_object() && answer.contains("detail");
        return Fail(reply->status == 404 ? ErrorKind::kNotFound : ErrorKind::kInvalidArgument,
                    call + " gave HTTP " + std::to_string(reply->status) + ": " +
                        (told && answer["detail"].is_string() ? answer["detail"].get<std::string>()
                                                              : reply->body));
      }
      failure = reply.error();
    } else {
      failure.message = written.error().message;
    }
    connection_.reset();
    const bool untouched = failure.why == NoReply::kClosed && failure.raw.empty();
    if (!kept || !untouched || attempt > 0) {
      return Fail(ErrorKind::kUnavailable, call + ": " + failure.message);
    }
  }
}

Result<json> ControlApi::Get(std::string_view path) { return Call("GET", path, json()); }
Result<json> ControlApi::Post(std::string_view path, const json& body) {
  return Call("POST", path, body);
}
Result<json> ControlApi::Put(std::string_view path, const json& body) {
  return Call("PUT", path, body);
}
Result<json> ControlApi::Delete(std::string_view path) { return Call("DELETE", path, json()); }

}  // namespace ocokit::conform

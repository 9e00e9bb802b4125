#include "mock_exchange/control/reply.h"

#include <algorithm>

namespace ocokit::mock::control {
namespace {

const char* TitleOf(int status) {
  switch (status) {
    case 400:
      return "Bad request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not found";
    case 405:
      return "Method not allowed";
    case 409:
      return "Conflict";
    default:
      return "Internal error";
  }
}

int StatusOf(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kInvalidArgument:
    case ErrorKind::kOutOfRange:
      return 400;
    case ErrorKind::kNotFound:
      return 404;
    case ErrorKind::kAlreadyExists:
      return 409;
    case ErrorKind::kUnavailable:
      return 500;
  }
  return 500;
}

// "leverage must be ..." and "refuse_orders: ..." name a member; "a price of ..." does not.
std::string MemberIn(std::string_view message) {
  constexpr std::string_view kWhole = "the account: ";
  if (message.starts_with(kWhole)) message.remove_prefix(kWhole.size());
  const auto is_name = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '[' ||
           c == ']';
  };
  const auto end = std::ranges::find_if_not(message, is_name);
  const std::string word(message.begin(), end);
  const std::string_view rest(end, message.end());
  const bool named = word.size() > 1 && (rest.starts_with(": ") || rest.starts_with(" must ") ||
                                         rest.starts_with(" is ") || rest.starts_with(" holds "));
  return named ? word : std::string();
}

std::string Line(const Json& body) {
  return body.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

Answer WriteText(int status, const std::string& type, std::string body) {
  return {.response = Share({.status = status,
                             .headers = {{"Content-Type", type}, {"Cache-Control", "no-store"}},
                             .body = std::move(body)})};
}

Answer WriteJson(int status, const Json& body) {
  return WriteText(status, "application/json", Line(body));
}

Answer WriteNothing() { return {.response = Share({.status = 204})}; }

Answer WriteProblem(int status, const std::string& detail, const std::string& member) {
  Json body = {{"type", "about:blank"}, {"title", TitleOf(status)}, {"status", status}};
  body["detail"] = detail;
  if (!member.empty()) body["member"] = member;
  return WriteText(status, "application/problem+json", Line(body));
}

Answer WriteProblemOfBody(const Error& error) {
  const bool named = error.kind == ErrorKind::kNotFound;
  return WriteProblem({named ? ErrorKind::kInvalidArgument : error.kind, error.message});
}

Answer WriteProblem(const Error& error) {
  return WriteProblem(StatusOf(error.kind), error.message, MemberIn(error.message));
}

}  // namespace ocokit::mock::control

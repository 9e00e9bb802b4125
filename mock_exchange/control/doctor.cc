// The doctor on a request that somebody holds in hand.

#include "ocokit/mock/doctor.h"

#include <nlohmann/json.hpp>

#include "mock_exchange/control/call.h"
#include "mock_exchange/control/journal.h"
#include "mock_exchange/exchange/examine.h"
#include "ocokit/mock/request_text.h"

namespace ocokit::mock::control {
namespace {

Request ReadRequest(const nlohmann::json& given) {
  Request out;
  out.method = given["method"].get<std::string>();
  out.target = given["target"].get<std::string>();
  if (given.contains("headers")) {
    for (const nlohmann::json& header : given["headers"]) {
      out.headers.push_back(
          {header["name"].get<std::string>(), header["value"].get<std::string>()});
    }
  }
  out.body = given.value("body", "");
  return out;
}

// Which of the ways to give a request was taken.
std::string MemberOf(const nlohmann::json& body) {
  for (const char* name : {"raw", "curl"}) {
    if (body.contains(name)) return name;
  }
  return "request";
}

Result<Request> ReadGiven(const nlohmann::json& body) {
  int ways = 0;
  for (const char* name : {"request", "raw", "curl"}) ways += body.contains(name) ? 1 : 0;
  if (ways != 1) {
    return Fail(ErrorKind::kInvalidArgument,
                "the document needs one of request, raw and curl, the request in one of its forms");
  }
  if (body.contains("raw")) return ReadHttpRequest(body["raw"].get<std::string>());
  // Files are the caller's, and stay out of reach.
  if (body.contains("curl")) return ReadCurl(body["curl"].get<std::string>());
  return ReadRequest(body["request"]);
}

// Why the request cannot be read. The reason may quote the beginning of a line, in which half a
// secret would not be found any more: that of a text without secrets says the same.
std::string WhyUnread(const Call& call, nlohmann::json body) {
  SecretFilter own;
  if (body.contains("secret")) own.Add(body["secret"].get<std::string>());
  for (const char* name : {"raw", "curl"}) {
    if (!body.contains(name)) continue;
    body[name] = own.Hide(call.exchange.secrets().Hide(body[name].get<std::string>()));
  }
  const Result<Request> given = ReadGiven(body);
  return given ? "the request cannot be read" : given.error().message;
}

}  // namespace

Answer PostDoctor(const Call& call) {
  const auto body = call.ReadBody("examination");
  if (!body) return body.error();
  const Result<Request> given = ReadGiven(*body);
  if (!given) return WriteProblem(400, WhyUnread(call, *body), MemberOf(*body));
  const Request& request = *given;
  if (body->contains("account")) {
    for (const char* name : {"venue", "key", "secret", "now_ms", "last_nonce"}) {
      if (!body->contains(name)) continue;
      return WriteProblem(
          400, std::string(name) + " is the account's own; leave out one of the two", name);
    }
    const std::string id = (*body)["account"].get<std::string>();
    std::shared_ptr<Tenant> tenant = call.exchange.FindId(id);
    if (tenant == nullptr)
      return WriteProblem(404, "there is no account \"" + id + "\"", "account");
    return WriteJson(200, WriteDiagnosis(AccountHandle(std::move(tenant)).Diagnose(request)));
  }
  for (const char* name : {"venue", "key", "secret"}) {
    if (!body->contains(name)) {
      return WriteProblem(400, "without an account the document needs venue, key and secret", name);
    }
  }
  DoctorContext context;
  if (body->contains("now_ms")) {
    context.now = FromUnixMillis((*body)["now_ms"].get<std::int64_t>());
  }
  if (body->contains("last_nonce")) context.last_nonce = (*body)["last_nonce"].get<std::string>();
  const Venue venue = (*body)["venue"] == "bingx" ? Venue::kBingx : Venue::kWhitebit;
  const Credentials credentials{(*body)["key"].get<std::string>(),
                                (*body)["secret"].get<std::string>()};
  return WriteJson(200, WriteDiagnosis(DiagnoseFor(venue, credentials, request, context,
                                                   call.exchange.secrets())));
}

}  // namespace ocokit::mock::control

#include "mock_exchange/http/wire.h"

#include <boost/beast/http/status.hpp>
#include <string_view>
#include <utility>

namespace ocokit::mock::http {
namespace {

// BingX bans with 418, and WhiteBIT answers 453 in some regions: Boost knows neither.
std::string_view Reason(int status) {
  if (status == 418) return "I'm a teapot";
  if (status == 453) return "Region Not Available";
  namespace http = boost::beast::http;
  const http::status known = http::int_to_status(static_cast<unsigned>(status));
  if (known == http::status::unknown) return "";
  const auto reason = http::obsolete_reason(known);
  return {reason.data(), reason.size()};
}

}  // namespace

std::string Serialize(const Response& response, const std::vector<Header>& more_headers,
                      const WireOptions& options) {
  std::string out;
  out.reserve(256 + response.body.size());
  out += "HTTP/1.1 ";
  out += std::to_string(response.status);
  out += ' ';
  out += Reason(response.status);
  out += "\r\n";
  if (!options.date.empty()) {
    out += "Date: ";
    out += options.date;
    out += "\r\n";
  }
  for (const auto* headers : {&response.headers, &more_headers}) {
    for (const Header& header : *headers) {
      out += header.name;
      out += ": ";
      out += header.value;
      out += "\r\n";
    }
  }
  // RFC 9110 sections 15.3.5 and 15.4.5: what follows them would be taken for the next response.
  const bool bodiless = response.status == 204 || response.status == 304;
  if (!options.endless && !bodiless) {
    out += "Content-Length: ";
    out += std::to_string(options.content_length.value_or(response.body.size() + options.padding));
    out += "\r\n";
  }
  out += options.keep_alive && !options.endless ? "Connection: keep-alive\r\n\r\n"
                                                : "Connection: close\r\n\r\n";
  if (options.with_body && !bodiless) {
    out += response.body;
    out.append(options.padding, ' ');
  }
  return out;
}

Response PlainText(int status, std::string text) {
  return {.status = status,
          .headers = {{"Content-Type", "text/plain"}},
          .body = std::move(text) + "\n"};
}

}  // namespace ocokit::mock::http

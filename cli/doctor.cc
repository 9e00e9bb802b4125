#include "cli/doctor.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "cli/exit_codes.h"
#include "cli/read_file.h"
#include "cli/side_by_side.h"
#include "cli/terminal.h"
#include "conformance/text/printable.h"
#include "ocokit/mock/doctor.h"
#include "ocokit/mock/request_text.h"

namespace ocokit::cli {
namespace {

using Json = nlohmann::ordered_json;
using mock::Diagnosis;

// As it stands in the file, but for one line break at the end.
Result<std::string> ReadSecret(const DoctorOptions& options) {
  if (options.secret_file.empty()) {
    if (const char* secret = std::getenv("OCOKIT_SECRET"); secret != nullptr && *secret != '\0') {
      return std::string(secret);
    }
    return Fail(ErrorKind::kInvalidArgument,
                "--secret-file or OCOKIT_SECRET is required, with the account's secret");
  }
  Result<std::string> text = ReadFileOrInput(options.secret_file, kMostOfASecret);
  if (!text) return text;
  if (text->ends_with('\n')) text->pop_back();
  if (text->ends_with('\r')) text->pop_back();
  if (text->empty()) return Fail(ErrorKind::kInvalidArgument, options.secret_file + " is empty");
  return text;
}

using Requests = Result<std::vector<mock::HarRequest>>;

// What `parse` makes of the text. Its error may quote the beginning of a line, in which half the
// secret would not be found any more: the error is that of a text without it.
template <typename Parse>
Requests ParseHiding(const std::string& text, const std::string& secret, const Parse& parse) {
  Requests out = parse(text);
  if (out) return out;
  const std::string clean = mock::HideSecret(text, secret);
  if (clean == text) return out;
  Requests again = parse(clean);
  if (again) return Fail(out.error().kind, "the request cannot be read");
  return again;
}

Requests ReadRequests(const DoctorOptions& options, const std::string& secret) {
  const auto one = [](Result<mock::Request> request) -> Requests {
    if (!request) return tl::unexpected<Error>(request.error());
    return std::vector<mock::HarRequest>{{std::move(*request), std::nullopt}};
  };
  const auto read = [](const std::string& path) { return ReadFileOrInput(path, kMostOfARequest); };
  const auto har = [](const std::string& text) { return mock::ReadHar(text); };
  const auto http = [&](const std::string& text) { return one(mock::ReadHttpRequest(text)); };
  const auto curl = [&](const std::string& text) { return one(mock::ReadCurl(text, read)); };
  const auto parse = [&](const Result<std::string>& text, const auto& with) -> Requests {
    if (!text) return tl::unexpected<Error>(text.error());
    return ParseHiding(*text, secret, with);
  };
  if (!options.har.empty()) return parse(ReadFileOrInput(options.har), har);
  if (!options.request.empty()) return parse(read(options.request), http);
  if (options.curl == "-") return parse(read("-"), curl);
  if (options.curl.starts_with('@')) return parse(read(options.curl.substr(1)), curl);
  return parse(options.curl, curl);
}

std::size_t TerminalWidth() {
  winsize size{};
  const bool known = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40;
  return known ? size.ws_col : 100;
}

void PrintTexts(const Diagnosis& d) {
  const std::size_t width = TerminalWidth();
  std::string rows;
  if (d.signed_text && d.first_difference) {
    rows = SideBySide(d.expected, *d.signed_text, *d.first_difference, width);
  } else if (!d.expected.empty()) {
    rows = InRows("expected  ", d.expected, width);
  }
  if (!rows.empty()) std::printf("\n%s", rows.c_str());
}

void PrintForPerson(const std::string& method, const std::string& path, const Diagnosis& d) {
  const bool fine = d.id == mock::kNothingWrong;
  std::printf("%s %s\n", Printable(method).c_str(), Printable(path).c_str());
  std::string ids = d.id + (d.also.empty() ? "" : " and " + d.also);
  std::printf("%s  %s\n", Styled(stdout, fine ? Style::kGood : Style::kBad, ids).c_str(),
              Styled(stdout, Style::kBold, conform::ForTerminal(d.title)).c_str());
  // It quotes the request.
  if (!d.detail.empty()) std::printf("%s\n", conform::ForTerminal(d.detail).c_str());
  PrintTexts(d);
  if (!d.fix.empty()) std::printf("\nfix       %s\n", conform::ForTerminal(d.fix).c_str());
  if (!d.source.empty()) std::printf("source    %s\n", d.source.c_str());
  if (!d.ruled_out.empty()) {
    std::printf("ruled out %zu known mistakes; --json lists them\n", d.ruled_out.size());
  }
}

// Whether a request of a HAR file is one of the venue's. What a browser asks first, whether it may
// send from another origin, is not signed.
bool IsFor(mock::Venue venue, const mock::Request& request) {
  if (request.method == "OPTIONS") return false;
  const bool bingx = request.target.find("/openApi/") != std::string::npos;
  const bool whitebit = request.target.find("/api/") != std::string::npos;
  return venue == mock::Venue::kBingx ? bingx : whitebit && !bingx;
}

}  // namespace

int Examine(const DoctorOptions& options) {
  const Result<std::string> secret = ReadSecret(options);
  if (!secret) return ReportError(secret.error());
  const auto requests = ReadRequests(options, *secret);
  if (!requests) {
    // It may quote what cannot be read.
    Error error = requests.error();
    error.message = mock::HideSecret(error.message, *secret);
    return ReportError(error);
  }
  const bool bingx = options.venue == "bingx";
  const mock::Venue venue = bingx ? mock::Venue::kBingx : mock::Venue::kWhitebit;
  mock::DoctorContext context;
  if (!options.last_nonce.empty()) context.last_nonce = options.last_nonce;
  bool wrong = false;
  int examined = 0;
  for (const mock::HarRequest& given : *requests) {
    if (!options.har.empty() && !IsFor(venue, given.request)) continue;
    context.now = given.at;
    if (options.now_ms) context.now = FromUnixMillis(*options.now_ms);
    mock::Credentials credentials{options.key, *secret};
    if (options.key.empty()) {
      credentials.key =
          given.request.FindHeader(bingx ? "X-BX-APIKEY" : "X-TXC-APIKEY").value_or("");
    }
    const Diagnosis found = mock::Diagnose(venue, given.request, credentials, context);
    wrong = wrong || found.id != mock::kNothingWrong;
    const std::string method = mock::HideSecret(given.request.method, *secret);
    const std::string path = mock::HideSecret(given.request.Path(), *secret);
    if (options.json) {
      Json line = {{"method", method}, {"path", path}};
      line.update(Json::parse(mock::ToJson(found)));
      PrintData(line.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n");
    } else {
      if (examined > 0) std::printf("\n");
      PrintForPerson(method, path, found);
    }
    ++examined;
    context.before.push_back(&given.request);
  }
  if (examined == 0) {
    PrintError("no request in " + options.har + " is for " + options.venue);
    return kUsage;
  }
  return wrong ? kFailed : kOk;
}

}  // namespace ocokit::cli

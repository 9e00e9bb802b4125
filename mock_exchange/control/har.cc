// HAR 1.2 (W3C draft by Jan Odvarko, 2012): the form that browsers' network views and proxies load.

#include <ctime>

#include "mock_exchange/control/journal.h"
#include "ocokit/base/encoding.h"

namespace ocokit::mock::control {
namespace {

// ISO 8601 with milliseconds, in UTC.
std::string FormatTime(TimePoint at) {
  const std::int64_t ms = ToUnixMillis(at);
  const std::time_t seconds = static_cast<std::time_t>(ms / 1000);
  std::tm utc{};
  gmtime_r(&seconds, &utc);
  char text[40];
  const std::size_t size = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &utc);
  std::string fraction = std::to_string(1000 + ms % 1000);
  fraction[0] = '.';
  return std::string(text, size) + fraction + "Z";
}

Json WriteQuery(std::string_view query) {
  Json out = Json::array();
  while (!query.empty()) {
    const std::string_view pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(query.size(), pair.size() + 1));
    const std::size_t equals = std::min(pair.find('='), pair.size());
    out.push_back({{"name", PercentDecode(pair.substr(0, equals), true)},
                   {"value", PercentDecode(pair.substr(std::min(equals + 1, pair.size())), true)}});
  }
  return out;
}

std::string HeaderOf(const std::vector<Header>& headers, const char* name,
                     const std::string& otherwise) {
  Request looked;
  looked.headers = headers;
  return std::string(looked.FindHeader(name).value_or(otherwise));
}

Json WriteRequest(const Request& request) {
  Json out = {{"method", request.method},
              {"url", "http://" + HeaderOf(request.headers, "Host", "localhost") + request.target},
              {"httpVersion", "HTTP/1.1"},
              {"cookies", Json::array()},
              {"headers", WriteHeaders(request.headers)},
              {"queryString", WriteQuery(request.Query())}};
  if (!request.body.empty()) {
    out["postData"] = {
        {"mimeType", HeaderOf(request.headers, "Content-Type", "application/octet-stream")},
        {"text", IsUtf8(request.body) ? request.body : FormatBase64(request.body)}};
    // As some programs write it; HAR has it for responses alone.
    if (!IsUtf8(request.body)) out["postData"]["encoding"] = "base64";
  }
  out["headersSize"] = -1;
  out["bodySize"] = request.body.size();
  return out;
}

// What is no UTF-8 stands there in base64.
Json WriteContent(const Response& response) {
  const bool text = IsUtf8(response.body);
  Json out = {{"size", response.body.size()},
              {"mimeType", HeaderOf(response.headers, "Content-Type", "")},
              {"text", text ? response.body : FormatBase64(response.body)}};
  if (!text) out["encoding"] = "base64";
  return out;
}

Json WriteResponse(const Response& response) {
  return {{"status", response.status},
          {"statusText", ""},
          {"httpVersion", "HTTP/1.1"},
          {"cookies", Json::array()},
          {"headers", WriteHeaders(response.headers)},
          {"content", WriteContent(response)},
          {"redirectURL", ""},
          {"headersSize", -1},
          {"bodySize", response.body.size()}};
}

double Milliseconds(std::chrono::nanoseconds time) {
  return static_cast<double>(time.count()) / 1e6;
}

// As browsers write them, seen from the client. Of a compressed message stands there what was
// compressed: a browser shows what it has decoded, too.
Json WriteMessages(const std::string& stream, const std::vector<FrameView>& frames) {
  Json out = Json::array();
  for (const FrameView& frame : frames) {
    const bool received = frame.kind == FrameView::Kind::kReceived;
    if (frame.stream != stream || (!received && frame.kind != FrameView::Kind::kSent)) continue;
    const bool text = IsUtf8(frame.text);
    out.push_back({{"type", received ? "send" : "receive"},
                   {"time", static_cast<double>(ToUnixMillis(frame.at)) / 1e3},
                   {"opcode", text ? 1 : 2},
                   {"data", text ? frame.text : FormatBase64(frame.text)}});
  }
  return out;
}

Json WriteHarEntry(const JournalEntry& entry, const std::vector<FrameView>& frames) {
  const PhaseTimes& timing = entry.timing;
  const auto wait = timing.authenticate + timing.decide + timing.delay;
  const auto write = timing.write.value_or(std::chrono::nanoseconds(0));
  Json out = {{"startedDateTime", FormatTime(entry.at)},
              {"time", Milliseconds(timing.read + wait + write)},
              {"request", WriteRequest(entry.request)},
              {"response", WriteResponse(entry.response)},
              {"cache", Json::object()},
              {"timings",
               {{"send", Milliseconds(timing.read)},
                {"wait", Milliseconds(wait)},
                {"receive", Milliseconds(write)}}}};
  if (!entry.stream.empty()) {
    out["_resourceType"] = "websocket";
    out["_webSocketMessages"] = WriteMessages(entry.stream, frames);
  }
  const Json whole = WriteEntry(entry);
  Json& own = out["_ocokit"] = {{"seq", entry.seq}};
  for (const char* name : {"decision", "diagnosis", "faults", "stream", "timing_ns"}) {
    if (whole.contains(name)) own[name] = whole[name];
  }
  return out;
}

}  // namespace

Json WriteHar(const std::vector<JournalEntry>& entries, const std::vector<FrameView>& frames) {
  Json log = {{"version", "1.2"}, {"creator", {{"name", "ocokit"}, {"version", OCOKIT_VERSION}}}};
  Json& list = log["entries"] = Json::array();
  for (const JournalEntry& entry : entries) list.push_back(WriteHarEntry(entry, frames));
  return {{"log", std::move(log)}};
}

}  // namespace ocokit::mock::control

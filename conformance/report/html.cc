#include "conformance/report/page/page.h"
#include "conformance/report/report.h"

namespace ocokit::conform {
namespace {

// JSON within a script element: no text of it can end the element or begin a comment.
std::string ForScript(std::string_view json) {
  std::string out;
  out.reserve(json.size() + json.size() / 8);
  for (const char c : json) {
    if (c == '<') {
      out += "\\u003c";
    } else {
      out += c;
    }
  }
  return out;
}

std::string Fill(std::string_view page, std::string_view place, std::string_view text) {
  const std::size_t at = page.find(place);
  return std::string(page.substr(0, at)) + std::string(text) +
         std::string(page.substr(at + place.size()));
}

}  // namespace

std::string FormatHtml(const std::vector<Report>& reports) {
  std::string data = "[";
  for (const Report& report : reports) {
    if (data.size() > 1) data += ',';
    data += FormatJson(report);
  }
  data += "]";
  // The data go in last: what they hold is not looked at again.
  std::string page = Fill(kPageHtml, "{{style}}", kPageCss);
  page = Fill(page, "{{script}}", kPageJs);
  return Fill(page, "{{data}}", ForScript(data));
}

}  // namespace ocokit::conform

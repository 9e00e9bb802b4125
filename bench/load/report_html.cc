#include "bench/load/page/page.h"
#include "bench/load/report.h"

namespace ocokit::load {
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

std::string FormatHtml(const Report& report) {
  std::string page = Fill(kPageHtml, "{{style}}", kPageCss);
  page = Fill(page, "{{script}}", kPageJs);
  // The data go in last: what they hold is not looked at again.
  return Fill(page, "{{data}}", ForScript(FormatJson(report)));
}

}  // namespace ocokit::load

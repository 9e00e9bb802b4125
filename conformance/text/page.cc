#include "conformance/text/page.h"

#include "ocokit/base/text.h"

namespace ocokit::conform {
namespace {

std::string Fill(std::string_view page, std::string_view place, std::string_view text) {
  const std::size_t at = page.find(place);
  return std::string(page.substr(0, at)) + std::string(text) +
         std::string(page.substr(at + place.size()));
}

}  // namespace

std::string FillPage(const Page& page, std::string_view json) {
  std::string out = Fill(page.html, "{{style}}", page.css);
  out = Fill(out, "{{script}}", page.js);
  // The data go in last: what they hold is not looked at again. JSON within a script element: no
  // text of it can end the element or begin a comment.
  return Fill(out, "{{data}}", Replaced(json, "<", "\\u003c"));
}

}  // namespace ocokit::conform

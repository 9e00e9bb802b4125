#pragma once

// A page that shows a report and needs nothing beside itself: neither files nor a network.

#include <string>
#include <string_view>

namespace ocokit::conform {

// As ocokit_page() of the build makes it from a folder's page.html, page.css and page.js. The HTML
// has places for the others, {{style}} and {{script}}, and {{data}} within a script element.
struct Page {
  std::string_view html;
  std::string_view css;
  std::string_view js;
};

// The whole page with `json` as its data, no text of which can end the element that it is in.
[[nodiscard]] std::string FillPage(const Page& page, std::string_view json);

}  // namespace ocokit::conform

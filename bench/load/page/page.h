#pragma once

// The parts of the HTML report: page.html with places for the others, {{style}}, {{script}} and
// {{data}}.

#include <string_view>

namespace ocokit::load {

extern const std::string_view kPageHtml;
extern const std::string_view kPageCss;
extern const std::string_view kPageJs;

}  // namespace ocokit::load

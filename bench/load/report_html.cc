#include "bench/load/report.h"
#include "conformance/text/page.h"

namespace ocokit::load {

// Of page/, written by the build.
extern const conform::Page kReportPage;

std::string FormatHtml(const Report& report) {
  return conform::FillPage(kReportPage, FormatJson(report));
}

}  // namespace ocokit::load

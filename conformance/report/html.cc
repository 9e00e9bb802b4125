#include "conformance/report/report.h"
#include "conformance/text/page.h"

namespace ocokit::conform {

// Of page/, written by the build.
extern const Page kReportPage;

std::string FormatHtml(const std::vector<Report>& reports) {
  std::string data = "[";
  for (const Report& report : reports) {
    if (data.size() > 1) data += ',';
    data += FormatJson(report);
  }
  data += "]";
  return FillPage(kReportPage, data);
}

}  // namespace ocokit::conform

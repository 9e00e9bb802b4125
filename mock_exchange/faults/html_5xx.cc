#include "mock_exchange/faults/effects.h"

namespace ocokit::mock::faults {
namespace {

std::string_view Reason(int status) {
  switch (status) {
    case 500:
      return "Internal Server Error";
    case 502:
      return "Bad Gateway";
    case 503:
      return "Service Temporarily Unavailable";
    case 504:
      return "Gateway Time-out";
    default:
      return "Server Error";
  }
}

}  // namespace

void Apply(const Html5xx& fault, const FaultHit& hit, Incident& incident) {
  if (hit.fault->at == FaultPoint::kBeforeCommit) incident.AnswerInstead("html_5xx");
  const std::string title = std::to_string(fault.status) + " " + std::string(Reason(fault.status));
  incident.reply.response = {.status = fault.status,
                             .headers = {{"Content-Type", "text/html"}},
                             .body = "<html>\r\n<head><title>" + title +
                                     "</title></head>\r\n<body>\r\n<center><h1>" + title +
                                     "</h1></center>\r\n</body>\r\n</html>\r\n"};
}

}  // namespace ocokit::mock::faults

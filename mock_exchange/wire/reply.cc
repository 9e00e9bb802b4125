#include "mock_exchange/wire/reply.h"

namespace ocokit::mock {

std::string_view Name(Stage stage) {
  switch (stage) {
    case Stage::kRoute:
      return "route";
    case Stage::kAuthenticate:
      return "authenticate";
    case Stage::kLimit:
      return "limit";
    case Stage::kRead:
      return "read";
    case Stage::kEngine:
      return "engine";
    case Stage::kFault:
      return "fault";
    case Stage::kServer:
      return "server";
  }
  return "";
}

}  // namespace ocokit::mock

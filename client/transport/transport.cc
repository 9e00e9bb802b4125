#include "ocokit/client/transport.h"

#include "client/core/text.h"

namespace ocokit::client {

std::string_view HttpResponse::Header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (EqualsIgnoringCase(key, name)) return value;
  }
  return {};
}

}  // namespace ocokit::client

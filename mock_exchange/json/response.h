#pragma once

// A reply of JSON.

#include "mock_exchange/json/writer.h"
#include "mock_exchange/wire/request.h"

namespace ocokit::mock {

// With what `json` has written, which must be one whole value.
[[nodiscard]] inline Response JsonResponse(JsonWriter& json, int status = 200) {
  return {.status = status, .headers = {{"Content-Type", "application/json"}}, .body = json.Take()};
}

}  // namespace ocokit::mock

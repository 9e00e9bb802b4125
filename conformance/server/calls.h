#pragma once

// The calls of both venues by the names that cases use, each with what makes a right request of it.

#include <span>
#include <string_view>

#include "conformance/engine/case.h"

namespace ocokit::conform::server {

// What a call may do to an account.
enum class Effect { kRead, kPlace, kCancel, kChange };

struct Parameter {
  std::string_view name;
  std::string_view json;  // its value as JSON text
};

struct Call {
  std::string_view name;
  std::string_view method;
  std::string_view path;
  bool is_signed = true;
  Effect effect = Effect::kRead;
  std::span<const Parameter> defaults = {};
};

// nullptr: the venue has no such call.
[[nodiscard]] const Call* FindCall(Venue venue, std::string_view name);
// What a request to that path may do, whatever its method.
[[nodiscard]] Effect EffectOfPath(Venue venue, std::string_view path);

// Whether the venue has a call of that path among those here.
[[nodiscard]] bool IsPathOfVenue(Venue venue, std::string_view path);

// The call that lists open pairs: signed, harmless, answered whatever the account holds.
[[nodiscard]] const Call& ListCall(Venue venue);
// The venue's clock, unsigned.
[[nodiscard]] const Call& TimeCall(Venue venue);

}  // namespace ocokit::conform::server

#pragma once

// What WhiteBIT answers to: one row a call.

#include <span>
#include <string_view>

#include "mock_exchange/venue/route.h"
#include "mock_exchange/wire/reply.h"

namespace ocokit::mock::whitebit {

struct CallContext;
struct PublicCall;

// One of the two answers: a public call has no body that is signed.
struct Route : mock::Route {
  Reply (*answer)(const CallContext&);
  Reply (*answer_public)(const PublicCall&);
};

[[nodiscard]] std::span<const Route> Routes();

// None for a path or method that WhiteBIT does not have.
[[nodiscard]] const Route* FindRoute(std::string_view method, std::string_view path);

}  // namespace ocokit::mock::whitebit

#pragma once

// Tenant: an account and what surrounds it, which no venue knows of.

#include <memory>
#include <string>
#include <utility>

#include "mock_exchange/core/account.h"

namespace ocokit::mock {

struct Tenant {
  Tenant(std::string name, AccountOptions options, std::shared_ptr<const Clock> clock)
      : id(std::move(name)), account(std::move(options), std::move(clock)) {}

  const std::string id;  // as the control API names it: "bingx-1"; empty: nobody's
  Account account;
};

}  // namespace ocokit::mock

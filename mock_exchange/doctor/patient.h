#pragma once

// Patient: whose request is examined, and what must not be shown of it.

#include <string>
#include <string_view>

#include "mock_exchange/secrets/secret_filter.h"
#include "ocokit/mock/doctor.h"

namespace ocokit::mock::doctor {

struct Patient : Credentials {
  // `others`: secrets that a request may hold beside its own, and that are not shown either; it
  // outlives this. Null: none.
  // NOLINTNEXTLINE(google-explicit-constructor): who has an account is a patient.
  Patient(const Credentials& who, const SecretFilter* others = nullptr);

  // The text without any of the secrets.
  [[nodiscard]] std::string Hide(std::string_view text) const;

 private:
  SecretFilter own_;
  const SecretFilter* others_;
};

}  // namespace ocokit::mock::doctor

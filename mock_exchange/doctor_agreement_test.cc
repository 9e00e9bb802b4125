// The doctor reads requests by code of its own. It must find something wrong with what the
// simulator refuses for how it is signed, and nothing with the rest.

#include <gtest/gtest.h>

#include <algorithm>
#include <charconv>

#include "mock_exchange/exchange.h"
#include "mock_exchange/testing/doctor_cases.h"

namespace ocokit::mock {
namespace {

using testing::DoctorCase;
using testing::DoctorCases;

constexpr TimePoint kNow = FromUnixMillis(1'700'000'000'000);

// Of a signing vector, which comes without a clock: the time of its own timestamp.
TimePoint TimeOf(const DoctorCase& c) {
  if (c.known.now) return *c.known.now;
  for (const std::string_view text :
       {std::string_view(c.request.target), std::string_view(c.request.body)}) {
    const std::size_t name = text.find("timestamp");
    const std::size_t digit = text.find_first_of("0123456789", name);
    std::int64_t ms = 0;
    if (digit == std::string_view::npos || name == std::string_view::npos) continue;
    std::from_chars(text.data() + digit, text.data() + text.size(), ms);
    if (ms > 0) return FromUnixMillis(ms);
  }
  return kNow;
}

AccountOptions OptionsFor(const DoctorCase& c) {
  AccountOptions options;
  options.venue = c.venue;
  options.key = c.credentials.key;
  options.secret = c.credentials.secret;
  options.frozen_at = TimeOf(c);
  options.settings.rate_limits = false;
  options.settings.strict_signing = c.known.strict_signing;
  options.settings.payload_check = c.known.payload_check;
  options.settings.uppercase_signature = c.known.uppercase_signature;
  return options;
}

Int128 ToInt128(const std::string& digits) {
  Int128 out = 0;
  for (const char c : digits) out = out * 10 + (c - '0');
  return out;
}

// Whether the simulator refuses it before anything of its meaning counts.
bool IsRefused(const DoctorCase& c) {
  Exchange exchange(std::make_shared<ManualClock>(kNow));
  const std::shared_ptr<Tenant> tenant = exchange.AddAccount(OptionsFor(c)).value();
  for (Request earlier : c.before) {
    earlier.remote_ip = "127.0.0.1";
    static_cast<void>(exchange.Handle(earlier));
  }
  if (c.known.last_nonce) tenant->account.nonces.last = ToInt128(*c.known.last_nonce);
  Request request = c.request;
  request.remote_ip = "127.0.0.1";
  const Decision decision = exchange.Handle(request).decision;
  const bool unreadable = decision.stage == Stage::kRead && c.want == "body_not_json";
  return !decision.accepted &&
         (decision.stage == Stage::kRoute || decision.stage == Stage::kAuthenticate || unreadable);
}

// A path that no simulated call has is refused, too; the doctor does not judge it.
bool HasCall(const DoctorCase& c) {
  const std::vector<std::string> paths = EndpointPaths(c.venue);
  return std::ranges::find(paths, c.request.Path()) != paths.end();
}

TEST(DoctorAgreement, WhatTheSimulatorRefusesHasSomethingWrongAndTheRestNothing) {
  int accepted = 0;
  int refused = 0;
  for (const DoctorCase& c : DoctorCases()) {
    if (c.want == kNothingWrong && !HasCall(c)) continue;
    DoctorContext context = c.Context();
    context.now = TimeOf(c);
    const Diagnosis d = Diagnose(c.venue, c.request, c.credentials, context);
    const bool is_refused = IsRefused(c);
    EXPECT_EQ(is_refused, d.id != kNothingWrong) << c.id << ": " << d.id << " " << d.detail;
    ++(is_refused ? refused : accepted);
  }
  EXPECT_GE(accepted, 100);
  EXPECT_GE(refused, 250);
}

}  // namespace
}  // namespace ocokit::mock

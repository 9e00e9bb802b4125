// The doctor reads requests by code of its own. It must find something wrong with what the
// simulator refuses for how it is signed, and nothing with the rest.

#include <gtest/gtest.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <random>

#include "mock_exchange/exchange/exchange.h"
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

// Whether the simulator refuses it before anything of its meaning counts. JSON that cannot be read
// is refused when it is read.
bool IsRefused(const DoctorCase& c, std::string_view diagnosis) {
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
  const bool unreadable = decision.stage == Stage::kRead && diagnosis == "body_not_json";
  return !decision.accepted &&
         (decision.stage == Stage::kRoute || decision.stage == Stage::kAuthenticate || unreadable);
}

// A path that no simulated call has is refused, too; the doctor does not judge it.
bool HasCall(const DoctorCase& c) {
  const std::vector<std::string> paths = EndpointPaths(c.venue);
  return std::ranges::find(paths, c.request.Path()) != paths.end();
}

// Whether both find it right; none where the doctor does not judge.
std::optional<bool> ExpectAgreement(const DoctorCase& c) {
  DoctorContext context = c.Context();
  context.now = TimeOf(c);
  const Diagnosis d = Diagnose(c.venue, c.request, c.credentials, context);
  const bool right = d.id == kNothingWrong;
  if (right && !HasCall(c)) return std::nullopt;
  EXPECT_EQ(IsRefused(c, d.id), !right) << c.id << ": " << d.id << " " << d.detail << "\n"
                                        << c.request.target << "\n"
                                        << c.request.body;
  return right;
}

TEST(DoctorAgreement, WhatTheSimulatorRefusesHasSomethingWrongAndTheRestNothing) {
  int right = 0;
  int wrong = 0;
  for (const DoctorCase& c : DoctorCases()) {
    const std::optional<bool> agreed = ExpectAgreement(c);
    right += agreed == true;
    wrong += agreed == false;
  }
  EXPECT_GE(right, 100);
  EXPECT_GE(wrong, 250);
}

// One character of the request taken out, put in or changed.
void Damage(std::mt19937& random, Request& request) {
  constexpr std::string_view kCharacters = "&=%+#?/\"{}[],: \n0aZ";
  const std::size_t part = random() % (2 + request.headers.size());
  std::string& text = part == 0   ? request.target
                      : part == 1 ? request.body
                                  : request.headers[part - 2].value;
  if (text.empty()) return;
  const std::size_t at = random() % text.size();
  const char c = kCharacters[random() % kCharacters.size()];
  switch (random() % 3) {
    case 0:
      text.erase(at, 1);
      return;
    case 1:
      text.insert(at, 1, c);
      return;
    default:
      text[at] = c;
  }
}

TEST(DoctorAgreement, HoldsForDamagedRequests) {
  std::mt19937 random(7);
  int right = 0;
  int wrong = 0;
  for (const DoctorCase& c : DoctorCases()) {
    for (int i = 0; i < 10; ++i) {
      DoctorCase damaged = c;
      // The clock stays where the request was right.
      damaged.known.now = TimeOf(c);
      Damage(random, damaged.request);
      const std::optional<bool> agreed = ExpectAgreement(damaged);
      right += agreed == true;
      wrong += agreed == false;
    }
  }
  // Much of the damage is to what was wrong already, or to what does not count.
  EXPECT_GE(right, 100);
  EXPECT_GE(wrong, 2500);
}

}  // namespace
}  // namespace ocokit::mock

#include "mock_exchange/examine.h"

#include <algorithm>

#include "mock_exchange/journal/redact.h"
#include "ocokit/mock/doctor.h"

namespace ocokit::mock {

namespace {

constexpr std::size_t kLookedBack = 16;

DecisionView View(const Decision& decision) {
  return {.accepted = decision.accepted,
          .code = decision.code,
          .stage = std::string(Name(decision.stage)),
          .rule = decision.rule,
          .lenient = decision.lenient};
}

}  // namespace

bool NeedsDoctor(const Record& record) {
  const Stage stage = record.decision.stage;
  return !record.decision.accepted && (stage == Stage::kRoute || stage == Stage::kAuthenticate);
}

std::optional<std::string> LastNonce(const Account& account) {
  if (!account.nonces.last) return std::nullopt;
  std::string digits;
  Int128 left = *account.nonces.last;
  do {
    digits += static_cast<char>('0' + static_cast<int>(left % 10));
    left /= 10;
  } while (left != 0);
  std::ranges::reverse(digits);
  return digits;
}

const Diagnosis* DiagnoseRecord(const Tenant& tenant, Record& record, std::uint64_t seq) {
  std::call_once(record.diagnosed, [&] {
    const auto before = tenant.journal.Before(seq, kLookedBack);
    DoctorContext context{.now = record.at, .last_nonce = record.last_nonce};
    for (const auto& earlier : before) context.before.push_back(&earlier->request);
    const AccountOptions& options = tenant.account.options;
    record.diagnosis =
        Diagnose(options.venue, record.request, {options.key, options.secret}, context);
  });
  return &*record.diagnosis;
}

Diagnosis DiagnoseNow(Tenant& tenant, const Request& request) {
  DoctorContext context;
  {
    const AccountLock lock(tenant.account);
    context.now = tenant.account.clock.Now();
    context.last_nonce = LastNonce(tenant.account);
  }
  const auto before = tenant.journal.Before(tenant.journal.last_seq() + 1, kLookedBack);
  for (const auto& earlier : before) context.before.push_back(&earlier->request);
  const AccountOptions& options = tenant.account.options;
  return Diagnose(options.venue, request, {options.key, options.secret}, context);
}

void AddDiagnosisHeader(const Diagnosis& diagnosis, Response& response) {
  std::string value = diagnosis.id;
  if (!diagnosis.also.empty()) value += ", " + diagnosis.also;
  response.headers.push_back({"Ocokit-Diagnosis", std::move(value)});
}

JournalEntry Show(const Tenant* tenant, Record& record, bool full) {
  const std::string secret = tenant != nullptr ? tenant->account.options.secret : std::string();
  JournalEntry out;
  out.seq = record.seq;
  out.at = record.at;
  out.request = Redact(record.request, secret, full);
  out.decision = View(record.decision);
  if (tenant != nullptr && NeedsDoctor(record)) {
    out.diagnosis = *DiagnoseRecord(*tenant, record, record.seq);
  }
  out.response = Redact(record.response, secret);
  out.faults = record.faults;
  out.timing = {.read = record.request.read_time,
                .authenticate = record.authenticate,
                .decide = record.decide};
  const std::int64_t write = record.write;
  if (write >= 0) out.timing.write = std::chrono::nanoseconds(write);
  return out;
}

}  // namespace ocokit::mock

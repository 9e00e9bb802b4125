#include "mock_exchange/examine.h"

#include <algorithm>
#include <utility>

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

// WhiteBIT: the largest nonce the key has used, in digits; none: none yet.
std::optional<std::string> LastNonce(const NonceState& nonces) {
  if (!nonces.last) return std::nullopt;
  std::string digits;
  Int128 left = *nonces.last;
  do {
    digits += static_cast<char>('0' + static_cast<int>(left % 10));
    left /= 10;
  } while (left != 0);
  std::ranges::reverse(digits);
  return digits;
}

// `seq`: what the journal holds from there on came later.
Diagnosis DiagnoseAfter(const Tenant& tenant, const Request& request, DoctorContext context,
                        std::uint64_t seq) {
  const auto before = tenant.journal.Before(seq, kLookedBack);
  for (const auto& earlier : before) context.before.push_back(&earlier->request);
  const AccountOptions& options = tenant.account.options;
  return Diagnose(options.venue, request, {options.key, options.secret}, context);
}

}  // namespace

bool NeedsDoctor(const Record& record) {
  const Stage stage = record.decision.stage;
  return !record.decision.accepted && (stage == Stage::kRoute || stage == Stage::kAuthenticate);
}

DoctorContext ContextOf(const Account& account) {
  const Settings& settings = account.settings;
  const PayloadCheck by_dialect = account.live() ? PayloadCheck::kCanonical : PayloadCheck::kJson;
  return {.now = account.clock.Now(),
          .last_nonce = LastNonce(account.nonces),
          .strict_signing = settings.strict_signing,
          .max_recv_window = settings.max_recv_window,
          .payload_check = settings.payload_check.value_or(by_dialect),
          .uppercase_signature = settings.uppercase_signature};
}

const Diagnosis* DiagnoseRecord(const Tenant& tenant, Record& record, std::uint64_t seq) {
  std::call_once(record.diagnosed, [&] {
    record.diagnosis = DiagnoseAfter(tenant, record.request, std::move(record.context), seq);
  });
  return &*record.diagnosis;
}

Diagnosis DiagnoseNow(Tenant& tenant, const Request& request) {
  DoctorContext context;
  {
    const AccountLock lock(tenant.account);
    context = ContextOf(tenant.account);
  }
  return DiagnoseAfter(tenant, request, std::move(context), tenant.journal.last_seq() + 1);
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

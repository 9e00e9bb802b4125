#include "mock_exchange/examine.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "mock_exchange/doctor/diagnose.h"
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

// Whether they are signed alike: what curl or a proxy adds does not count.
bool IsTheSame(const Request& a, const Request& b) {
  constexpr std::array kHeaders = {"X-BX-APIKEY", "X-TXC-APIKEY", "X-TXC-PAYLOAD",
                                   "X-TXC-SIGNATURE"};
  return a.method == b.method && a.target == b.target && a.body == b.body &&
         std::ranges::all_of(
             kHeaders, [&](const char* name) { return a.FindHeader(name) == b.FindHeader(name); });
}

// The latest of them; null when it has not come, or is forgotten.
std::shared_ptr<Record> FindSame(const Journal& journal, const Request& request) {
  const auto records = journal.Latest(SIZE_MAX);
  const auto same = std::find_if(records.rbegin(), records.rend(), [&](const auto& record) {
    return IsTheSame(record->request, request);
  });
  return same == records.rend() ? nullptr : *same;
}

DoctorContext LockedContext(Account& account) {
  const AccountLock lock(account);
  return ContextOf(account);
}

bool IsAboutThePath(std::string_view id) {
  constexpr std::array<std::string_view, 4> kIds = {"double_slash_in_path", "wrong_path",
                                                    "get_instead_of_post", "post_instead_of_get"};
  return std::ranges::find(kIds, id) != kIds.end();
}

// `seq`: what the journal holds from there on came later.
Diagnosis DiagnoseAfter(const Tenant& tenant, const Request& request, DoctorContext context,
                        std::uint64_t seq) {
  const auto before = tenant.journal.Before(seq, kLookedBack);
  for (const auto& earlier : before) context.before.push_back(&earlier->request);
  const AccountOptions& options = tenant.account.options;
  const doctor::Patient patient({options.key, options.secret}, tenant.secrets.get());
  return doctor::Diagnose(options.venue, request, patient, context);
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
    Diagnosis found = DiagnoseAfter(tenant, record.request, std::move(record.context), seq);
    // Of a path that the venue does not have, more than the path is not looked at.
    if (record.decision.stage != Stage::kRoute || IsAboutThePath(found.id)) {
      record.diagnosis = std::move(found);
    }
  });
  return record.diagnosis ? &*record.diagnosis : nullptr;
}

Diagnosis DiagnoseNow(Tenant& tenant, const Request& request) {
  // One that has come already is held against what was there then, not against itself.
  const std::shared_ptr<Record> came = FindSame(tenant.journal, request);
  if (came != nullptr && NeedsDoctor(*came)) {
    if (const Diagnosis* found = DiagnoseRecord(tenant, *came, came->seq)) return *found;
  }
  DoctorContext context = LockedContext(tenant.account);
  if (came == nullptr) {
    return DiagnoseAfter(tenant, request, std::move(context), tenant.journal.last_seq() + 1);
  }
  context.now = came->at;
  context.last_nonce.reset();
  return DiagnoseAfter(tenant, request, std::move(context), came->seq);
}

Diagnosis DiagnoseFor(Venue venue, const Credentials& credentials, const Request& request,
                      const DoctorContext& context, const SecretFilter& others) {
  return doctor::Diagnose(venue, request, doctor::Patient(credentials, &others), context);
}

void AddDiagnosisHeader(const Diagnosis& diagnosis, Response& response) {
  std::string value = diagnosis.id;
  if (!diagnosis.also.empty()) value += ", " + diagnosis.also;
  response.headers.push_back({"Ocokit-Diagnosis", std::move(value)});
}

JournalEntry Show(const Tenant* tenant, Record& record, bool full, const SecretFilter& secrets) {
  JournalEntry out;
  out.seq = record.seq;
  out.at = record.at;
  out.request = Redact(record.request, secrets, full);
  out.decision = View(record.decision);
  if (tenant != nullptr && NeedsDoctor(record)) {
    if (const Diagnosis* found = DiagnoseRecord(*tenant, record, record.seq)) {
      out.diagnosis = *found;
    }
  }
  out.response = Redact(record.response, secrets);
  out.faults = record.faults;
  out.timing = record.times;
  const std::int64_t write = record.write;
  if (write >= 0) out.timing.write = std::chrono::nanoseconds(write);
  return out;
}

}  // namespace ocokit::mock

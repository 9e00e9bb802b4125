#include "mock_exchange/exchange/examine.h"

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

// A record that holds what came before a request, as far as it is looked at: it must outlive the
// context that points into it.
using Earlier = std::vector<std::shared_ptr<Record>>;

// `seq`: what the journal holds from there on came later. `most_bytes`: of all requests before it.
Earlier AddEarlier(const Tenant& tenant, std::uint64_t seq, std::size_t most_bytes,
                   DoctorContext& context) {
  Earlier before = tenant.journal.Before(seq, kLookedBack);
  std::size_t first = before.size();
  for (std::size_t bytes = 0; first > 0; --first) {
    bytes += doctor::SizeOf(before[first - 1]->request);
    if (bytes > most_bytes) break;
  }
  before.erase(before.begin(), before.begin() + static_cast<std::ptrdiff_t>(first));
  for (const auto& earlier : before) context.before.push_back(&earlier->request);
  return before;
}

doctor::Patient PatientOf(const Tenant& tenant) {
  const AccountOptions& options = tenant.account.options;
  return {{options.key, options.secret}, tenant.secrets.get()};
}

Diagnosis DiagnoseAfter(const Tenant& tenant, const Request& request, DoctorContext context,
                        std::uint64_t seq, const doctor::Budget& budget, std::size_t& work) {
  const Earlier before = AddEarlier(tenant, seq, budget.longest_request, context);
  return doctor::Diagnose(tenant.account.options.venue, request, PatientOf(tenant), context, budget,
                          work);
}

// Of a path that the venue does not have, more than the path is not looked at.
bool IsToldOf(const Record& record, std::string_view id) {
  return record.decision.stage != Stage::kRoute || IsAboutThePath(id);
}

std::string NameMistake(const Tenant& tenant, const Record& record, std::uint64_t seq,
                        const doctor::Budget& budget) {
  DoctorContext context = record.context;
  const Earlier before = AddEarlier(tenant, seq, budget.longest_request, context);
  const doctor::Names names = doctor::NameMistakes(tenant.account.options.venue, record.request,
                                                   PatientOf(tenant), context, budget);
  if (!IsToldOf(record, names.id)) return {};
  return names.also.empty() ? names.id : names.id + ", " + names.also;
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

std::optional<Diagnosis> DiagnoseRecord(const Tenant& tenant, Record& record,
                                        Allowance& allowance) {
  const std::lock_guard lock(record.examining);
  if (record.examined) return record.diagnosis;
  const bool at_length = allowance.hashed > 0;
  if (!at_length && allowance.short_looks == 0) {
    if (record.decision.stage == Stage::kRoute) return std::nullopt;
    return doctor::NotExamined();
  }
  if (!at_length) --allowance.short_looks;
  std::size_t work = 0;
  Diagnosis found = DiagnoseAfter(tenant, record.request, record.context, record.seq,
                                  at_length ? doctor::kThoroughBudget : doctor::kLogBudget, work);
  allowance.hashed -= std::min(allowance.hashed, work);
  // What was found in short is what is found at length, too.
  const bool final = at_length || found.id != kCutShort;
  std::optional<Diagnosis> out;
  if (IsToldOf(record, found.id)) out = std::move(found);
  if (!final) return out;
  record.examined = true;
  record.diagnosis = out;
  // It is kept with the record, and may be larger than the request.
  if (record.diagnosis) tenant.journal.Grow(record, BytesOf(*record.diagnosis));
  return out;
}

std::string NameForReply(const Tenant& tenant, Record& record, std::uint64_t seq) {
  const std::lock_guard lock(record.examining);
  if (!record.named) record.named = NameMistake(tenant, record, seq, doctor::kReplyBudget);
  return *record.named;
}

std::string NameForLog(const Tenant& tenant, Record& record, std::uint64_t seq) {
  return NameMistake(tenant, record, seq, doctor::kLogBudget);
}

Diagnosis DiagnoseNow(Tenant& tenant, const Request& request) {
  // One that has come already is held against what was there then, not against itself.
  const std::shared_ptr<Record> came = FindSame(tenant.journal, request);
  if (came != nullptr && NeedsDoctor(*came)) {
    Allowance allowance;
    if (auto found = DiagnoseRecord(tenant, *came, allowance)) return *found;
  }
  std::size_t work = 0;
  DoctorContext context = LockedContext(tenant.account);
  if (came == nullptr) {
    return DiagnoseAfter(tenant, request, std::move(context), tenant.journal.last_seq() + 1,
                         doctor::kThoroughBudget, work);
  }
  context.now = came->at;
  context.last_nonce.reset();
  return DiagnoseAfter(tenant, request, std::move(context), came->seq, doctor::kThoroughBudget,
                       work);
}

Diagnosis DiagnoseFor(Venue venue, const Credentials& credentials, const Request& request,
                      const DoctorContext& context, const SecretFilter& others) {
  std::size_t work = 0;
  return doctor::Diagnose(venue, request, doctor::Patient(credentials, &others), context,
                          doctor::kThoroughBudget, work);
}

JournalEntry Show(const Tenant* tenant, Record& record, bool full, const SecretFilter& secrets,
                  Allowance& allowance) {
  JournalEntry out;
  out.seq = record.seq;
  out.at = record.at;
  out.request = Redact(record.request, secrets, full);
  out.decision = View(record.decision);
  if (tenant != nullptr && NeedsDoctor(record)) {
    out.diagnosis = DiagnoseRecord(*tenant, record, allowance);
  }
  if (record.response != nullptr) out.response = Redact(*record.response, secrets);
  if (tenant != nullptr && record.diagnosis_header) {
    std::string named = NameForReply(*tenant, record, record.seq);
    if (!named.empty()) out.response.headers.push_back({kDiagnosisHeader, std::move(named)});
  }
  out.faults = record.faults;
  out.timing = record.times;
  if (record.stream != 0) out.stream = StreamId(record.stream);
  const std::int64_t write = record.write;
  if (write >= 0) out.timing.write = std::chrono::nanoseconds(write);
  return out;
}

}  // namespace ocokit::mock

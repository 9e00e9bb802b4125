#pragma once

// The doctor on requests that an account has seen, and what of the journal is shown.

#include <cstdint>
#include <string>
#include <vector>

#include "mock_exchange/exchange/tenant.h"
#include "mock_exchange/journal/journal.h"

namespace ocokit::mock {

// Whether it was refused before anything was done of it, for how or where it was sent.
[[nodiscard]] bool NeedsDoctor(const Record& record);

// What the doctor should know of an account now. Expects the account's lock.
[[nodiscard]] DoctorContext ContextOf(const Account& account);

// How much work one read of a journal may be, whatever it holds that nobody has looked at. Requests
// are examined at length first, then in short, and the rest not at all.
struct Allowance {
  std::size_t hashed = std::size_t{16} << 20;
  std::size_t short_looks = 1'000;
};

// What is wrong with a record that needs the doctor. None for a path that the venue does not have
// and that is like none of its own.
[[nodiscard]] std::optional<Diagnosis> DiagnoseRecord(const Tenant& tenant, Record& record,
                                                      Allowance& allowance);

// The ids of what is wrong with it, apart by a comma; empty as above. `seq`: the record's number,
// also when it has been given none. For the header Ocokit-Diagnosis, and with less work for a line
// of a log.
[[nodiscard]] std::string NameForReply(const Tenant& tenant, Record& record, std::uint64_t seq);
[[nodiscard]] std::string NameForLog(const Tenant& tenant, Record& record, std::uint64_t seq);

// The same for a request that did not come: at the account's time, after what its journal holds.
[[nodiscard]] Diagnosis DiagnoseNow(Tenant& tenant, const Request& request);

// The same for somebody who is no account here. `others`: what is not to be shown either.
[[nodiscard]] Diagnosis DiagnoseFor(Venue venue, const Credentials& credentials,
                                    const Request& request, const DoctorContext& context,
                                    const SecretFilter& others);

inline constexpr const char* kDiagnosisHeader = "Ocokit-Diagnosis";

// As it is shown: diagnosed, without the secrets of any account. `tenant`: null for what is
// nobody's.
[[nodiscard]] JournalEntry Show(const Tenant* tenant, Record& record, bool full,
                                const SecretFilter& secrets, Allowance& allowance);

}  // namespace ocokit::mock

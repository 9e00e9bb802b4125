#pragma once

// The doctor on requests that an account has seen, and what of the journal is shown.

#include <cstdint>
#include <string>
#include <vector>

#include "mock_exchange/journal/journal.h"
#include "mock_exchange/tenant.h"

namespace ocokit::mock {

// Whether it was refused before anything was done of it, for how or where it was sent.
[[nodiscard]] bool NeedsDoctor(const Record& record);

// What the doctor should know of an account now. Expects the account's lock.
[[nodiscard]] DoctorContext ContextOf(const Account& account);

// What is wrong with a record that needs the doctor; worked out once. Null for a path that the
// venue does not have and that is like none of its own. `seq`: the record's number, also when it
// has not been given yet.
[[nodiscard]] const Diagnosis* DiagnoseRecord(const Tenant& tenant, Record& record,
                                              std::uint64_t seq);

// The same for a request that did not come: at the account's time, after what its journal holds.
[[nodiscard]] Diagnosis DiagnoseNow(Tenant& tenant, const Request& request);

// The same for somebody who is no account here. `others`: what is not to be shown either.
[[nodiscard]] Diagnosis DiagnoseFor(Venue venue, const Credentials& credentials,
                                    const Request& request, const DoctorContext& context,
                                    const SecretFilter& others);

// Ocokit-Diagnosis: its id, and the second one behind a comma.
void AddDiagnosisHeader(const Diagnosis& diagnosis, Response& response);

// As it is shown: diagnosed, without the secrets of any account. `tenant`: null for what is
// nobody's.
[[nodiscard]] JournalEntry Show(const Tenant* tenant, Record& record, bool full,
                                const SecretFilter& secrets);

}  // namespace ocokit::mock

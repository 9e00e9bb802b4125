#pragma once

// StoredAccount: an account as it outlives its server.

#include <cstdint>
#include <string>

#include "mock_exchange/account/account_image.h"
#include "mock_exchange/state/archive.h"
#include "ocokit/base/result.h"
#include "ocokit/mock/account.h"

namespace ocokit::mock {

struct StoredAccount {
  std::string id;  // "bingx-1"
  std::uint64_t serial = 0;
  std::uint64_t journal_seq = 0;  // of its latest entry, whose number is not given again
  AccountOptions options;         // as it was created, complete
  AccountImage image;
};

namespace state {

// As JSON: the whole, and the pieces of its long lists.
[[nodiscard]] std::string WriteAccount(const StoredAccount& account, Writer::Sink sink);
// Errors: kInvalidArgument says what is not as it should be.
[[nodiscard]] Result<StoredAccount> ReadAccount(std::string_view whole, Reader::Source source);

}  // namespace state
}  // namespace ocokit::mock

#pragma once

// The files that replays name.

#include <string>

#include "ocokit/base/result.h"
#include "ocokit/mock/account.h"

namespace ocokit::mock {

// The text of a file. Errors: kNotFound, kOutOfRange or kUnavailable naming the file.
[[nodiscard]] Result<std::string> ReadReplayFile(const std::string& path);

// Puts the text of each file that a replay of the account names in place of the name. Errors: as
// above, and the market.
[[nodiscard]] Result<void> ReadReplayFiles(AccountOptions& options);

}  // namespace ocokit::mock

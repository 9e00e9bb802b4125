#pragma once

// Config: the accounts that a server starts with, from a JSON file. Its form is the schema
// mock_exchange/config/config.schema.json; docs/config.md explains it.
//
//   Result<Config> config = ReadConfig(text);
//   Server::Start({.default_accounts = false, .accounts = config->accounts});

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ocokit/base/result.h"
#include "ocokit/mock/account.h"
#include "ocokit/mock/price_source.h"

namespace ocokit::mock {

struct Config {
  std::vector<AccountOptions> accounts;  // each with a key and a secret
  // Those whose key or secret was made up, because the file has none: indexes of `accounts`.
  std::vector<std::size_t> made_up;
};

// Without "accounts" there is one per venue, key "test-key", secret "test-secret".
// Errors: kInvalidArgument or kOutOfRange naming the member by its path, what is wrong with it and
// what would be right: `accounts[0].dialect must be "docs" or "live", not "liv"`.
[[nodiscard]] Result<Config> ReadConfig(std::string_view json);

// One account, as an element of "accounts". Errors: as ReadConfig.
[[nodiscard]] Result<AccountOptions> ReadAccount(std::string_view json);

// `settings` with those changed that `json` names. Errors: as ReadConfig.
[[nodiscard]] Result<Settings> ReadSettings(std::string_view json, Settings settings = {});

// `changes` with those changed that `json` names: settings, and permissions, ip_whitelist,
// endpoints and enabled, all in one object. Errors: as ReadConfig.
[[nodiscard]] Result<AccountChanges> ReadChanges(std::string_view json, AccountChanges changes);

// What becomes of a market's price; one of them is set.
struct PriceChange {
  std::optional<PriceStep> last = {};  // now; its `after` does not count
  std::optional<std::vector<PriceStep>> path = {};
  std::optional<PriceWalk> walk = {};
  bool stop = false;  // ends a path or a walk
};

// {"last":"41000"}, {"last":"41000","fill":"0.25"}, {"path":[{"after_ms":100,"last":"41000"}]},
// {"walk":{"max_step":"5"}} or {"stop":true}. Errors: as ReadConfig.
[[nodiscard]] Result<PriceChange> ReadPriceChange(std::string_view json);

// The schema, as JSON text.
[[nodiscard]] std::string_view ConfigSchema();

}  // namespace ocokit::mock

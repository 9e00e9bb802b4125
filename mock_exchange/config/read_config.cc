// From JSON text to options. What the schema cannot say (numbers in range, names that must exist)
// is checked by CompleteOptions.

#include "mock_exchange/account/account_options.h"
#include "mock_exchange/config/reader.h"
#include "mock_exchange/config/schema.h"
#include "ocokit/mock/config.h"

namespace ocokit::mock {
namespace {

using config::Json;
using config::Reader;

// With what the account leaves out; checks what it must be beyond its form.
Result<AccountOptions> Complete(const Reader& r, const AccountOptions& options,
                                std::uint64_t serial, const std::string& where) {
  if (!r.error().empty()) return Fail(ErrorKind::kOutOfRange, r.error());
  auto complete = CompleteOptions(options, serial);
  if (complete) return complete;
  return Fail(complete.error().kind, where + ": " + complete.error().message);
}

}  // namespace

Result<Settings> ReadSettings(std::string_view json, Settings settings) {
  const Result<Json> object = config::ParseChecked(json, "settings");
  if (!object) return tl::unexpected<Error>(object.error());
  config::ReadSettingsInto(*object, settings);
  return settings;
}

Result<AccountChanges> ReadChanges(std::string_view json, AccountChanges changes) {
  const Result<Json> object = config::ParseChecked(json, "changes");
  if (!object) return tl::unexpected<Error>(object.error());
  config::ReadSettingsInto(*object, changes.settings);
  config::ReadRightsInto(*object, changes.rights);
  return changes;
}

Result<PriceChange> ReadPriceChange(std::string_view json) {
  const Result<Json> object = config::ParseChecked(json, "price_change");
  if (!object) return tl::unexpected<Error>(object.error());
  Reader r;
  PriceChange change = config::ReadPriceChangeFrom(r, *object);
  if (!r.error().empty()) return Fail(ErrorKind::kInvalidArgument, r.error());
  return change;
}

Result<AccountOptions> ReadAccount(std::string_view json) {
  const Result<Json> object = config::ParseChecked(json, "account");
  if (!object) return tl::unexpected<Error>(object.error());
  Reader r;
  AccountOptions options = config::ReadAccountFrom(r, *object, "", {});
  if (auto ok = Complete(r, options, 1, "the account"); !ok) {
    return tl::unexpected<Error>(ok.error());
  }
  // What it leaves out stays open, so that a key is made up where it is added.
  return options;
}

Result<Config> ReadConfig(std::string_view json) {
  const Result<Json> parsed = config::ParseChecked(json, "");
  if (!parsed) return tl::unexpected<Error>(parsed.error());
  const Json& root = *parsed;
  AccountOptions common;
  Reader r;
  r.Read(root, "seed", common.seed);
  if (root.contains("settings")) config::ReadSettingsInto(root["settings"], common.settings);
  const auto for_venue = [&](Venue venue, const char* name) {
    AccountOptions out = common;
    out.venue = venue;
    if (root.contains("dialects")) r.ReadDialect(root["dialects"], name, out.dialect);
    return out;
  };
  const AccountOptions bingx = for_venue(Venue::kBingx, "bingx");
  const AccountOptions whitebit = for_venue(Venue::kWhitebit, "whitebit");
  Config config;
  const auto add = [&](const AccountOptions& options, const std::string& where) -> Result<void> {
    const bool made_up = options.key.empty() || options.secret.empty();
    const std::size_t index = config.accounts.size();
    Result<AccountOptions> complete = Complete(r, options, index + 1, where);
    if (!complete) return tl::unexpected<Error>(complete.error());
    for (const AccountOptions& other : config.accounts) {
      if (other.venue == complete->venue && other.key == complete->key) {
        return Fail(ErrorKind::kInvalidArgument,
                    where + ".key is that of another account of the venue");
      }
    }
    if (made_up) config.made_up.push_back(index);
    config.accounts.push_back(std::move(*complete));
    return {};
  };
  if (!root.contains("accounts")) {
    for (AccountOptions options : {bingx, whitebit}) {
      options.key = "test-key";
      options.secret = "test-secret";
      if (auto ok = add(options, "settings"); !ok) {
        return tl::unexpected<Error>(ok.error());
      }
    }
    return config;
  }
  for (const Json& account : root["accounts"]) {
    const std::string where = "accounts[" + std::to_string(config.accounts.size()) + "]";
    const AccountOptions options = config::ReadAccountFrom(
        r, account, where + ".", account["venue"] == "bingx" ? bingx : whitebit);
    if (auto ok = add(options, where); !ok) return tl::unexpected<Error>(ok.error());
  }
  return config;
}

}  // namespace ocokit::mock

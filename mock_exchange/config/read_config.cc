// From JSON text to options. What the schema cannot say (numbers in range, names that must exist)
// is checked by CompleteOptions.

#include "mock_exchange/config/reader.h"
#include "mock_exchange/config/schema.h"
#include "mock_exchange/core/account_options.h"
#include "ocokit/mock/config.h"

namespace ocokit::mock {
namespace {

using config::Json;
using config::Reader;

// What an account must be beyond its form.
Result<void> CheckAccount(const Reader& r, const AccountOptions& options,
                          const std::string& where) {
  if (!r.error().empty()) return Fail(ErrorKind::kOutOfRange, r.error());
  const auto complete = CompleteOptions(options, 1);
  if (complete) return {};
  return Fail(complete.error().kind, where + ": " + complete.error().message);
}

}  // namespace

Result<Settings> ReadSettings(std::string_view json, Settings settings) {
  const Result<Json> object = config::ParseChecked(json, "settings");
  if (!object) return tl::unexpected<Error>(object.error());
  config::ReadSettingsInto(*object, settings);
  return settings;
}

Result<AccountOptions> ReadAccount(std::string_view json) {
  const Result<Json> object = config::ParseChecked(json, "account");
  if (!object) return tl::unexpected<Error>(object.error());
  Reader r;
  AccountOptions options = config::ReadAccountFrom(r, *object, "", {});
  if (auto ok = CheckAccount(r, options, "the account"); !ok) {
    return tl::unexpected<Error>(ok.error());
  }
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
    if (root.contains("dialects")) {
      r.ReadWord(root["dialects"], name, {{"docs", Dialect::kDocs}, {"live", Dialect::kLive}},
                 out.dialect);
    }
    return out;
  };
  const AccountOptions bingx = for_venue(Venue::kBingx, "bingx");
  const AccountOptions whitebit = for_venue(Venue::kWhitebit, "whitebit");
  Config config;
  if (!root.contains("accounts")) {
    for (AccountOptions options : {bingx, whitebit}) {
      options.key = "test-key";
      options.secret = "test-secret";
      if (auto ok = CheckAccount(r, options, "settings"); !ok) {
        return tl::unexpected<Error>(ok.error());
      }
      config.accounts.push_back(std::move(options));
    }
    return config;
  }
  for (const Json& account : root["accounts"]) {
    const std::string where = "accounts[" + std::to_string(config.accounts.size()) + "]";
    AccountOptions options = config::ReadAccountFrom(
        r, account, where + ".", account["venue"] == "bingx" ? bingx : whitebit);
    if (auto ok = CheckAccount(r, options, where); !ok) return tl::unexpected<Error>(ok.error());
    for (const AccountOptions& other : config.accounts) {
      if (other.venue == options.venue && !options.key.empty() && other.key == options.key) {
        return Fail(ErrorKind::kInvalidArgument,
                    where + ".key is that of another account of the venue");
      }
    }
    config.accounts.push_back(std::move(options));
  }
  return config;
}

}  // namespace ocokit::mock

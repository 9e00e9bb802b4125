#include "mock_exchange/state/stored_account.h"

#include <nlohmann/json.hpp>

#include "mock_exchange/config/fault_json.h"
#include "mock_exchange/config/settings.h"
#include "mock_exchange/state/members.h"
#include "ocokit/mock/config.h"

namespace ocokit::mock {

// Settings and faults have a form of their own, that of the config file, kept here as a text.

template <typename Archive, typename T, typename Write, typename Read>
void AsText(Archive& archive, T& value, Write write, Read read) {
  std::string text;
  if constexpr (!Archive::kReads) text = write(value).dump();
  archive("json", text);
  if constexpr (Archive::kReads) {
    auto made = read(text);
    made ? void(value = std::move(*made)) : archive.Refuse("json");
  }
}

template <typename Archive>
void Members(Archive& archive, Settings& settings) {
  AsText(archive, settings, config::WriteSettings,
         [](const std::string& text) { return ReadSettings(text); });
}

template <typename Archive>
void Members(Archive& archive, Fault& fault) {
  AsText(
      archive, fault, [](const Fault& f) { return config::WriteFault(f); },
      [](const std::string& text) { return config::ReadFault(text); });
}

template <typename Archive>
void Members(Archive& archive, StoredAccount& account) {
  archive("id", account.id);
  archive("serial", account.serial);
  archive("journal_seq", account.journal_seq);
  archive("options", account.options);
  archive("image", account.image);
}

namespace state {

std::string WriteAccount(const StoredAccount& account, Writer::Sink sink) {
  return Writer(std::move(sink)).Whole(account);
}

Result<StoredAccount> ReadAccount(std::string_view whole, Reader::Source source) {
  StoredAccount out;
  const Result<void> read = Reader(std::move(source)).Whole(whole, out);
  if (!read) return tl::unexpected<Error>(read.error());
  return out;
}

}  // namespace state
}  // namespace ocokit::mock

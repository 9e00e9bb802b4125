#include "mock_exchange/whitebit/streams/read.h"

#include <algorithm>
#include <limits>

#include "mock_exchange/whitebit/fields.h"

namespace ocokit::mock::whitebit {
namespace {

using Kind = JsonValue::Kind;

Answered<void> AddMarkets(const JsonValue& list, const Account& account, bool nested,
                          std::vector<std::string>& out) {
  for (const JsonValue& name : list.members) {
    if (name.Is(Kind::kArray) && !nested) {
      if (auto bad = AddMarkets(name, account, /*nested=*/true, out); !bad) return bad;
      continue;
    }
    if (!name.Is(Kind::kString)) return InvalidArgument();
    if (!account.engine.FindMarket(name.text)) return NoMarket(name.text);
    if (std::ranges::find(out, name.text) == out.end()) out.push_back(name.text);
  }
  return {};
}

}  // namespace

Answered<void> ReadAsk(const JsonValue& frame, Ask& ask) {
  if (!frame.Is(Kind::kObject)) return InvalidArgument();
  const JsonValue* id = frame.FindGiven("id");
  if (id == nullptr) return InvalidArgument();
  ask.id.clear();
  AppendCompact(*id, ask.id);
  const JsonValue* method = frame.Find("method");
  if (method == nullptr || !method->Is(Kind::kString)) return InvalidArgument();
  ask.method = method->text;
  ask.params = frame.Find("params");
  if (ask.params == nullptr || !ask.params->Is(Kind::kArray)) return InvalidArgument();
  return {};
}

const JsonValue* At(const JsonValue& params, std::size_t index) {
  return index < params.members.size() ? &params.members[index] : nullptr;
}

Answered<std::uint32_t> ReadMarketAt(const JsonValue& params, std::size_t index,
                                     const Account& account) {
  const JsonValue* name = At(params, index);
  if (name == nullptr || !name->Is(Kind::kString)) return InvalidArgument();
  const auto market = account.engine.FindMarket(name->text);
  if (!market) return NoMarket(name->text);
  return *market;
}

Answered<std::vector<std::string>> ReadMarkets(const JsonValue& params, const Account& account) {
  std::vector<std::string> out;
  if (auto bad = AddMarkets(params, account, /*nested=*/false, out); !bad) {
    return tl::unexpected<Refused>(bad.error());
  }
  return out;
}

Answered<std::vector<std::string>> ReadAssets(const JsonValue& params, const Account& account,
                                              engine::Wallet wallet) {
  std::vector<std::string> out;
  for (const JsonValue& name : params.members) {
    if (!name.Is(Kind::kString)) return InvalidArgument();
    const bool traded =
        std::ranges::any_of(account.engine.markets(), [&](const engine::Market& market) {
          return market.spec.base == name.text || market.spec.quote == name.text;
        });
    if (!traded && !account.engine.balances(wallet).contains(name.text)) return NoAsset();
    if (std::ranges::find(out, name.text) == out.end()) out.push_back(name.text);
  }
  return out;
}

Answered<std::int64_t> ReadNumberAt(const JsonValue& params, std::size_t index, std::int64_t least,
                                    std::int64_t most, std::optional<std::int64_t> usual) {
  const JsonValue* value = At(params, index);
  if (value == nullptr && usual) return *usual;
  if (value == nullptr || !value->Is(Kind::kNumber)) return InvalidArgument();
  const auto number = ReadInteger(*value);
  if (!number || *number < least || *number > most) return InvalidArgument();
  return *number;
}

Answered<Slice> ReadSlice(const JsonValue& params) {
  constexpr std::int64_t kMostRecords = 100;
  const auto offset =
      ReadNumberAt(params, 1, 0, std::numeric_limits<std::uint32_t>::max(), /*usual=*/0);
  if (!offset) return tl::unexpected<Refused>(offset.error());
  const auto limit = ReadNumberAt(params, 2, 1, kMostRecords, kMostRecords);
  if (!limit) return tl::unexpected<Refused>(limit.error());
  return Slice{*offset, *limit};
}

}  // namespace ocokit::mock::whitebit

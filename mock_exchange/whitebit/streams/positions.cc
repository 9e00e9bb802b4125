#include "mock_exchange/whitebit/streams/positions.h"

#include "mock_exchange/json/writer.h"

namespace ocokit::mock::whitebit {
namespace {

std::string_view HeldSide(PositionSide side) {
  switch (side) {
    case PositionSide::kLong:
      return "LONG";
    case PositionSide::kShort:
      return "SHORT";
    case PositionSide::kBoth:
      break;
  }
  return "BOTH";
}

void WritePositionRecord(const engine::Market& market, PositionSide side, const Account& account,
                         JsonWriter& json) {
  const engine::Position& position = market.position(side);
  const engine::MarginSummary summary = account.engine.Summarize(market.spec.quote);
  const Result<Decimal> margin =
      Decimal::Divide(position.cost, account.engine.leverage(), engine::kMaxScale);
  json.BeginObject();
  json.Key("id").Integer(static_cast<std::int64_t>(position.id));
  json.Key("market").String(market.spec.symbol);
  json.Key("ctime").Seconds(position.opened);
  json.Key("mtime").Seconds(position.modified);
  json.Key("amount").DecimalString(position.amount);
  json.Key("amount_in_money").DecimalString(position.cost);
  json.Key("base_price").DecimalString(position.BasePrice());
  json.Key("pnl").DecimalString(market.last ? position.Gain(*market.last) : Decimal());
  // Nothing is liquidated here. A client reads a number in this place.
  json.Key("liq_price").String("0");
  json.Key("liq_stage").Null();
  json.Key("unrealized_funding").String("0");
  json.Key("funding").String("0");
  json.Key("margin").DecimalString(margin ? *margin : Decimal());
  json.Key("free_margin").DecimalString(summary.free_margin);
  json.Key("realized_pnl").DecimalString(position.realized - position.fees);
  json.Key("position_side").String(HeldSide(side));
  json.EndObject();
}

}  // namespace

Answered<void> RecordsFeed::Subscribe(const JsonValue& /*params*/, Account& account,
                                      TimePoint now) {
  on_ = true;
  Begin(account, now);
  return {};
}

void RecordsFeed::Unsubscribe(const JsonValue& /*params*/) { on_ = false; }

void RecordsFeed::Show(std::vector<std::string>& topics) const {
  if (on_) topics.emplace_back(name());
}

void RecordsFeed::Begin(Account& /*account*/, TimePoint now) {
  pace_.Begin(now);
  said_.clear();
}

bool RecordsFeed::Work(const Turn& turn) {
  if (!on_ || !pace_.Passed(turn.now)) return true;
  std::string now = write_(turn.account);
  if (now == said_) return true;
  turn.Say(Push(now));
  said_ = std::move(now);
  return true;
}

std::optional<TimePoint> RecordsFeed::NextDue() const {
  return on_ ? std::optional(pace_.Next()) : std::nullopt;
}

Answered<void> SilentFeed::Subscribe(const JsonValue& /*params*/, Account& /*account*/,
                                     TimePoint /*now*/) {
  on_ = true;
  return {};
}

void SilentFeed::Unsubscribe(const JsonValue& /*params*/) { on_ = false; }

void SilentFeed::Show(std::vector<std::string>& topics) const {
  if (on_) topics.emplace_back(name());
}

std::string WritePositionRecords(const Account& account) {
  std::int64_t total = 0;
  JsonWriter records;
  records.BeginArray();
  for (const engine::Market& market : account.engine.markets()) {
    for (const PositionSide side : engine::kPositionSides) {
      if (market.position(side).amount.IsZero()) continue;
      WritePositionRecord(market, side, account, records);
      ++total;
    }
  }
  records.EndArray();
  return R"({"total":)" + std::to_string(total) + R"(,"records":)" + records.Take() + "}";
}

std::string WriteBorrowRecords(const Account& /*account*/) { return R"({"total":0,"records":[]})"; }

}  // namespace ocokit::mock::whitebit

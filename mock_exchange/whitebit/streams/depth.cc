#include "mock_exchange/whitebit/streams/depth.h"

#include <algorithm>
#include <array>

#include "mock_exchange/json/writer.h"
#include "mock_exchange/whitebit/streams/read.h"

namespace ocokit::mock::whitebit {
namespace {

using Levels = std::vector<BookLevel>;

// Nothing was pushed for so long: the whole book comes again.
constexpr seconds kKeepAlive{10};

// Counts all that the account's markets have shown, and so jumps by more than one, as captured.
std::uint64_t UpdateOf(const Account& account) {
  constexpr std::uint64_t kFirst = 1'000'000'000;
  constexpr std::uint64_t kStep = 3;
  return kFirst + account.marks().shown * kStep;
}

void WriteLevels(const char* name, const Levels& levels, JsonWriter& json) {
  json.Key(name).BeginArray();
  for (const BookLevel& level : levels) {
    json.BeginArray().DecimalString(level.price).DecimalString(level.amount).EndArray();
  }
  json.EndArray();
}

// What makes `now` of `before`, in the order of the side; a level that is gone has no amount.
// `up`: of the asks, whose prices rise.
Levels Difference(const Levels& before, const Levels& now, bool up) {
  Levels out;
  auto old = before.begin();
  const auto gone = [&](const BookLevel& level) { out.push_back({level.price, Decimal()}); };
  for (const BookLevel& level : now) {
    while (old != before.end() && (up ? old->price < level.price : level.price < old->price)) {
      gone(*old++);
    }
    const bool known = old != before.end() && old->price == level.price;
    if (!known || old->amount != level.amount) out.push_back(level);
    if (known) ++old;
  }
  std::for_each(old, before.end(), gone);
  return out;
}

std::string TopicOf(const std::string& market, const DepthView& view) {
  return "depth " + market + " " + std::to_string(view.limit) + " " + view.interval.Format();
}

}  // namespace

Answered<DepthView> ReadDepthView(const JsonValue& params, bool any_limit) {
  constexpr std::int64_t kMost = 100;
  constexpr std::array<std::int64_t, 7> kLimits = {1, 5, 10, 20, 30, 50, 100};
  constexpr std::int64_t kFinest = 8;  // decimals
  const auto limit = ReadNumberAt(params, 1, 1, kMost);
  if (!limit) return tl::unexpected<Refused>(limit.error());
  if (!any_limit && std::ranges::find(kLimits, *limit) == kLimits.end()) return InvalidArgument();
  const JsonValue* text = At(params, 2);
  if (text == nullptr || !text->Is(JsonValue::Kind::kString)) return InvalidArgument();
  const Result<Decimal> interval = Decimal::Parse(text->text);
  if (!interval) return InvalidArgument();
  bool taken = interval->IsZero();
  for (int digits = 1; digits <= kFinest; ++digits) {
    taken = taken || *interval == Decimal::FromParts(1, digits).value();
  }
  if (!taken) return InvalidArgument();
  return DepthView{static_cast<std::size_t>(*limit), *interval};
}

OrderBook BookIn(const engine::Market& market, const DepthView& view) {
  OrderBook book = ShowBook(market, market.spec);
  if (!view.interval.IsZero()) {
    book.asks = PutTogether(book.asks, view.interval, /*up=*/true);
    book.bids = PutTogether(book.bids, view.interval, /*up=*/false);
  }
  for (Levels* side : {&book.asks, &book.bids}) {
    if (side->size() > view.limit) side->resize(view.limit);
  }
  return book;
}

Answered<void> DepthFeed::Subscribe(const JsonValue& params, Account& account, TimePoint now) {
  const auto market = ReadMarketAt(params, 0, account);
  if (!market) return tl::unexpected<Refused>(market.error());
  const auto view = ReadDepthView(params, /*any_limit=*/false);
  if (!view) return tl::unexpected<Refused>(view.error());
  const JsonValue* multiple = At(params, 3);
  if (multiple != nullptr && !multiple->Is(JsonValue::Kind::kBool)) return InvalidArgument();
  if (books_.empty()) {
    pace_.Begin(now);
    shown_ = account.marks().shown;
  }
  // The others stay where the last parameter says so.
  if (multiple == nullptr || multiple->text != "true") books_.clear();
  const std::string& name = account.engine.markets()[*market].spec.symbol;
  std::erase_if(books_, [&](const Watched& watched) { return watched.market == name; });
  Watched watched;
  watched.market = name;
  watched.view = *view;
  books_.push_back(std::move(watched));
  return {};
}

void DepthFeed::Unsubscribe(const JsonValue& params) {
  if (params.members.empty()) books_.clear();
  for (const JsonValue& name : params.members) {
    std::erase_if(books_, [&](const Watched& watched) { return watched.market == name.text; });
  }
}

void DepthFeed::Show(std::vector<std::string>& topics) const {
  for (const Watched& watched : books_) topics.push_back(TopicOf(watched.market, watched.view));
}

void DepthFeed::Begin(Account& account, TimePoint now) {
  pace_.Begin(now);
  shown_ = account.marks().shown;
  for (Watched& watched : books_) watched.begun = false;
}

bool DepthFeed::Work(const Turn& turn) {
  if (books_.empty()) return true;
  const std::uint64_t shown = turn.account.marks().shown;
  const bool ripe = pace_.Ripe(turn.now, turn.account.clock.frozen(), shown != shown_);
  if (ripe) shown_ = shown;
  for (Watched& watched : books_) {
    const bool stale = watched.begun && turn.now >= watched.at + kKeepAlive;
    if (watched.begun && !ripe && !stale) continue;
    const auto market = turn.account.engine.FindMarket(watched.market);
    if (!market) continue;
    OrderBook book = BookIn(turn.account.engine.markets()[*market], watched.view);
    if (watched.begun && book != watched.said) {
      SayChanges(watched, std::move(book), turn);
    } else if (stale || (!watched.begun && !(book.asks.empty() && book.bids.empty()))) {
      SayWhole(watched, std::move(book), turn);
    }
  }
  return true;
}

void DepthFeed::SayWhole(Watched& watched, OrderBook book, const Turn& turn) const {
  watched.begun = true;
  watched.said = std::move(book);
  watched.update = UpdateOf(turn.account);
  watched.at = turn.now;
  JsonWriter json;
  json.BeginArray().Bool(true).BeginObject();
  json.Key("timestamp").Seconds(turn.now);
  json.Key("update_id").Integer(static_cast<std::int64_t>(watched.update));
  WriteLevels("asks", watched.said.asks, json);
  WriteLevels("bids", watched.said.bids, json);
  json.Key("event_time").Seconds(turn.now).EndObject();
  json.String(watched.market).EndArray();
  turn.Say(Push(json.Take()));
}

void DepthFeed::SayChanges(Watched& watched, OrderBook book, const Turn& turn) const {
  const std::uint64_t before = watched.update;
  watched.update = UpdateOf(turn.account);
  const auto make = [&] {
    const Levels asks = Difference(watched.said.asks, book.asks, /*up=*/true);
    const Levels bids = Difference(watched.said.bids, book.bids, /*up=*/false);
    JsonWriter json;
    json.BeginArray().Bool(false).BeginObject();
    json.Key("timestamp").Seconds(turn.now);
    json.Key("update_id").Integer(static_cast<std::int64_t>(watched.update));
    json.Key("past_update_id").Integer(static_cast<std::int64_t>(before));
    if (!asks.empty()) WriteLevels("asks", asks, json);
    if (!bids.empty()) WriteLevels("bids", bids, json);
    json.Key("event_time").Seconds(turn.now).EndObject();
    json.String(watched.market).EndArray();
    return Push(json.Take());
  };
  // Between the same two updates all who look at the book so hear the same.
  constexpr int kBits = 32;
  turn.say(turn.account.frames.Get(TopicOf(watched.market, watched.view),
                                   (before << kBits) + watched.update - before, make));
  watched.said = std::move(book);
  watched.at = turn.now;
}

std::optional<TimePoint> DepthFeed::NextDue() const {
  std::optional<TimePoint> due = pace_.NextRipe();
  for (const Watched& watched : books_) {
    if (!watched.begun) continue;
    const TimePoint again = watched.at + kKeepAlive;
    due = due ? std::min(*due, again) : again;
  }
  return books_.empty() ? std::nullopt : due;
}

std::string WriteDepth(const OrderBook& book, TimePoint now) {
  JsonWriter json;
  json.BeginObject().Key("timestamp").Seconds(now);
  WriteLevels("asks", book.asks, json);
  WriteLevels("bids", book.bids, json);
  json.EndObject();
  return json.Take();
}

}  // namespace ocokit::mock::whitebit

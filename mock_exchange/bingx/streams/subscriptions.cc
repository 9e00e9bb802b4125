#include "mock_exchange/bingx/streams/subscriptions.h"

#include <algorithm>
#include <array>
#include <utility>

#include "mock_exchange/json/reader.h"

namespace ocokit::mock::bingx {
namespace {

using Kind = JsonValue::Kind;

// The venue's words for intervals of streams, where they are not those of the REST calls.
constexpr std::array<std::pair<std::string_view, std::string_view>, 16> kStreamIntervals = {
    {{"1min", "1m"},
     {"3min", "3m"},
     {"5min", "5m"},
     {"15min", "15m"},
     {"30min", "30m"},
     {"60min", "1h"},
     {"2hour", "2h"},
     {"4hour", "4h"},
     {"6hour", "6h"},
     {"8hour", "8h"},
     {"12hour", "12h"},
     {"1day", "1d"},
     {"3day", "3d"},
     {"1week", "1w"},
     {"1mon", "1M"},
     {"1month", "1M"}}};

// How many levels of each side the full book may be asked for with.
constexpr std::array<std::pair<std::string_view, std::size_t>, 6> kDepths = {{{"depth", 20},
                                                                              {"depth5", 5},
                                                                              {"depth10", 10},
                                                                              {"depth20", 20},
                                                                              {"depth50", 50},
                                                                              {"depth100", 100}}};

constexpr std::array<std::pair<std::string_view, TopicKind>, 5> kPlainTopics = {
    {{"trade", TopicKind::kTrades},
     {"ticker", TopicKind::kTicker},
     {"bookTicker", TopicKind::kBestPrices},
     {"lastPrice", TopicKind::kLastPrice},
     {"incrDepth", TopicKind::kDepthChanges}}};

template <typename Table>
auto FindRow(const Table& table, std::string_view name) {
  return std::ranges::find(table, name, &Table::value_type::first);
}

std::optional<CandleInterval> FindStreamInterval(std::string_view name) {
  const auto row = FindRow(kStreamIntervals, name);
  const auto interval = FindCandleInterval(row != kStreamIntervals.end() ? row->second : name);
  return interval && interval->seconds != 1 ? interval : std::nullopt;
}

// Whether there is a topic of that kind; completes `topic`.
bool ReadMarketTopic(std::string_view kind, Topic& topic) {
  constexpr std::string_view kCandles = "kline_";
  if (kind.starts_with(kCandles)) {
    const auto interval = FindStreamInterval(kind.substr(kCandles.size()));
    if (!interval) return false;
    topic.kind = TopicKind::kCandles;
    topic.interval = *interval;
    topic.interval_name = kind.substr(kCandles.size());
    return true;
  }
  if (const auto depth = FindRow(kDepths, kind); depth != kDepths.end()) {
    topic.kind = TopicKind::kDepth;
    topic.levels = depth->second;
    return true;
  }
  const auto plain = FindRow(kPlainTopics, kind);
  if (plain == kPlainTopics.end()) return false;
  topic.kind = plain->second;
  return true;
}

// An id is a text; a number is taken for one.
std::string TextOf(const JsonValue* value) {
  const bool readable = value != nullptr && (value->Is(Kind::kString) || value->Is(Kind::kNumber));
  return readable ? value->text : "";
}

}  // namespace

std::optional<Topic> ReadTopic(std::string_view name, const engine::Engine& engine) {
  Topic topic;
  topic.name = name;
  if (name == "spot.executionReport") {
    topic.kind = TopicKind::kOrders;
    return topic;
  }
  if (name == "ACCOUNT_UPDATE") {
    topic.kind = TopicKind::kBalances;
    return topic;
  }
  const std::size_t at = name.find('@');
  if (at == std::string_view::npos) return std::nullopt;
  const auto market = engine.FindMarket(name.substr(0, at));
  if (!market || !ReadMarketTopic(name.substr(at + 1), topic)) return std::nullopt;
  topic.market = *market;
  return topic;
}

ClientMessage ReadClientMessage(std::string_view text) {
  if (text == "Pong" || text == "pong") return {.kind = ClientMessage::Kind::kPong};
  const Result<JsonValue> json = ReadJson(text);
  if (!json || !json->Is(Kind::kObject)) return {};
  const JsonValue* topic = json->FindGiven("dataType");
  if (topic == nullptr) {
    if (json->Find("pong") != nullptr) return {.kind = ClientMessage::Kind::kPong};
    // Some clients send a heartbeat of their own.
    if (json->Find("ping") != nullptr) return {};
    return {.kind = ClientMessage::Kind::kBadRequest};
  }
  if (!topic->Is(Kind::kString)) return {};
  ClientMessage out{.id = TextOf(json->Find("id")), .topic = topic->text};
  const JsonValue* request = json->FindGiven("reqType");
  const std::string type = request == nullptr ? "sub" : TextOf(request);
  if (topic->text.empty() || (type != "sub" && type != "unsub")) {
    out.kind = ClientMessage::Kind::kBadRequest;
  } else {
    out.kind = type == "sub" ? ClientMessage::Kind::kSubscribe : ClientMessage::Kind::kUnsubscribe;
  }
  return out;
}

}  // namespace ocokit::mock::bingx

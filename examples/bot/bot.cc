// A small bot for BingX spot: buys when the candles rise, protects what it bought with an OCO, and
// begins anew.
//
//   OCOKIT_SECRET=test-secret ocokit-bot http://127.0.0.1:8787 test-key state.json [STEPS]
//
// It is an example of what survives, not of what earns. An order that is sent twice costs money,
// and so does one that is believed sent and is not. So the bot writes down what it is about to send
// before it sends it. After a lost reply or a restart it asks the venue first.
//
// What the client library has no call for, candles and one order's fills, the bot asks for itself,
// with the library's Signer and Transport: Venue::Get. All that places goes through the library.

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <initializer_list>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ocokit/client/bingx.h"

namespace {

namespace client = ocokit::client;
namespace bingx = ocokit::client::bingx;
using nlohmann::json;
using ocokit::Decimal;
using ocokit::milliseconds;
using ocokit::seconds;
using ocokit::TimePoint;
using std::chrono::hours;

constexpr const char* kSymbol = "BTC-USDT";
constexpr const char* kBase = "BTC";
// Decimals of the market's amounts and prices. A bot for more than one market reads them from
// /openApi/spot/v1/common/symbols.
constexpr int kAmountDigits = 5;
constexpr int kPriceDigits = 2;
// USDT of one entry.
constexpr int kMoney = 100;
// A request is good for so long after its timestamp.
constexpr milliseconds kWindow{5000};
// For the time that a request may take besides, and for clocks that differ a little.
constexpr milliseconds kMargin{1000};
// The venue finds an order by the client's id for so long.
constexpr hours kFoundByName{2};

TimePoint Now() { return ocokit::SystemClock().Now(); }

tl::unexpected<client::Error> Stop(std::string why) {
  return tl::unexpected(client::Error{.message = std::move(why)});
}

// A share of a price, like "1.02".
Decimal Share(const Decimal& price, const char* share) {
  return (price * Decimal::Parse(share).value()).Truncate(kPriceDigits);
}

// A member's text: the venue writes some numbers as strings, some as JSON numbers.
std::string Text(const json& object, const char* name) {
  const auto member = object.find(name);
  if (member == object.end()) return {};
  return member->is_string() ? member->get<std::string>() : member->dump();
}

// The calls that only read and that the client library does not have.
class Venue {
 public:
  Venue(std::shared_ptr<client::Transport> transport, const client::Credentials& credentials)
      : transport_(std::move(transport)),
        key_(credentials.api_key()),
        signer_(credentials.RevealSecret()) {}

  // By how much the venue's clock is ahead of this machine's.
  void SetOffset(ocokit::microseconds offset) { offset_ = offset; }

  // The reply's "data". `parameters` are in the order of their names, which all come before
  // "timestamp".
  client::Result<json> Get(const std::string& path,
                           std::initializer_list<std::pair<const char*, std::string>> parameters) {
    bingx::Params params;
    for (const auto& [name, value] : parameters) params.Add(name, value);
    params.Add("timestamp", ocokit::ToUnixMillis(Now() + offset_));
    const auto response = transport_->Send(
        {.method = client::HttpMethod::kGet,
         .target = path + "?" + signer_.WriteSigned(params, bingx::ParamFormat::kQuery),
         .headers = {{"X-BX-APIKEY", key_}}});
    // Whatever went wrong here, nothing has happened at the venue: `transient` says "ask again".
    if (!response) {
      return tl::unexpected(client::Error{.kind = client::ErrorKind::kTransport,
                                          .message = response.error().message,
                                          .transient = true});
    }
    // Without exceptions: what is no JSON is a value that is no object.
    const json reply = json::parse(response->body, nullptr, false);
    if (reply.is_object() && Text(reply, "code") == "0" && reply.contains("data")) {
      return reply["data"];
    }
    return tl::unexpected(Refusal(*response, reply));
  }

 private:
  static client::Error Refusal(const client::HttpResponse& response, const json& reply) {
    client::Error error{.message = "HTTP " + std::to_string(response.status)};
    // A page of something in between, or half a reply. 418 is a ban, which grows with each request.
    error.transient = !reply.is_object() && response.status != 418;
    if (!reply.is_object()) return error;
    const std::string code = Text(reply, "code");
    error.message = code + " " + Text(reply, "msg");
    if (code == "100404") error.kind = client::ErrorKind::kNotFound;
    if (code == "100410") {
      error.kind = client::ErrorKind::kRateLimit;
      // Milliseconds until the window ends.
      const std::string expires(response.Header("X-RateLimit-Requests-Expire"));
      error.retry_after = milliseconds(std::strtol(expires.c_str(), nullptr, 10));
    }
    error.transient = code == "100410" || code == "100500" || code == "100503";
    return error;
  }

  std::shared_ptr<client::Transport> transport_;
  std::string key_;
  bingx::Signer signer_;
  ocokit::microseconds offset_{0};
};

// The trade that is under way, as the file keeps it.
struct Trade {
  std::string entry;       // the client's id of the order that buys
  std::int64_t began = 0;  // when it was written down, milliseconds
  std::string order_id;    // the venue's id of that order; empty until it is known
  std::string pair;        // the client's id of the OCO
  bool pair_sent = false;  // the OCO may have been sent
};

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Trade, entry, began, order_id, pair, pair_sent)

// None between two trades. Errors: the file is there but cannot be read; better no bot than one
// that has forgotten its trade.
client::Result<std::optional<Trade>> ReadTrade(const std::string& path) {
  std::ifstream file(path);
  if (!file.is_open()) return std::nullopt;
  try {
    const json kept = json::parse(file);
    if (kept.is_null()) return std::nullopt;
    return kept.get<Trade>();
  } catch (const json::exception&) {
    return Stop(path + " cannot be read");
  }
}

// The new file is moved into the place of the old one: a bot that is killed meanwhile leaves one of
// the two whole. A bot that cannot write down what it does must do nothing.
void WriteTrade(const std::string& path, const std::optional<Trade>& trade) {
  const std::string next = path + ".next";
  std::ofstream file(next);
  file << (trade ? json(*trade) : json()) << std::endl;
  if (file.good() && std::rename(next.c_str(), path.c_str()) == 0) return;
  std::fprintf(stderr, "stops: %s cannot be written\n", path.c_str());
  std::exit(1);
}

class Bot {
 public:
  Bot(bingx::Client bingx_client, Venue venue, std::string file, std::optional<Trade> trade)
      : client_(std::move(bingx_client)),
        venue_(std::move(venue)),
        file_(std::move(file)),
        trade_(std::move(trade)),
        // A bot of before may have sent its order just now.
        entry_dead_at_(Now() + kWindow + kMargin) {}

  // One look at the market; says what it has done. An error that is `transient` or whose outcome is
  // unknown ends the step, and the next one goes on from there; any other needs a person.
  client::Result<std::string> Step() {
    // Timestamps follow the venue's clock, also when this machine's is set meanwhile.
    const auto sync = client_.SyncTime();
    if (!sync) return tl::unexpected(sync.error());
    venue_.SetOffset(sync->offset);
    if (!trade_) return Begin();
    return trade_->pair_sent ? Watch() : Protect();
  }

 private:
  // What the venue says of the order that buys.
  struct Entry {
    bool working = false;  // it may still buy more
    Decimal bought;        // what has come in, the fee taken off
    Decimal price;         // the average
  };

  // Between two trades: buys, or waits for a better time.
  client::Result<std::string> Begin() {
    const auto candles = venue_.Get("/openApi/spot/v1/market/kline",
                                    {{"interval", "1m"}, {"limit", "8"}, {"symbol", kSymbol}});
    if (!candles) return tl::unexpected(candles.error());
    // The rule: the last three closes are on average above the last eight. Newest first.
    Decimal three;
    Decimal eight;
    for (std::size_t i = 0; i < 8; ++i) {
      if (i >= candles->size() || (*candles)[i].size() < 5) return "waits";
      const auto close = Decimal::Parse((*candles)[i][4].dump());
      if (!close) return "waits";
      if (i < 3) three += *close;
      eight += *close;
    }
    if (three * Decimal(8) <= eight * Decimal(3)) return "waits";

    const std::int64_t now = ocokit::ToUnixMillis(Now());
    // OCO ids are digits alone, those of orders are not: neither is taken for the other.
    Keep(Trade{.entry = "entry_" + std::to_string(now),
               .began = now,
               .order_id = {},
               .pair = std::to_string(now)});
    const auto order = client_.PlaceOrder({.symbol = kSymbol,
                                           .side = bingx::Side::kBuy,
                                           .type = bingx::OrderType::kMarket,
                                           .quote_order_qty = Decimal(kMoney),
                                           .new_client_order_id = trade_->entry});
    if (order) {
      trade_->order_id = order->order_id;
      Keep(trade_);
      return "entered";
    }
    // Nothing happened for certain: the trade is forgotten. Anything else is found out by Protect.
    if (order.error().retry_safe) Keep(std::nullopt);
    entry_dead_at_ = order.error().sent_at.value_or(Now()) + kWindow + kMargin;
    return tl::unexpected(order.error());
  }

  // After the entry: places the OCO that sells again.
  client::Result<std::string> Protect() {
    const auto entry = FindEntry();
    if (!entry) return tl::unexpected(entry.error());
    if (!*entry) {
      // The order may still be on its way. It is given up later, and never sent again: no document
      // says that the venue refuses an id the second time, and the candles have moved on.
      if (Now() < entry_dead_at_) return "waits for its order";
      return Forget("nothing was bought");
    }
    if ((*entry)->working) return "waits for its order";
    if (!(*entry)->bought.IsPositive()) return Forget("nothing was bought");

    const Decimal& price = (*entry)->price;
    const bingx::PlaceOcoRequest exits{.symbol = kSymbol,
                                       .side = bingx::Side::kSell,
                                       .quantity = (*entry)->bought,
                                       .limit_price = Share(price, "1.02"),
                                       .order_price = Share(price, "0.985"),
                                       .trigger_price = Share(price, "0.99"),
                                       .list_client_order_id = trade_->pair};
    // With pair_sent an earlier attempt is about. Reconcile finds the pair, or waits until that
    // attempt can no longer arrive, and only then places.
    const bool first = !trade_->pair_sent;
    trade_->pair_sent = true;
    Keep(trade_);
    const auto pair = first ? client_.PlaceOco(exits) : client_.Reconcile(exits, pair_sent_at_);
    if (pair) return "protected";
    pair_sent_at_ = pair.error().sent_at;
    // Nothing happened for certain: the next step need not wait for it.
    trade_->pair_sent = !pair.error().retry_safe;
    Keep(trade_);
    return tl::unexpected(pair.error());
  }

  // After the OCO was sent: how it stands.
  client::Result<std::string> Watch() {
    const auto open = client_.ListOpenOcos({.page_size = 1000});
    if (!open) return tl::unexpected(open.error());
    const auto waits = [&](const bingx::Leg& leg) {
      return leg.order_list_id == trade_->pair &&
             (leg.status == bingx::OrderStatus::kNew ||
              leg.status == bingx::OrderStatus::kPending ||
              leg.status == bingx::OrderStatus::kPartiallyFilled);
    };
    const auto waiting = std::count_if(open->begin(), open->end(), waits);
    if (waiting == 2) return "protected";
    if (waiting == 1) return "closing";

    const auto ended = client_.ListOcoHistory({.page_size = 1000});
    if (!ended) return tl::unexpected(ended.error());
    bool found = false;
    for (const bingx::Leg& leg : *ended) {
      if (leg.order_list_id != trade_->pair) continue;
      if (leg.status == bingx::OrderStatus::kFilled) return Forget("closed");
      found = true;
    }
    if (found) return Stop("somebody has ended the OCO; what was bought is still there");
    return Protect();
  }

  // None when the venue does not know the order.
  client::Result<std::optional<Entry>> FindEntry() {
    const bool by_name = trade_->order_id.empty();
    if (by_name && Now() - ocokit::FromUnixMillis(trade_->began) > kFoundByName) {
      return Stop("too late to ask whether " + trade_->entry + " was placed");
    }
    const auto order = venue_.Get(
        "/openApi/spot/v1/trade/query",
        {{by_name ? "clientOrderID" : "orderId", by_name ? trade_->entry : trade_->order_id},
         {"symbol", kSymbol}});
    if (!order) {
      const bool unknown = order.error().kind == client::ErrorKind::kNotFound;
      if (unknown && by_name) return std::nullopt;
      return tl::unexpected(order.error());
    }
    const std::string status = Text(*order, "status");
    const bool working = status == "NEW" || status == "PENDING" || status == "PARTIALLY_FILLED";
    const bool ended = status == "FILLED" || status == "CANCELED" || status == "FAILED";
    const auto executed = Decimal::Parse(Text(*order, "executedQty"));
    const auto paid = Decimal::Parse(Text(*order, "cummulativeQuoteQty"));
    const auto fee = Decimal::Parse(Text(*order, "fee"));
    // Half a reply must not be taken for "nothing was bought".
    if ((!working && !ended) || !executed || !paid || !fee) {
      return tl::unexpected(client::Error{
          .message = "an order that cannot be read: " + order->dump(), .transient = true});
    }
    trade_->order_id = Text(*order, "orderId");
    if (!executed->IsPositive()) return Entry{.working = working, .bought = {}, .price = {}};
    // The fee is negative. Of a purchase it is taken from what was bought, unless it is paid in
    // another asset.
    const Decimal net = Text(*order, "feeAsset") == kBase ? *executed + *fee : *executed;
    return Entry{.working = working,
                 .bought = net.Truncate(kAmountDigits),
                 .price = Decimal::Divide(*paid, *executed, 8).value()};
  }

  void Keep(std::optional<Trade> trade) {
    trade_ = std::move(trade);
    WriteTrade(file_, trade_);
  }

  client::Result<std::string> Forget(const char* what) {
    Keep(std::nullopt);
    return what;
  }

  bingx::Client client_;
  Venue venue_;
  std::string file_;
  std::optional<Trade> trade_;
  // From then on an order that the venue does not know will not arrive any more.
  TimePoint entry_dead_at_;
  // When this bot sent an OCO whose fate is unknown; none: another did, at a time unknown.
  std::optional<TimePoint> pair_sent_at_;
};

}  // namespace

int main(int argc, char** argv) {
  const char* secret = std::getenv("OCOKIT_SECRET");
  if (argc < 4 || secret == nullptr) {
    return std::fprintf(stderr, "OCOKIT_SECRET=SECRET %s URL KEY FILE [STEPS]\n", argv[0]), 2;
  }
  const auto fail = [](const client::Error& error) {
    return std::fprintf(stderr, "stops: %s\n", error.message.c_str()), 1;
  };
  const client::Credentials credentials(argv[2], secret);
  auto made = client::MakeHttpTransport({.base_url = argv[1]});
  if (!made) return fail(made.error());
  const std::shared_ptr<client::Transport> transport = std::move(*made);
  // A refusal for too many requests is waited out by the library, as long as the venue says.
  auto bingx_client = bingx::Client::Make({.recv_window = kWindow, .retry = {.max_attempts = 5}},
                                          credentials, transport);
  if (!bingx_client) return fail(bingx_client.error());
  auto trade = ReadTrade(argv[3]);
  if (!trade) return fail(trade.error());
  Bot bot(std::move(*bingx_client), Venue(transport, credentials), argv[3], std::move(*trade));

  const long steps = argc > 4 ? std::strtol(argv[4], nullptr, 10) : -1;
  for (long step = 1;; ++step) {
    const auto done = bot.Step();
    milliseconds pause = seconds(1);
    if (done) {
      std::printf("%s\n", done->c_str());
    } else if (done.error().transient || done.error().outcome_unknown) {
      const bool told = done.error().kind == client::ErrorKind::kRateLimit;
      std::printf("%s: %s\n", told ? "told to wait" : "no answer", done.error().message.c_str());
      // The library waits five seconds at most.
      pause = std::max(pause, done.error().retry_after);
    } else {
      return fail(done.error());
    }
    std::fflush(stdout);
    if (step == steps) return 0;
    ocokit::SystemClock().SleepFor(pause);
  }
}

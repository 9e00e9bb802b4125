#include "ocokit/mock/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "base/testing/decimal.h"
#include "mock_exchange/account/account_options.h"
#include "mock_exchange/config/settings.h"

namespace ocokit::mock {
namespace {

using ::testing::EndsWith;
using ::testing::StartsWith;

std::string ErrorOf(const std::string& json) {
  const auto config = ReadConfig(json);
  return config ? "accepted" : config.error().message;
}

TEST(Config, ReadsTheExampleFile) {
  std::ifstream file(OCOKIT_EXAMPLE_CONFIG);
  ASSERT_TRUE(file);
  const std::string text((std::istreambuf_iterator<char>(file)), {});
  const auto config = ReadConfig(text);
  ASSERT_TRUE(config) << config.error().message;
  ASSERT_EQ(config->accounts.size(), 3U);
  const AccountOptions& spot = config->accounts[0];
  EXPECT_EQ(spot.name, "spot bot");
  EXPECT_EQ(spot.dialect, Dialect::kLive);
  EXPECT_EQ(spot.seed, 7U);
  EXPECT_EQ(spot.balances->at("BTC"), D("0.5"));
  EXPECT_EQ(spot.markets->size(), 3U);
  EXPECT_EQ(spot.markets->front().taker_fee, D("0.000325"));
  EXPECT_EQ(spot.price_paths.at("BTC-USDT").at(1).fill_share, D("0.5"));
  EXPECT_EQ(spot.price_walks.at("SOL-USDT").every, milliseconds(250));
  EXPECT_EQ(spot.settings.block, seconds(5));
  EXPECT_TRUE(spot.settings.error_flood);
  EXPECT_EQ(spot.settings.custom_rate_limits.at("oco_create").count, 20);
  const AccountOptions& hedged = config->accounts[1];
  EXPECT_TRUE(hedged.hedge_mode);
  EXPECT_EQ(hedged.leverage, 20);
  EXPECT_EQ(hedged.positions.size(), 2U);
  EXPECT_EQ(hedged.settings.max_open_orders, 50);
  const AccountOptions& reader = config->accounts[2];
  EXPECT_EQ(reader.dialect, Dialect::kDocs);
  EXPECT_FALSE(reader.rights.can_trade);
  EXPECT_EQ(reader.frozen_at, FromUnixMillis(1700000000000));
}

TEST(Config, WithoutAccountsGivesOnePerVenue) {
  const auto config = ReadConfig(R"({"dialects":{"whitebit":"live"},"seed":3})");
  ASSERT_TRUE(config);
  ASSERT_EQ(config->accounts.size(), 2U);
  EXPECT_EQ(config->accounts[0].venue, Venue::kBingx);
  EXPECT_EQ(config->accounts[0].dialect, Dialect::kDocs);
  EXPECT_EQ(config->accounts[1].dialect, Dialect::kLive);
  EXPECT_EQ(config->accounts[1].key, "test-key");
  EXPECT_EQ(config->accounts[1].seed, 3U);
}

TEST(Config, ReadsReplaysAndBooks) {
  const auto config = ReadConfig(R"({"accounts":[{"venue":"whitebit","prices":{
    "BTC_USDT":{"replay":{"csv":"1700000000,40000,0.5\n","speed":"60","at_ms":1700000000000},
                "book":{"bids":[["39999","1"]],"asks":[["40001","2"],["40002","3"]]}},
    "ETH_USDT":{"replay":{"file":"no/such.csv"},
                "book":{"spread":"0.5","amount_per_level":"0.2","levels":5}}}}]})");
  ASSERT_TRUE(config) << config.error().message;
  const AccountOptions& account = config->accounts[0];
  EXPECT_EQ(account.replays.at("BTC_USDT").speed, Decimal(60));
  EXPECT_EQ(account.replays.at("BTC_USDT").at, FromUnixMillis(1700000000000));
  // Read when the account is made, not before.
  EXPECT_EQ(account.replays.at("ETH_USDT").file, "no/such.csv");
  EXPECT_EQ(account.books.at("BTC_USDT").asks,
            (std::vector<BookLevel>{{Decimal(40001), Decimal(2)}, {Decimal(40002), Decimal(3)}}));
  EXPECT_EQ(account.kept_books.at("ETH_USDT"), (SyntheticBook{D("0.5"), 5, D("0.2")}));
}

TEST(Config, SaysWhatIsWrongWithAReplayOrABook) {
  const auto error = [](const std::string& price) {
    return ErrorOf(R"({"accounts":[{"venue":"whitebit","prices":{"BTC_USDT":)" + price + "}}]}");
  };
  const std::string market = "accounts[0].prices.BTC_USDT";
  EXPECT_EQ(error(R"({"replay":{}})"), market + ".replay must have either file or csv");
  EXPECT_EQ(error(R"({"book":{"spread":"1"}})"),
            market + ".book must have bids or asks, or else amount_per_level, not both");
  EXPECT_EQ(error(R"({"book":{"bids":[],"levels":3}})"),
            market + ".book has bids or asks; spread and levels go with amount_per_level alone");
  EXPECT_THAT(error(R"({"replay":{"csv":"x,y\n"}})"), ::testing::HasSubstr("replay of BTC_USDT"));
  EXPECT_THAT(error(R"({"replay":{"csv":"1,2,3\n","speed":"0"}})"),
              EndsWith("speed must be 0.001 to 1000000, with at most 3 decimals"));
  EXPECT_THAT(error(R"({"book":{"bids":[["5","1"]],"asks":[["4","1"]]}})"),
              ::testing::HasSubstr("the best bid, 5, must be below the best ask, 4"));
}

TEST(Config, EverySettingHasAValueThatChangesIt) {
  // Each setting with a value that is not its default; together they must change every member.
  const char* const all = R"({
    "rate_limits": "off", "block_ms": 9, "error_flood": "documented",
    "ban": {"status": 403, "after": 2, "ms": 5}, "max_open_orders": "off", "strict_signing": true,
    "payload_check": "bytes", "price_rules": "off", "cancel_sibling_on": "trigger",
    "margin": "sum", "http_status": "documented", "max_recv_window_ms": 7,
    "equal_leg_ids": false, "create_state": false, "order_list_status": true,
    "unknown_list": "empty", "empty_lists": "object", "page_over": "lists",
    "region_blocked": true, "validation_status": 400, "position_side": "reject",
    "legs_in_orders": false, "leg_shape": "2022", "leg_fees": true, "retry_after": true,
    "uppercase_signature": true, "refuse_orders": "x",
    "diagnosis_header": true, "timing_header": true, "journal_bytes": 5000,
    "post_only": "refuse", "equal_client_ids": true, "exits_on": "first_fill",
    "met_stops": "refuse", "ticker_balance": "bare",
    "listen_key_life_ms": 8, "bad_listen_key": "refuse", "heartbeat": "text",
    "bad_topic_code": 100400, "order_event_form": "2025", "event_leg_types": "oco",
    "dropped_stop": "canceled", "silent_triggers": true, "event_balance": "free",
    "incr_depth": "arrays",
    "token_life_ms": 3, "bad_token": "unauthorized", "stream_idle": "none"})";
  const Settings got = ReadSettings(all).value();
  Settings want;
  want.rate_limits = false;
  want.block = milliseconds(9);
  want.error_flood = true;
  want.ban = BanRule{403, 2, milliseconds(5)};
  want.max_open_orders = 0;
  want.strict_signing = true;
  want.payload_check = PayloadCheck::kBytes;
  want.price_rules = false;
  want.cancel_sibling_on = CancelSiblingOn::kTrigger;
  want.margin = MarginRule::kSum;
  want.http_status = HttpStatus::kDocumented;
  want.max_recv_window = milliseconds(7);
  want.equal_leg_ids = false;
  want.create_state = false;
  want.order_list_status = true;
  want.unknown_list_is_empty = true;
  want.empty_lists = EmptyLists::kObject;
  want.page_over = PageOver::kLists;
  want.region_blocked = true;
  want.validation_status = 400;
  want.reject_position_side = true;
  want.legs_in_orders = false;
  want.leg_shape = LegShape::k2022;
  want.leg_fees = true;
  want.retry_after = true;
  want.uppercase_signature = true;
  want.refuse_orders = "x";
  want.diagnosis_header = true;
  want.timing_header = true;
  want.journal_bytes = 5000;
  want.refuse_takers = true;
  want.equal_client_ids = true;
  want.exits_on_first_fill = true;
  want.refuse_met_stops = true;
  want.bare_balance = true;
  want.listen_key_life = milliseconds(8);
  want.refuse_bad_listen_key = true;
  want.text_heartbeat = true;
  want.bad_topic_code = 100400;
  want.order_event_form = OrderEventForm::k2025;
  want.oco_event_types = true;
  want.dropped_stop_canceled = true;
  want.silent_triggers = true;
  want.free_in_events = true;
  want.incr_depth_arrays = true;
  want.token_life = milliseconds(3);
  want.token_unauthorized = true;
  want.stream_idle = StreamIdle::kNone;
  EXPECT_EQ(got, want);
  // What is written of them reads as the same again.
  EXPECT_EQ(ReadSettings(config::WriteSettings(got).dump()).value(), want);
  EXPECT_EQ(ReadSettings(config::WriteSettings(Settings()).dump()).value(), Settings());
}

TEST(Config, SettingsThatAreNotNamedStay) {
  Settings before;
  before.strict_signing = true;
  before.block = seconds(3);
  const Settings after = ReadSettings(R"({"block_ms":0})", before).value();
  EXPECT_TRUE(after.strict_signing);
  EXPECT_EQ(after.block, seconds(0));
}

TEST(Config, NamesWhatIsWrongWithItsPath) {
  const struct {
    const char* json;
    const char* want;
  } cases[] = {
      {R"({"accounts":[}")",
       "not JSON: parse error at line 1, column 14: syntax error while parsing value - unexpected "
       "'}'; expected '[', '{', or a literal"},
      {R"([])", "the document must be an object, not []"},
      {R"({"acounts":[]})",
       "the document has no \"acounts\"; there are: $schema, accounts, dialects, seed, settings"},
      {R"({"dialects":{"bingx":"liv"}})",
       "dialects.bingx must be \"docs\" or \"live\", not \"liv\""},
      {R"({"accounts":[{"key":"a"}]})", "accounts[0] needs \"venue\""},
      {R"({"accounts":[{"venue":"bingx"},{"venue":"binance"}]})",
       "accounts[1].venue must be \"bingx\" or \"whitebit\", not \"binance\""},
      {R"({"accounts":[{"venue":"bingx","balances":{"USDT":100}}]})",
       "accounts[0].balances.USDT must be a decimal number as a text, like \"0.25\", not 100"},
      {R"({"settings":{"rate_limits":{"oco_create":{"count":2}}}})",
       "settings.rate_limits.oco_create needs \"per_ms\""},
      {R"({"settings":{"rate_limits":{"oco_creat":{"count":2,"per_ms":1}}}})",
       "settings.rate_limits has no \"oco_creat\"; there are: account, market, oco_cancel, "
       "oco_create, oco_query, order_cancel, order_create, order_query, position"},
      {R"({"settings":{"rate_limits":"none"}})",
       "settings.rate_limits must be \"documented\", \"off\", or an object of limits, each with "
       "count and per_ms, not \"none\""},
      {R"({"settings":{"ban":{"status":429,"after":1,"ms":1}}})",
       "settings.ban.status must be 418 or 403, not 429"},
      {R"({"settings":{"block_ms":86400001}})",
       "settings.block_ms must be whole milliseconds, 0 to 86400000 (24 hours), not 86400001"},
      {R"({"accounts":[{"venue":"whitebit","prices":{"BTC_USDT":{"path":[{"after_ms":1}]}}}]})",
       "accounts[0].prices.BTC_USDT.path[0] needs \"last\""},
      {R"({"accounts":[{"venue":"whitebit","prices":{"BTC_EUR":{"last":"1"}}}]})",
       "accounts[0]: last_prices: the account has no market BTC_EUR"},
      {R"({"accounts":[{"venue":"bingx","markets":[{"symbol":"SOL-USDT"}]}]})",
       "accounts[0].markets[0] is a new market and needs \"base\" and \"quote\""},
      {R"({"accounts":[{"venue":"bingx","endpoints":["/openApi/spot/v1/oco/ordr"]}]})",
       "accounts[0]: endpoints: the venue has no path /openApi/spot/v1/oco/ordr"},
      {R"({"accounts":[{"venue":"bingx","hedge_mode":true}]})",
       "accounts[0]: hedge_mode: a BingX spot account has no positions"},
      {R"({"accounts":[{"venue":"bingx","key":"k"},{"venue":"bingx","key":"k"}]})",
       "accounts[1].key is that of another account of the venue"},
      {R"({"accounts":[{"venue":"bingx","balances":{"USDT":"1000000000000000000000000000000000000000"}}]})",
       "accounts[0].balances.USDT must be a number of at most 38 digits, not "
       "\"1000000000000000000000000000000000000000\""},
      {R"({"seed":1e999})", "not JSON: number overflow parsing '1e999'"},
      {R"({"seed":18446744073709551615})",
       "seed must be a whole number, 0 to 9007199254740991, not 18446744073709551615"},
      {R"({"accounts":[{"venue":"bingx","key":"a","key":"b"}]})", "accounts[0].key is given twice"},
      {R"({"accounts":[{"venue":"whitebit","positions":[
         {"market":"BTC_USDT","side":"long","amount":"1","base_price":"1"},
         {"market":"BTC_USDT","side":"short","amount":"1","base_price":"1"}]}]})",
       "accounts[0]: positions: BTC_USDT may have one, or one of each side in hedge mode on "
       "futures"},
      {R"({"accounts":[{"venue":"bingx","leverage":5}]})",
       "accounts[0]: leverage: a BingX spot account has no positions"},
      {R"({"accounts":[{"venue":"bingx","ip_whitelist":["nonsense"]}]})",
       "accounts[0]: ip_whitelist holds addresses like 127.0.0.1 or ::1, without a mask"},
      {R"({"accounts":[{"venue":"bingx","balances":{"":"1"}}]})",
       "accounts[0]: balances: an asset is printable ASCII without blanks, not \"\""},
      {R"({"accounts":[{"venue":"bingx","markets":[{"symbol":"btc_usdt","base":"B","quote":"U"}]}]})",
       "accounts[0]: market btc_usdt: a BingX symbol is like BTC-USDT, in capitals, of at most 20 "
       "characters"},
      {R"({"accounts":[{"venue":"bingx","markets":[{"symbol":"BTC-USDT","max_amount":"0.00001"}]}]})",
       "accounts[0]: market BTC-USDT: max_amount and max_total must be 0 (no limit), or at least "
       "min_amount and min_total"},
      {R"({"accounts":[{"venue":"bingx","markets":[{"symbol":"BTC-USDT","min_amount":"0.000000001"}]}]})",
       "accounts[0]: market BTC-USDT: min_price, min_amount, max_amount and max_position must be 0 "
       "to 10^10, with at most 8 decimals"},
      {R"({"accounts":[{"venue":"bingx","prices":{"BTC-USDT":{"walk":{"max_step":"0.001"}}}}]})",
       "accounts[0]: walk of BTC-USDT: max_step must be a tick, 0.01, or more"},
      {R"({"accounts":[{"venue":"whitebit","prices":{"BTC_USDT":{"path":[],"walk":{"max_step":"1"}}}}]})",
       "accounts[0].prices.BTC_USDT may have one of path, walk and replay"},
  };
  for (const auto& c : cases) EXPECT_EQ(ErrorOf(c.json), c.want) << c.json;
}

TEST(Config, NamesThePublishedErrorsOfTheVenue) {
  const auto error = [](const char* venue) {
    return ErrorOf(std::string(R"({"accounts":[{"venue":")") + venue +
                   R"(","settings":{"refuse_orders":"nonsense"}}]})");
  };
  EXPECT_THAT(error("bingx"), StartsWith("accounts[0]: refuse_orders: BingX has "));
  EXPECT_THAT(error("whitebit"), StartsWith("accounts[0]: refuse_orders: WhiteBIT has "));
  EXPECT_THAT(error("bingx"), EndsWith(", not nonsense"));
}

TEST(Config, RefusesWhatIsNestedTooDeep) {
  const std::string deep(100'000, '[');
  const std::string json = R"({"accounts":)" + deep + std::string(deep.size(), ']') + "}";
  EXPECT_THAT(ErrorOf(json), StartsWith("not JSON that is read here: "));
}

// A price of 26,400 digits ended the program by its stack.
TEST(Config, RefusesALongTextWithItsLengthAndTheBound) {
  const std::string long_text(1'000'000, '9');
  EXPECT_EQ(
      ErrorOf(R"({"accounts":[{"venue":"bingx","balances":{"USDT":")" + long_text + R"("}}]})"),
      "accounts[0].balances.USDT has 1000000 characters, and may have 100 at most: it must be a "
      "decimal number as a text, like \"0.25\"");
}

TEST(Config, QuotesNoSecret) {
  for (const char* json : {R"({"accounts":[{"venue":"bingx","secret":["s3cret-part"]}]})",
                           R"({"accounts":[{"venue":"bingx","secret":{"is":"s3cret-part"}}]})",
                           R"({"accounts":[{"venue":"bingx","secret":"s3cret-part)",
                           "{\"accounts\":[{\"venue\":\"bingx\",\"secret\":\"s3cret-part\n\"}]}",
                           R"({"secret":"s3cret-part" "x"})"}) {
    const std::string error = ErrorOf(json);
    EXPECT_NE(error, "accepted") << json;
    EXPECT_EQ(error.find("s3cret"), std::string::npos) << error;
  }
}

TEST(Config, MakesUpAKeyWhereThereIsNone) {
  const auto read = [] { return ReadConfig(R"({"seed":3,"accounts":[{"venue":"bingx"}]})"); };
  const auto config = read();
  ASSERT_TRUE(config);
  EXPECT_EQ(config->made_up, std::vector<std::size_t>{0});
  EXPECT_FALSE(config->accounts[0].key.empty());
  EXPECT_EQ(config->accounts[0].secret, read()->accounts[0].secret);
}

}  // namespace
}  // namespace ocokit::mock

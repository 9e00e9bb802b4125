// Pages and filters of the calls of single orders, with more orders and more time than a literal
// conversation holds.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "mock_exchange/account/account_options.h"
#include "mock_exchange/json/reader.h"
#include "mock_exchange/testing/signed_request.h"
#include "mock_exchange/whitebit/orders/answer.h"
#include "mock_exchange/whitebit/venue.h"

namespace ocokit::mock::whitebit {
namespace {

using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

constexpr std::int64_t kStartSeconds = 1'700'000'000;
constexpr char kActive[] = "/api/v4/orders";
constexpr char kExecuted[] = "/api/v4/trade-account/executed-history";
constexpr char kDeals[] = "/api/v4/trade-account/order";
constexpr char kHistory[] = "/api/v4/trade-account/order/history";

class WhitebitOrdersTest : public ::testing::Test {
 protected:
  WhitebitOrdersTest()
      : clock_(std::make_shared<ManualClock>(FromUnixMillis(kStartSeconds * 1000))),
        account_(CompleteOptions({.venue = Venue::kWhitebit}, 1).value(), clock_) {
    account_.settings.rate_limits = false;
  }

  static std::uint32_t MarketOf(const Account& account, const char* symbol) {
    return account.engine.FindMarket(symbol).value();
  }
  // Groups that buy at 40000 or, once at 41000, at 42000.
  std::vector<const engine::OrderList*> Place(int count, const char* symbol = "BTC_USDT") {
    engine::PairCommand command;
    command.market = MarketOf(account_, symbol);
    command.wallet = engine::Wallet::kMargin;
    command.amount = Decimal::Parse("0.002").value();
    command.limit_price = Decimal(40000);
    command.trigger_price = Decimal(41000);
    command.stop_price = Decimal(42000);
    std::vector<const engine::OrderList*> out;
    for (int i = 0; i < count; ++i) {
      const auto placed = account_.engine.Place(command, account_.Rules(std::nullopt),
                                                *account_.ids, clock_->Now());
      out.push_back(placed.value());
    }
    return out;
  }
  void SetLast(std::int64_t price, const char* symbol = "BTC_USDT", const char* fill = "1") {
    account_.engine.SetLast(MarketOf(account_, symbol), Decimal(price),
                            Decimal::Parse(fill).value(), account_.Rules(std::nullopt),
                            clock_->Now());
  }
  std::string Ask(const std::string& path, const std::string& members = "") {
    const Request request = testing::SignedWhitebit(account_, path, members, ++nonce_);
    return WhitebitApi().Handle(request, &account_, account_).response.body;
  }
  // Member `name` of every entry: of an array, of its `records`, or of all arrays by market.
  std::vector<std::string> List(const std::string& path, const std::string& members,
                                const char* name) {
    const JsonValue reply = ReadJson(Ask(path, members)).value();
    std::vector<std::string> out;
    const auto add = [&](const JsonValue& list) {
      for (const JsonValue& entry : list.members) out.push_back(entry.Find(name)->text);
    };
    if (reply.Is(JsonValue::Kind::kArray)) {
      add(reply);
    } else {
      for (const JsonValue& member : reply.members) add(member);
    }
    return out;
  }
  // The ids of all pages of `limit`, and how many pages were not empty.
  std::pair<std::vector<std::string>, int> Walk(const std::string& path, const char* name,
                                                std::size_t limit) {
    std::vector<std::string> seen;
    for (int pages = 0;; ++pages) {
      const std::string page = R"("limit":)" + std::to_string(limit) + R"(,"offset":)" +
                               std::to_string(static_cast<std::size_t>(pages) * limit);
      const std::vector<std::string> ids = List(path, page, name);
      EXPECT_LE(ids.size(), limit);
      if (ids.empty()) return {seen, pages};
      seen.insert(seen.end(), ids.begin(), ids.end());
    }
  }
  static std::size_t CountDistinct(const std::vector<std::string>& ids) {
    return std::set<std::string>(ids.begin(), ids.end()).size();
  }
  static std::string Date(const char* name, std::int64_t at) {
    return "\"" + std::string(name) + "\":" + std::to_string(at);
  }

  std::shared_ptr<ManualClock> clock_;
  Account account_;
  int nonce_ = 0;
};

TEST_F(WhitebitOrdersTest, HistoryPagesMeetWithoutGapOrOverlapOverAllMarkets) {
  Place(35);
  Place(35, "BTC_PERP");
  SetLast(40000);
  SetLast(40000, "BTC_PERP");
  const auto [ids, pages] = Walk(kHistory, "id", 33);
  EXPECT_EQ(pages, 5);
  EXPECT_EQ(ids.size(), 140U);
  EXPECT_EQ(CountDistinct(ids), 140U);
  EXPECT_EQ(List(kHistory, "", "id").size(), 50U);
  EXPECT_EQ(List(kHistory, R"("limit":500)", "id").size(), 140U);
  EXPECT_EQ(List(kHistory, R"("limit":500,"market":"BTC_PERP")", "id").size(), 70U);
  EXPECT_EQ(Ask(kHistory, R"("offset":140)"), "{}");
  EXPECT_EQ(Ask(kHistory, R"("offset":4294967295)"), "{}");
}

TEST_F(WhitebitOrdersTest, ExecutionPagesMeetWithoutGapOrOverlap) {
  Place(130);
  SetLast(40000);
  const auto [ids, pages] = Walk(kExecuted, "id", 60);
  EXPECT_EQ(pages, 3);
  EXPECT_EQ(ids.size(), 130U);
  EXPECT_TRUE(std::ranges::is_sorted(ids, std::ranges::greater()));
  EXPECT_EQ(CountDistinct(ids), 130U);
  EXPECT_EQ(List(kExecuted, "", "id").size(), 50U);
  EXPECT_EQ(Ask(kExecuted, R"("market":"BTC_USDT","offset":130)"), "[]");
}

TEST_F(WhitebitOrdersTest, DealsOfAnOrderArePagedOverThatOrderAlone) {
  const std::string id = std::to_string(Place(3).back()->limit().id);
  for (int i = 0; i < 4; ++i) SetLast(40000, "BTC_USDT", "0.5");
  const auto deals = [&](const std::string& more) {
    const JsonValue reply = ReadJson(Ask(kDeals, R"("orderId":)" + id + more)).value();
    return reply.Find("records")->members.size();
  };
  EXPECT_EQ(List(kExecuted, "", "id").size(), 12U);
  EXPECT_EQ(deals(""), 4U);
  EXPECT_EQ(deals(R"(,"limit":3)"), 3U);
  EXPECT_EQ(deals(R"(,"limit":3,"offset":3)"), 1U);
  EXPECT_EQ(deals(R"(,"offset":4)"), 0U);
}

TEST_F(WhitebitOrdersTest, HistoryFiltersByStatus) {
  Place(1);
  SetLast(40000);  // FILLED and CANCELED
  SetLast(40500);
  account_.Cancel(*Place(1).front(), clock_->Now());  // both CANCELED
  Place(1);
  SetLast(40000, "BTC_USDT", "0.5");  // CANCELED, and one that goes on
  const auto count = [&](const std::string& status) {
    return List(kHistory, R"("status":")" + status + "\"", "id").size();
  };
  EXPECT_EQ(count("ALL"), 5U);
  EXPECT_EQ(count("FILLED"), 1U);
  EXPECT_EQ(count("CANCELED"), 4U);
  EXPECT_EQ(count("OPEN"), 0U);
  EXPECT_EQ(count("PARTIALLY_FILLED"), 0U);
  EXPECT_EQ(count("AUTO_CANCELED_REDUCE_ONLY"), 0U);
  EXPECT_THAT(List(kActive, "", "status"), UnorderedElementsAre("PARTIALLY_FILLED"));
}

TEST_F(WhitebitOrdersTest, AFilterIsBeforeThePage) {
  const std::vector<const engine::OrderList*> perps = Place(1, "BTC_PERP");
  Place(80);
  EXPECT_EQ(List(kActive, R"("market":"BTC_PERP")", "orderId").size(), 2U);
  const std::string id = std::to_string(perps.front()->stop().id);
  EXPECT_EQ(List(kActive, R"("market":"BTC_PERP","limit":1,"orderId":)" + id, "orderId"),
            std::vector{id});
  SetLast(41500, "BTC_PERP");
  SetLast(40000);
  EXPECT_EQ(List(kHistory, R"("limit":1,"orderId":)" + id, "id"), std::vector{id});
  EXPECT_EQ(List(kHistory, R"("market":"BTC_PERP")", "id").size(), 2U);
  EXPECT_EQ(List(kExecuted, R"("market":"BTC_PERP","limit":1)", "orderId"), std::vector{id});
}

TEST_F(WhitebitOrdersTest, DatesAreWholeSecondsAndBothIncluded) {
  Place(3);
  for (int i = 0; i < 3; ++i) {
    SetLast(40000, "BTC_USDT", "0.5");
    clock_->Advance(milliseconds(1500));
  }
  // Deals at 0, 1.5 and 3 s, the time now being 4.5 s.
  const auto count = [&](std::int64_t from, std::int64_t to) {
    return List(kExecuted,
                Date("startDate", kStartSeconds + from) + "," + Date("endDate", kStartSeconds + to),
                "id")
        .size();
  };
  EXPECT_EQ(count(0, 0), 3U);
  EXPECT_EQ(count(1, 1), 3U);
  EXPECT_EQ(count(2, 2), 0U);
  EXPECT_EQ(count(2, 3), 3U);
  EXPECT_EQ(count(0, 1'000'000), 9U);
  EXPECT_EQ(count(0, 9'999'999'999 - kStartSeconds), 9U);
  EXPECT_EQ(List(kExecuted, "\"startDate\":0", "id").size(), 9U);
  EXPECT_THAT(Ask(kExecuted,
                  Date("startDate", kStartSeconds + 2) + "," + Date("endDate", kStartSeconds + 1)),
              HasSubstr("EndDate should not be before startDate."));
}

TEST_F(WhitebitOrdersTest, HistoryShows31DaysUnlessAskedForUpTo183DaysAgo) {
  constexpr std::int64_t kDay = 86'400;
  Place(1);
  SetLast(40000);
  SetLast(40500);
  clock_->Advance(seconds(32 * kDay));
  Place(1);
  SetLast(40000);
  EXPECT_EQ(List(kHistory, "", "id").size(), 2U);
  EXPECT_EQ(List(kExecuted, "", "id").size(), 2U);
  const std::string first =
      Date("startDate", kStartSeconds) + "," + Date("endDate", kStartSeconds + 31 * kDay);
  EXPECT_EQ(List(kHistory, first, "id").size(), 2U);
  EXPECT_THAT(Ask(kHistory, Date("startDate", kStartSeconds)), HasSubstr("at most 31 days apart"));
  EXPECT_THAT(Ask(kHistory, Date("startDate", kStartSeconds - 1) + "," +
                                Date("endDate", kStartSeconds + 31 * kDay)),
              HasSubstr("at most 31 days apart"));
  clock_->Advance(seconds((183 - 32) * kDay));
  EXPECT_EQ(List(kHistory, first, "id").size(), 2U);
  clock_->Advance(seconds(1));
  EXPECT_THAT(Ask(kHistory, first), HasSubstr("more than 6 months ago"));
  EXPECT_EQ(Ask(kHistory), "{}");
  EXPECT_EQ(List(kExecuted, "", "id").size(), 2U);
}

}  // namespace
}  // namespace ocokit::mock::whitebit

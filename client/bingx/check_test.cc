#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "base/testing/decimal.h"
#include "client/bingx/write.h"
#include "client/testing/bingx_client.h"

namespace ocokit::client::bingx {
namespace {

PlaceOcoRequest Good() {
  PlaceOcoRequest r = ExampleOco();
  r.list_client_order_id.clear();
  return r;
}

void ExpectField(const Result<void>& checked, const std::string& field, const std::string& what) {
  if (field.empty()) {
    EXPECT_TRUE(checked) << what << ": " << checked.error().message;
    return;
  }
  ASSERT_FALSE(checked) << what;
  EXPECT_EQ(checked.error().kind, ErrorKind::kBadRequest) << what;
  ASSERT_EQ(checked.error().fields.size(), 1u) << what;
  EXPECT_EQ(checked.error().fields[0].field, field) << what;
  EXPECT_FALSE(checked.error().outcome_unknown);
  EXPECT_EQ(checked.error().http_status, 0);
}

TEST(BingxCheck, PlaceNamesTheFieldThatCannotWork) {
  struct Case {
    const char* what;
    const char* field;  // empty: passes
    std::function<void(PlaceOcoRequest&)> change;
  };
  const Case cases[] = {
      {"as documented", "", [](auto&) {}},
      {"no symbol", "symbol", [](auto& r) { r.symbol = ""; }},
      {"lower case", "symbol", [](auto& r) { r.symbol = "btc-usdt"; }},
      {"underscore", "symbol", [](auto& r) { r.symbol = "BTC_USDT"; }},
      {"no quote", "symbol", [](auto& r) { r.symbol = "BTC-"; }},
      {"no base", "symbol", [](auto& r) { r.symbol = "-USDT"; }},
      {"two dashes", "symbol", [](auto& r) { r.symbol = "BTC-USDT-X"; }},
      {"digits in the base", "", [](auto& r) { r.symbol = "1000PEPE-USDT"; }},
      {"20 characters", "", [](auto& r) { r.symbol = "ABCDEFGHIJKLMNO-USDT"; }},
      {"21 characters", "symbol", [](auto& r) { r.symbol = "ABCDEFGHIJKLMNOP-USDT"; }},
      {"no side", "side", [](auto& r) { r.side.reset(); }},
      {"no quantity", "quantity", [](auto& r) { r.quantity = Decimal(); }},
      {"negative quantity", "quantity", [](auto& r) { r.quantity = D("-1"); }},
      {"no limit price", "limitPrice", [](auto& r) { r.limit_price = Decimal(); }},
      {"no order price", "orderPrice", [](auto& r) { r.order_price = Decimal(); }},
      {"no trigger price", "triggerPrice", [](auto& r) { r.trigger_price = Decimal(); }},
      {"buy, limit at the trigger", "limitPrice", [](auto& r) { r.limit_price = D("87000"); }},
      {"buy, limit above the trigger", "limitPrice", [](auto& r) { r.limit_price = D("87001"); }},
      {"sell with a buy's prices", "limitPrice", [](auto& r) { r.side = Side::kSell; }},
      {"sell, limit at the trigger", "limitPrice",
       [](auto& r) {
         r.side = Side::kSell;
         r.limit_price = D("87000");
       }},
      {"sell", "",
       [](auto& r) {
         r.side = Side::kSell;
         r.limit_price = D("90000");
       }},
      {"order price below the trigger", "", [](auto& r) { r.order_price = D("86000"); }},
      {"order price at the trigger", "", [](auto& r) { r.order_price = D("87000"); }},
      {"letters", "listClientOrderId", [](auto& r) { r.list_client_order_id = "abc"; }},
      {"a sign", "aboveClientOrderId", [](auto& r) { r.above_client_order_id = "-1"; }},
      {"a blank", "belowClientOrderId", [](auto& r) { r.below_client_order_id = "1 "; }},
      {"41 digits", "listClientOrderId",
       [](auto& r) { r.list_client_order_id = std::string(41, '1'); }},
      {"40 digits", "", [](auto& r) { r.list_client_order_id = std::string(40, '1'); }},
      {"one id for both legs, as in the documents' example", "",
       [](auto& r) {
         r.list_client_order_id = "12345610033";
         r.above_client_order_id = r.below_client_order_id = "12345610031";
       }},
      {"limit leg's id equal to the list's", "aboveClientOrderId",
       [](auto& r) { r.above_client_order_id = r.list_client_order_id = "7"; }},
      {"stop-limit leg's id equal to the list's", "belowClientOrderId",
       [](auto& r) { r.below_client_order_id = r.list_client_order_id = "7"; }},
      {"three equal ids", "aboveClientOrderId",
       [](auto& r) {
         r.above_client_order_id = r.below_client_order_id = r.list_client_order_id = "7";
       }},
  };
  for (const Case& c : cases) {
    PlaceOcoRequest request = Good();
    c.change(request);
    ExpectField(Check(request), c.field, c.what);
  }
}

TEST(BingxCheck, TheOthersNameTheirFields) {
  ExpectField(Check(CancelOcoRequest{}), "orderId", "cancel nothing");
  ExpectField(Check(CancelOcoRequest{"x", ""}), "orderId", "cancel x");
  ExpectField(Check(CancelOcoRequest{"1", "y"}), "clientOrderId", "cancel y");
  ExpectField(Check(CancelOcoRequest{"", "1"}), "", "cancel by client id");
  ExpectField(Check(FindOcoRequest{}), "orderListId", "find nothing");
  ExpectField(Check(FindOcoRequest{"x", ""}), "orderListId", "find x");
  ExpectField(Check(FindOcoRequest{"", "y"}), "clientOrderId", "find y");
  ExpectField(Check(ListOpenRequest{0, 10}), "pageIndex", "page 0");
  ExpectField(Check(ListOpenRequest{1, 0}), "pageSize", "size 0");
  ExpectField(Check(ListOpenRequest{1, 1001}), "pageSize", "size 1001");
  ExpectField(Check(ListOpenRequest{1, 1000}), "", "size 1000");
  ListHistoryRequest history;
  history.start_time = FromUnixMillis(2);
  history.end_time = FromUnixMillis(1);
  ExpectField(Check(history), "endTime", "ends before it starts");
}

}  // namespace
}  // namespace ocokit::client::bingx

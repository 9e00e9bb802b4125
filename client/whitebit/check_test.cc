#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "client/testing/whitebit_client.h"
#include "client/whitebit/write.h"

namespace ocokit::client::whitebit {
namespace {

PlaceOcoRequest Good() {
  PlaceOcoRequest r = ExampleOco();
  r.client_order_id.clear();
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
}

TEST(WhitebitCheck, PlaceNamesTheFieldThatCannotWork) {
  struct Case {
    const char* what;
    const char* field;  // empty: passes
    std::function<void(PlaceOcoRequest&)> change;
  };
  const Case cases[] = {
      {"as documented", "", [](auto&) {}},
      {"no market", "market", [](auto& r) { r.market = ""; }},
      {"lower case", "market", [](auto& r) { r.market = "btc_usdt"; }},
      {"a quote mark", "market", [](auto& r) { r.market = "BTC\""; }},
      {"a perpetual", "", [](auto& r) { r.market = "BTC_PERP"; }},
      {"no side", "side", [](auto& r) { r.side.reset(); }},
      {"no amount", "amount", [](auto& r) { r.amount = Decimal(); }},
      {"negative amount", "amount", [](auto& r) { r.amount = Decimal(-1); }},
      {"no price", "price", [](auto& r) { r.price = Decimal(); }},
      {"no activation price", "activation_price", [](auto& r) { r.activation_price = Decimal(); }},
      {"no stop-limit price", "stop_limit_price", [](auto& r) { r.stop_limit_price = Decimal(); }},
      {"buy, price at the activation", "price", [](auto& r) { r.price = Decimal(41000); }},
      {"buy, price above the activation", "price", [](auto& r) { r.price = Decimal(41001); }},
      {"sell with a buy's prices", "price", [](auto& r) { r.side = Side::kSell; }},
      {"sell", "",
       [](auto& r) {
         r.side = Side::kSell;
         r.price = Decimal(43000);
       }},
      {"stop-limit price below the activation", "",
       [](auto& r) { r.stop_limit_price = Decimal(40500); }},
      {"a blank in the id", "clientOrderId", [](auto& r) { r.client_order_id = "a b"; }},
      {"a letter that is not Latin", "clientOrderId",
       [](auto& r) { r.client_order_id = "\xc3\xa9"; }},
      {"65 characters", "clientOrderId", [](auto& r) { r.client_order_id = std::string(65, 'a'); }},
      {"64 characters", "", [](auto& r) { r.client_order_id = std::string(64, 'a'); }},
      {"every kind of character", "", [](auto& r) { r.client_order_id = "aZ0-._"; }},
  };
  for (const Case& c : cases) {
    PlaceOcoRequest request = Good();
    c.change(request);
    ExpectField(Check(request), c.field, c.what);
  }
}

TEST(WhitebitCheck, TheOthersNameTheirFields) {
  ExpectField(Check(CancelOcoRequest{"", GroupId{1}, ""}), "market", "cancel without market");
  ExpectField(Check(CancelOcoRequest{"BTC_USDT", {}, ""}), "orderId", "cancel nothing");
  ExpectField(Check(CancelOcoRequest{"BTC_USDT", GroupId{0}, ""}), "orderId", "cancel 0");
  ExpectField(Check(CancelOcoRequest{"BTC_USDT", GroupId{1}, "a"}), "orderId", "cancel both");
  ExpectField(Check(CancelOcoRequest{"BTC_USDT", {}, "a b"}), "clientOrderId", "cancel a b");
  ExpectField(Check(CancelOcoRequest{"BTC_USDT", {}, "a"}), "", "cancel a");
  ExpectField(Check(CancelConditionalRequest{"", GroupId{1}}), "market", "no market");
  ExpectField(Check(CancelConditionalRequest{"BTC_USDT", {}}), "id", "no id");
  ExpectField(Check(ListRequest{"btc", {}, {}}), "market", "list btc");
  ExpectField(Check(ListRequest{"", 0, {}}), "limit", "limit 0");
  ExpectField(Check(ListRequest{"", 101, {}}), "limit", "limit 101");
  ExpectField(Check(ListRequest{"", 100, -1}), "offset", "offset -1");
  ExpectField(Check(ListRequest{"", 100, 4294967296}), "offset", "offset 2^32");
  ExpectField(Check(ListRequest{"", 100, 4294967295}), "", "the largest page");
}

}  // namespace
}  // namespace ocokit::client::whitebit

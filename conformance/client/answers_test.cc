#include "conformance/client/answers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace ocokit::conform {
namespace {

using nlohmann::json;

struct Row {
  const char* name;
  const char* want;
  const char* answer;
  const char* why;  // a part of it; empty: it fits
};

constexpr const char* kReply = R"({"id":9007199254740993,"data":[{"orderId":"18279"}]})";

const Row kRows[] = {
    {"anything", "null", R"({"error":{"kind":"x"}})", ""},
    {"more members do no harm", R"({"ok":{"a":"1"}})", R"({"ok":{"a":"1","b":2}})", ""},
    {"a member is missing", R"({"ok":{"limit":{"price":"1"}}})", R"({"ok":{"limit":{}}})",
     "ok.limit.price is missing"},
    {"decimals by value", R"({"ok":{"price":"40000.1"}})", R"({"ok":{"price":"40000.10"}})", ""},
    {"another decimal", R"({"ok":{"price":"40000.1"}})", R"({"ok":{"price":"40000.11"}})",
     "ok.price is \"40000.11\", not \"40000.1\""},
    {"a decimal as a number", R"({"ok":{"price":"0.1"}})", R"({"ok":{"price":0.1}})",
     "must be a text with a decimal"},
    {"a decimal with words", R"({"ok":{"price":"0.1"}})", R"({"ok":{"price":"a tenth"}})",
     "ok.price is \"a tenth\""},
    {"ids digit for digit", R"({"ok":{"order_id":"01"}})", R"({"ok":{"order_id":"1"}})",
     "ok.order_id is \"1\", not \"01\""},
    {"an id of the reply", R"({"ok":{"order_list_id":{"reply":"/id"}}})",
     R"({"ok":{"order_list_id":"9007199254740993"}})", ""},
    {"a rounded id", R"({"ok":{"order_list_id":{"reply":"/id"}}})",
     R"({"ok":{"order_list_id":"9007199254740992"}})", "the venue's reply has 9007199254740993"},
    {"an id as a number", R"({"ok":{"order_id":{"reply":"/data/0/orderId"}}})",
     R"({"ok":{"order_id":18279}})", "must be a text"},
    {"nothing in the reply", R"({"ok":{"order_id":{"reply":"/data/1/orderId"}}})",
     R"({"ok":{"order_id":"1"}})", "cannot be held against"},
    {"elements in any order", R"({"ok":{"legs":[{"type":"stop"},{"type":"limit"}]}})",
     R"({"ok":{"legs":[{"type":"limit"},{"type":"stop"}]}})", ""},
    {"one element for two", R"({"ok":{"legs":[{"type":"stop"},{"type":"stop"}]}})",
     R"({"ok":{"legs":[{"type":"limit"},{"type":"stop"}]}})", "has no element like"},
    {"elements in order", R"({"ok":{"bids":{"in_order":[{"price":"2"},{"price":"1"}]}}})",
     R"({"ok":{"bids":[{"price":"2.0"},{"price":"1"}]}})", ""},
    {"elements out of order", R"({"ok":{"bids":{"in_order":[{"price":"2"},{"price":"1"}]}}})",
     R"({"ok":{"bids":[{"price":"1"},{"price":"2"}]}})", "ok.bids[0].price is \"1\", not \"2\""},
    {"too few in order", R"({"ok":{"bids":{"in_order":[{"price":"2"}]}}})", R"({"ok":{"bids":[]}})",
     "has 0 elements, not 1"},
    {"too many elements", R"({"ok":{"legs":[]}})", R"({"ok":{"legs":[{}]}})",
     "has 1 elements, not 0"},
    {"so many elements", R"({"ok":{"legs":{"count":2}}})", R"({"ok":{"legs":[1]}})",
     "must have 2 elements, not 1"},
    {"no array", R"({"ok":{"legs":[]}})", R"({"ok":{"legs":null}})", "must be an array"},
    {"an error for a success", R"({"ok":{}})", R"({"error":{"kind":"auth","message":"no"}})",
     "the operation failed with auth: no"},
    {"a success for an error", R"({"error":{}})", R"({"ok":{}})", "said to have succeeded"},
    {"any error", R"({"error":{}})", R"({"error":{"kind":"whatever"}})", ""},
    {"another kind", R"({"error":{"kind":["auth","permission"]}})",
     R"({"error":{"kind":"unknown"}})", "the error's kind is unknown, not auth or permission"},
    {"no code", R"({"error":{"code":116}})", R"({"error":{"kind":"reduce_only"}})",
     "the error's code is null, not 116"},
    {"outcome left out is known", R"({"error":{"outcome_unknown":false}})",
     R"({"error":{"kind":"x"}})", ""},
    {"outcome not told", R"({"error":{"outcome_unknown":true}})", R"({"error":{"kind":"x"}})",
     "does not say that the outcome is unknown"},
    {"outcome told wrongly", R"({"error":{"outcome_unknown":false}})",
     R"({"error":{"kind":"x","outcome_unknown":true}})", "although nothing happened for certain"},
    {"message", R"({"error":{"message_has":"amount"}})",
     R"({"error":{"kind":"x","message":"price: no"}})", "does not have \"amount\""},
    {"one of two", R"({"one_of":[{"ok":{}},{"error":{"kind":"nonce"}}]})",
     R"({"error":{"kind":"nonce"}})", ""},
    {"none of two", R"({"one_of":[{"ok":{}},{"error":{"kind":"nonce"}}]})",
     R"({"error":{"kind":"auth","message":"m"}})", "failed with auth"},
};

TEST(AnswersTest, HoldsAnswersAgainstWants) {
  for (const Row& row : kRows) {
    const std::string why =
        Mismatch(json::parse(row.want), json::parse(row.answer), json::parse(kReply));
    if (*row.why == '\0') {
      EXPECT_EQ(why, "") << row.name;
    } else {
      EXPECT_THAT(why, testing::HasSubstr(row.why)) << row.name;
    }
  }
}

TEST(AnswersTest, ALocalRefusalIsOneOfWhatWasNotSent) {
  const json want = json::parse(R"({"error":{"kind":"bad_request","unsent":true}})");
  const json answer = json::parse(R"({"id":1,"error":{"kind":"bad_request"}})");
  EXPECT_EQ(Mismatch(want, answer, json()), "");
  EXPECT_EQ(Mismatch(want, answer, json::parse(R"({"code":1})")), "the request was sent");
}

}  // namespace
}  // namespace ocokit::conform

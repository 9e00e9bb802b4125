#include "conformance/client/answers.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <vector>

#include "conformance/client/members.h"
#include "ocokit/base/decimal.h"

namespace ocokit::conform {

using nlohmann::json;

namespace {

// Members that are amounts: equal by value, and written as texts.
constexpr std::array<std::string_view, 13> kDecimals = {
    "quantity",    "price",           "trigger_price", "order_price", "free",
    "limit_price", "filled_quantity", "filled_quote",  "open",        "high",
    "low",         "close",           "volume"};

bool IsDecimal(std::string_view name) {
  return std::find(kDecimals.begin(), kDecimals.end(), name) != kDecimals.end();
}

std::string DecimalMismatch(const json& want, const json& got, const std::string& where) {
  if (!got.is_string()) return where + " must be a text with a decimal, not " + got.dump();
  const auto a = Decimal::Parse(want.is_string() ? want.get<std::string>() : "");
  const auto b = Decimal::Parse(got.get<std::string>());
  if (a && b && *a == *b) return "";
  return where + " is " + got.dump() + ", not " + want.dump();
}

std::string ValueMismatch(const json& want, const json& got, const json& reply,
                          const std::string& where);

std::string ArrayMismatch(const json& want, const json& got, const json& reply,
                          const std::string& where) {
  if (!got.is_array()) return where + " must be an array";
  if (got.size() != want.size()) {
    return where + " has " + std::to_string(got.size()) + " elements, not " +
           std::to_string(want.size());
  }
  std::vector<bool> taken(got.size(), false);
  for (std::size_t i = 0; i < want.size(); ++i) {
    bool found = false;
    for (std::size_t j = 0; j < got.size() && !found; ++j) {
      if (taken[j] || !ValueMismatch(want[i], got[j], reply, where).empty()) continue;
      taken[j] = found = true;
    }
    if (!found) return where + " has no element like " + want[i].dump() + ": " + got.dump();
  }
  return "";
}

// {"in_order":[...]}: these elements one after the other.
std::string SequenceMismatch(const json& want, const json& got, const json& reply,
                             const std::string& where) {
  if (!got.is_array()) return where + " must be an array";
  if (got.size() != want.size()) {
    return where + " has " + std::to_string(got.size()) + " elements, not " +
           std::to_string(want.size());
  }
  for (std::size_t i = 0; i < want.size(); ++i) {
    std::string why = ValueMismatch(want[i], got[i], reply, where + "[" + std::to_string(i) + "]");
    if (!why.empty()) return why;
  }
  return "";
}

// {"reply":"/data/0/orderId"}: what the venue's reply has there, as a text.
std::string ReplyMismatch(const json& want, const json& got, const json& reply,
                          const std::string& where) {
  const json::json_pointer pointer(Text(want, "reply"));
  if (!reply.contains(pointer)) return where + " cannot be held against the venue's reply";
  const json& there = reply[pointer];
  const std::string text = there.is_string() ? there.get<std::string>() : there.dump();
  if (got.is_string() && got.get<std::string>() == text) return "";
  if (!got.is_string()) return where + " must be a text, not " + got.dump();
  return where + " is " + got.dump() + ", and the venue's reply has " + text;
}

std::string ValueMismatch(const json& want, const json& got, const json& reply,
                          const std::string& where) {
  if (want.is_array()) return ArrayMismatch(want, got, reply, where);
  if (want.is_object() && want.contains("reply")) return ReplyMismatch(want, got, reply, where);
  if (want.is_object() && want.contains("in_order")) {
    return SequenceMismatch(want["in_order"], got, reply, where);
  }
  if (want.is_object() && want.contains("count")) {
    if (got.is_array() && got.size() == want["count"].get<std::size_t>()) return "";
    return where + " must have " + want["count"].dump() + " elements, not " +
           std::to_string(got.is_array() ? got.size() : 0);
  }
  if (want.is_object()) {
    if (!got.is_object()) return where + " must be an object";
    for (const auto& [name, value] : want.items()) {
      std::string member = where;
      member.append(".").append(name);
      if (!got.contains(name)) return member + " is missing";
      std::string why = IsDecimal(name) && value.is_string()
                            ? DecimalMismatch(value, got[name], member)
                            : ValueMismatch(value, got[name], reply, member);
      if (!why.empty()) return why;
    }
    return "";
  }
  return got == want ? "" : where + " is " + got.dump() + ", not " + want.dump();
}

std::string Listed(const json& texts) {
  if (texts.is_string()) return texts.get<std::string>();
  std::string listed;
  for (const json& text : texts) {
    listed += (listed.empty() ? "" : " or ") + text.get<std::string>();
  }
  return listed;
}

std::string ErrorMismatch(const json& want, const json& got, const json& reply) {
  if (Flag(want, "unsent") && !reply.is_null()) return "the request was sent";
  const std::string kind = Text(got, "kind");
  if (want.contains("kind")) {
    const json& kinds = want["kind"];
    const bool fits = kinds.is_array() ? std::find(kinds.begin(), kinds.end(), kind) != kinds.end()
                                       : kinds == kind;
    if (!fits) return "the error's kind is " + kind + ", not " + Listed(kinds);
  }
  if (want.contains("code") && Member(got, "code") != want["code"]) {
    return "the error's code is " + Member(got, "code").dump() + ", not " + want["code"].dump();
  }
  if (want.contains("outcome_unknown") &&
      Flag(got, "outcome_unknown") != want["outcome_unknown"].get<bool>()) {
    return want["outcome_unknown"].get<bool>()
               ? "the error does not say that the outcome is unknown"
               : "the error says that the outcome is unknown, although nothing happened for "
                 "certain";
  }
  if (want.contains("message_has") &&
      Text(got, "message").find(Text(want, "message_has")) == std::string::npos) {
    return "the error's message does not have \"" + Text(want, "message_has") + "\" in it";
  }
  return "";
}

}  // namespace

std::string Mismatch(const json& want, const json& answer, const json& reply) {
  if (want.is_null()) return "";
  if (want.contains("one_of")) {
    std::string first;
    for (const json& one : want["one_of"]) {
      std::string why = Mismatch(one, answer, reply);
      if (why.empty()) return "";
      if (first.empty()) first = std::move(why);
    }
    return first;
  }
  if (want.contains("ok")) {
    if (!answer.contains("ok")) {
      const json& error = Member(answer, "error");
      return "the operation failed with " + Text(error, "kind") + ": " + Text(error, "message");
    }
    return ValueMismatch(want["ok"], answer["ok"], reply, "ok");
  }
  if (!answer.contains("error")) return "the operation is said to have succeeded";
  return ErrorMismatch(want["error"], answer["error"], reply);
}

std::string DescribeWant(const json& want) { return want.dump(); }

}  // namespace ocokit::conform

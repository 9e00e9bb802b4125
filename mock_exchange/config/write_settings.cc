#include "mock_exchange/config/write_settings.h"

#include <nlohmann/json.hpp>

namespace ocokit::mock::config {
namespace {

using nlohmann::ordered_json;

ordered_json WriteRateLimits(const Settings& settings) {
  if (!settings.rate_limits) return "off";
  if (settings.custom_rate_limits.empty()) return "documented";
  ordered_json out;
  for (const auto& [name, limit] : settings.custom_rate_limits) {
    out[name] = {{"count", limit.count}, {"per_ms", limit.per.count()}};
  }
  return out;
}

ordered_json WriteMaxOpenOrders(const Settings& settings) {
  if (!settings.max_open_orders) return "documented";
  if (*settings.max_open_orders == 0) return "off";
  return *settings.max_open_orders;
}

ordered_json WriteBan(const Settings& settings) {
  if (!settings.ban) return nullptr;
  return {{"status", settings.ban->status},
          {"after", settings.ban->after},
          {"ms", settings.ban->length.count()}};
}

const char* Word(PayloadCheck check) {
  switch (check) {
    case PayloadCheck::kJson:
      return "json";
    case PayloadCheck::kCanonical:
      return "canonical";
    case PayloadCheck::kBytes:
      return "bytes";
  }
  return "";
}

const char* Word(CancelSiblingOn rule) {
  switch (rule) {
    case CancelSiblingOn::kFirstFill:
      return "first_fill";
    case CancelSiblingOn::kFullFill:
      return "full_fill";
    case CancelSiblingOn::kTrigger:
      return "trigger";
  }
  return "";
}

const char* Word(EmptyLists lists) {
  switch (lists) {
    case EmptyLists::kArray:
      return "array";
    case EmptyLists::kNull:
      return "null";
    case EmptyLists::kObject:
      return "object";
  }
  return "";
}

}  // namespace

ordered_json WriteSettings(const Settings& s) {
  ordered_json out;
  out["rate_limits"] = WriteRateLimits(s);
  out["block_ms"] = s.block.count();
  out["error_flood"] = s.error_flood ? "documented" : "off";
  out["ban"] = WriteBan(s);
  out["max_open_orders"] = WriteMaxOpenOrders(s);
  out["strict_signing"] = s.strict_signing;
  out["payload_check"] =
      s.payload_check ? ordered_json(Word(*s.payload_check)) : ordered_json(nullptr);
  out["price_rules"] = s.price_rules ? "on" : "off";
  out["cancel_sibling_on"] = Word(s.cancel_sibling_on);
  out["margin"] = s.margin == MarginRule::kSum ? "sum" : "larger_leg";
  out["http_status"] = s.http_status == HttpStatus::kCaptured ? "captured" : "documented";
  out["max_recv_window_ms"] = s.max_recv_window.count();
  out["equal_leg_ids"] = s.equal_leg_ids;
  out["create_state"] = s.create_state ? ordered_json(*s.create_state) : ordered_json(nullptr);
  out["order_list_status"] = s.order_list_status;
  out["unknown_list"] = s.unknown_list_is_empty ? "empty" : "error";
  out["empty_lists"] = Word(s.empty_lists);
  out["page_over"] = s.page_over == PageOver::kLegs ? "legs" : "lists";
  out["region_blocked"] = s.region_blocked;
  out["validation_status"] = s.validation_status;
  out["position_side"] = s.reject_position_side ? "reject" : "ignore";
  out["legs_in_orders"] = s.legs_in_orders;
  out["leg_shape"] = s.leg_shape == LegShape::kCurrent ? "current" : "2022";
  out["leg_fees"] = s.leg_fees ? ordered_json(*s.leg_fees) : ordered_json(nullptr);
  out["retry_after"] = s.retry_after;
  out["uppercase_signature"] = s.uppercase_signature;
  out["refuse_orders"] = s.refuse_orders;
  out["diagnosis_header"] = s.diagnosis_header;
  out["timing_header"] = s.timing_header;
  out["journal_bytes"] = s.journal_bytes;
  return out;
}

}  // namespace ocokit::mock::config

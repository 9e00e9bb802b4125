#include "mock_exchange/config/reader.h"

namespace ocokit::mock::config {
namespace {

RateLimit ReadLimit(const Json& limit) {
  return {limit["count"].get<int>(), milliseconds(limit["per_ms"].get<std::int64_t>())};
}

void ReadRateLimits(const Json& object, Settings& out) {
  if (!object.contains("rate_limits")) return;
  const Json& value = object["rate_limits"];
  out.rate_limits = value != "off";
  out.custom_rate_limits.clear();
  if (!value.is_object()) return;
  for (const auto& [name, limit] : value.items()) out.custom_rate_limits[name] = ReadLimit(limit);
}

void ReadMaxOpenOrders(const Json& object, Settings& out) {
  if (!object.contains("max_open_orders")) return;
  const Json& value = object["max_open_orders"];
  if (value.is_number()) {
    out.max_open_orders = value.get<int>();
  } else if (value == "off") {
    out.max_open_orders = 0;
  } else {
    out.max_open_orders.reset();
  }
}

void ReadBan(const Json& object, Settings& out) {
  if (!object.contains("ban")) return;
  const Json& value = object["ban"];
  out.ban.reset();
  if (value.is_null()) return;
  out.ban = BanRule{value["status"].get<int>(), value["after"].get<int>(),
                    milliseconds(value["ms"].get<std::int64_t>())};
}

}  // namespace

void ReadSettingsInto(const Json& object, Settings& out) {
  Reader r;
  ReadRateLimits(object, out);
  ReadMaxOpenOrders(object, out);
  ReadBan(object, out);
  r.ReadMs(object, "block_ms", out.block);
  r.ReadWord(object, "error_flood", {{"off", false}, {"documented", true}}, out.error_flood);
  r.Read(object, "strict_signing", out.strict_signing);
  r.ReadWord(object, "payload_check",
             {{"json", PayloadCheck::kJson},
              {"canonical", PayloadCheck::kCanonical},
              {"bytes", PayloadCheck::kBytes}},
             out.payload_check);
  r.ReadWord(object, "price_rules", {{"on", true}, {"off", false}}, out.price_rules);
  r.ReadWord(object, "cancel_sibling_on",
             {{"first_fill", CancelSiblingOn::kFirstFill},
              {"full_fill", CancelSiblingOn::kFullFill},
              {"trigger", CancelSiblingOn::kTrigger}},
             out.cancel_sibling_on);
  r.ReadWord(object, "margin", {{"larger_leg", MarginRule::kLargerLeg}, {"sum", MarginRule::kSum}},
             out.margin);
  r.ReadWord(object, "http_status",
             {{"captured", HttpStatus::kCaptured}, {"documented", HttpStatus::kDocumented}},
             out.http_status);
  r.ReadMs(object, "max_recv_window_ms", out.max_recv_window);
  r.Read(object, "equal_leg_ids", out.equal_leg_ids);
  r.Read(object, "create_state", out.create_state);
  r.Read(object, "order_list_status", out.order_list_status);
  r.ReadWord(object, "unknown_list", {{"error", false}, {"empty", true}},
             out.unknown_list_is_empty);
  r.ReadWord(
      object, "empty_lists",
      {{"array", EmptyLists::kArray}, {"null", EmptyLists::kNull}, {"object", EmptyLists::kObject}},
      out.empty_lists);
  r.ReadWord(object, "page_over", {{"legs", PageOver::kLegs}, {"lists", PageOver::kLists}},
             out.page_over);
  r.Read(object, "region_blocked", out.region_blocked);
  r.Read(object, "validation_status", out.validation_status);
  r.ReadWord(object, "position_side", {{"ignore", false}, {"reject", true}},
             out.reject_position_side);
  r.Read(object, "legs_in_orders", out.legs_in_orders);
  r.ReadWord(object, "leg_shape", {{"current", LegShape::kCurrent}, {"2022", LegShape::k2022}},
             out.leg_shape);
  r.Read(object, "leg_fees", out.leg_fees);
  r.Read(object, "retry_after", out.retry_after);
  r.Read(object, "uppercase_signature", out.uppercase_signature);
  r.Read(object, "refuse_orders", out.refuse_orders);
  r.Read(object, "diagnosis_header", out.diagnosis_header);
  r.Read(object, "timing_header", out.timing_header);
  r.Read(object, "journal_bytes", out.journal_bytes);
}

}  // namespace ocokit::mock::config

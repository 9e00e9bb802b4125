// The settings as members of a JSON object: one table, which is read and written alike.

#include "mock_exchange/config/settings.h"

#include <initializer_list>
#include <optional>
#include <type_traits>
#include <utility>

#include "mock_exchange/config/reader.h"

namespace ocokit::mock::config {
namespace {

using nlohmann::ordered_json;

template <typename T>
using Words = std::initializer_list<std::pair<const char*, std::type_identity_t<T>>>;

// The members, in the order in which they are written. `S`: Settings, const or not.
template <typename Visitor, typename S>
void Visit(Visitor& v, S& s) {
  v.RateLimits("rate_limits", s);
  v.Milliseconds("block_ms", s.block);
  v.Word("error_flood", {{"off", false}, {"documented", true}}, s.error_flood);
  v.Ban("ban", s.ban);
  v.MaxOpenOrders("max_open_orders", s.max_open_orders);
  v.Value("strict_signing", s.strict_signing);
  v.Word("payload_check",
         {{"json", PayloadCheck::kJson},
          {"canonical", PayloadCheck::kCanonical},
          {"bytes", PayloadCheck::kBytes}},
         s.payload_check);
  v.Word("price_rules", {{"on", true}, {"off", false}}, s.price_rules);
  v.Word("cancel_sibling_on",
         {{"first_fill", CancelSiblingOn::kFirstFill},
          {"full_fill", CancelSiblingOn::kFullFill},
          {"trigger", CancelSiblingOn::kTrigger}},
         s.cancel_sibling_on);
  v.Word("margin", {{"larger_leg", MarginRule::kLargerLeg}, {"sum", MarginRule::kSum}}, s.margin);
  v.Word("http_status",
         {{"captured", HttpStatus::kCaptured}, {"documented", HttpStatus::kDocumented}},
         s.http_status);
  v.Milliseconds("max_recv_window_ms", s.max_recv_window);
  v.Value("equal_leg_ids", s.equal_leg_ids);
  v.Value("create_state", s.create_state);
  v.Value("order_list_status", s.order_list_status);
  v.Word("unknown_list", {{"error", false}, {"empty", true}}, s.unknown_list_is_empty);
  v.Word(
      "empty_lists",
      {{"array", EmptyLists::kArray}, {"null", EmptyLists::kNull}, {"object", EmptyLists::kObject}},
      s.empty_lists);
  v.Word("page_over", {{"legs", PageOver::kLegs}, {"lists", PageOver::kLists}}, s.page_over);
  v.Word("post_only", {{"cancel", false}, {"refuse", true}}, s.refuse_takers);
  v.Value("equal_client_ids", s.equal_client_ids);
  v.Milliseconds("listen_key_life_ms", s.listen_key_life);
  v.Word("bad_listen_key", {{"accept", false}, {"refuse", true}}, s.refuse_bad_listen_key);
  v.Word("heartbeat", {{"json", false}, {"text", true}}, s.text_heartbeat);
  v.Value("bad_topic_code", s.bad_topic_code);
  v.Word("order_event_form", {{"2024", OrderEventForm::k2024}, {"2025", OrderEventForm::k2025}},
         s.order_event_form);
  v.Word("event_leg_types", {{"plain", false}, {"oco", true}}, s.oco_event_types);
  v.Word("dropped_stop", {{"failed", false}, {"canceled", true}}, s.dropped_stop_canceled);
  v.Value("silent_triggers", s.silent_triggers);
  v.Word("event_balance", {{"total", false}, {"free", true}}, s.free_in_events);
  v.Word("incr_depth", {{"objects", false}, {"arrays", true}}, s.incr_depth_arrays);
  v.Word("exits_on", {{"done", false}, {"first_fill", true}}, s.exits_on_first_fill);
  v.Word("met_stops", {{"trigger", false}, {"refuse", true}}, s.refuse_met_stops);
  v.Word("ticker_balance", {{"keyed", false}, {"bare", true}}, s.bare_balance);
  v.Value("region_blocked", s.region_blocked);
  v.Value("validation_status", s.validation_status);
  v.Word("position_side", {{"ignore", false}, {"reject", true}}, s.reject_position_side);
  v.Value("legs_in_orders", s.legs_in_orders);
  v.Word("leg_shape", {{"current", LegShape::kCurrent}, {"2022", LegShape::k2022}}, s.leg_shape);
  v.Value("leg_fees", s.leg_fees);
  v.Value("retry_after", s.retry_after);
  v.Milliseconds("token_life_ms", s.token_life);
  v.Word("bad_token", {{"invalid", false}, {"unauthorized", true}}, s.token_unauthorized);
  v.Word("stream_idle",
         {{"all", StreamIdle::kAll},
          {"unsubscribed", StreamIdle::kUnsubscribed},
          {"none", StreamIdle::kNone}},
         s.stream_idle);
  v.Value("uppercase_signature", s.uppercase_signature);
  v.Value("refuse_orders", s.refuse_orders);
  v.Value("diagnosis_header", s.diagnosis_header);
  v.Value("timing_header", s.timing_header);
  v.Value("journal_bytes", s.journal_bytes);
  v.Value("stream_buffer", s.stream_buffer);
}

// Takes what an object that matches the schema names.
class SettingsReader {
 public:
  explicit SettingsReader(const Json& object) : object_(object) {}

  template <typename T>
  void Value(const char* name, T& into) {
    reader_.Read(object_, name, into);
  }
  void Milliseconds(const char* name, milliseconds& into) { reader_.ReadMs(object_, name, into); }
  template <typename T>
  void Word(const char* name, Words<T> words, T& into) {
    reader_.ReadWord(object_, name, words, into);
  }
  template <typename T>
  void Word(const char* name, Words<T> words, std::optional<T>& into) {
    reader_.ReadWord(object_, name, words, into);
  }

  void RateLimits(const char* name, Settings& out) {
    if (!object_.contains(name)) return;
    const Json& value = object_[name];
    out.rate_limits = value != "off";
    out.custom_rate_limits.clear();
    if (!value.is_object()) return;
    for (const auto& [call, limit] : value.items()) {
      out.custom_rate_limits[call] = {limit["count"].get<int>(),
                                      milliseconds(limit["per_ms"].get<std::int64_t>())};
    }
  }
  void MaxOpenOrders(const char* name, std::optional<int>& out) {
    if (!object_.contains(name)) return;
    const Json& value = object_[name];
    out.reset();
    if (value.is_number()) out = value.get<int>();
    if (value == "off") out = 0;
  }
  void Ban(const char* name, std::optional<BanRule>& out) {
    if (!object_.contains(name)) return;
    const Json& value = object_[name];
    out.reset();
    if (value.is_null()) return;
    out = BanRule{value["status"].get<int>(), value["after"].get<int>(),
                  milliseconds(value["ms"].get<std::int64_t>())};
  }

 private:
  const Json& object_;
  Reader reader_;
};

class SettingsWriter {
 public:
  ordered_json Take() { return std::move(out_); }

  template <typename T>
  void Value(const char* name, const T& value) {
    out_[name] = value;
  }
  template <typename T>
  void Value(const char* name, const std::optional<T>& value) {
    out_[name] = value ? ordered_json(*value) : ordered_json(nullptr);
  }
  void Milliseconds(const char* name, const milliseconds& value) { out_[name] = value.count(); }
  template <typename T>
  void Word(const char* name, Words<T> words, const T& value) {
    for (const auto& [word, meaning] : words) {
      if (meaning == value) out_[name] = word;
    }
  }
  template <typename T>
  void Word(const char* name, Words<T> words, const std::optional<T>& value) {
    out_[name] = nullptr;
    if (value) Word<T>(name, words, *value);
  }

  void RateLimits(const char* name, const Settings& settings) {
    out_[name] = settings.rate_limits ? "documented" : "off";
    if (!settings.rate_limits || settings.custom_rate_limits.empty()) return;
    ordered_json limits;
    for (const auto& [call, limit] : settings.custom_rate_limits) {
      limits[call] = {{"count", limit.count}, {"per_ms", limit.per.count()}};
    }
    out_[name] = std::move(limits);
  }
  void MaxOpenOrders(const char* name, const std::optional<int>& most) {
    out_[name] = "documented";
    if (most) out_[name] = *most == 0 ? ordered_json("off") : ordered_json(*most);
  }
  void Ban(const char* name, const std::optional<BanRule>& ban) {
    out_[name] = nullptr;
    if (ban) {
      out_[name] = {{"status", ban->status}, {"after", ban->after}, {"ms", ban->length.count()}};
    }
  }

 private:
  ordered_json out_;
};

}  // namespace

void ReadSettingsInto(const Json& object, Settings& out) {
  SettingsReader reader(object);
  Visit(reader, out);
}

ordered_json WriteSettings(const Settings& settings) {
  SettingsWriter writer;
  Visit(writer, settings);
  return writer.Take();
}

}  // namespace ocokit::mock::config

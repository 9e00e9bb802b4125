#include "client/json/json_value.h"

#include <cstdint>
#include <nlohmann/json.hpp>

namespace ocokit::client {
namespace {

// Builds the tree from the parser's events. Every handler returns false to stop the parse.
class Builder final : public nlohmann::json_sax<nlohmann::json> {
 public:
  bool null() override { return Put({}); }

  bool boolean(bool value) override {
    JsonValue v{.type = JsonValue::Type::kBool};
    v.boolean = value;
    return Put(std::move(v));
  }

  // Whole numbers arrive converted, which loses nothing: what does not fit in 64 bits comes through
  // number_float with its text. Only "-0" changes, to "0".
  bool number_integer(std::int64_t value) override { return PutNumber(std::to_string(value)); }
  bool number_unsigned(std::uint64_t value) override { return PutNumber(std::to_string(value)); }
  bool number_float(double, const std::string& text) override { return PutNumber(text); }

  bool string(std::string& value) override {
    JsonValue v{.type = JsonValue::Type::kString};
    v.text = std::move(value);
    return Put(std::move(v));
  }

  bool binary(nlohmann::json::binary_t&) override { return false; }
  bool start_object(std::size_t) override { return Open(JsonValue::Type::kObject); }
  bool start_array(std::size_t) override { return Open(JsonValue::Type::kArray); }
  bool end_object() override { return Close(); }
  bool end_array() override { return Close(); }

  bool key(std::string& name) override {
    open_.back()->members.emplace_back(std::move(name), JsonValue{});
    return true;
  }

  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override {
    return false;
  }

  JsonValue root;

 private:
  // Where the next value goes. Pointers in open_ stay valid: only the innermost container grows.
  JsonValue* Slot() {
    if (open_.empty()) return &root;
    JsonValue* container = open_.back();
    if (container->Is(JsonValue::Type::kObject)) return &container->members.back().second;
    return &container->items.emplace_back();
  }

  bool Put(JsonValue value) {
    *Slot() = std::move(value);
    return true;
  }

  bool PutNumber(std::string text) {
    JsonValue v{.type = JsonValue::Type::kNumber};
    v.text = std::move(text);
    return Put(std::move(v));
  }

  bool Open(JsonValue::Type type) {
    if (open_.size() == JsonValue::kMaxDepth) return false;
    JsonValue* slot = Slot();
    slot->type = type;
    open_.push_back(slot);
    return true;
  }

  bool Close() {
    open_.pop_back();
    return true;
  }

  std::vector<JsonValue*> open_;
};

}  // namespace

const JsonValue* JsonValue::Find(std::string_view name) const {
  for (const auto& [key, value] : members) {
    if (key == name) return &value;
  }
  return nullptr;
}

const JsonValue* JsonValue::Find(std::string_view name, std::string_view other) const {
  const JsonValue* found = Find(name);
  return found != nullptr ? found : Find(other);
}

std::optional<JsonValue> ParseJson(std::string_view text) {
  // nlohmann takes a NUL for the end of the text, and whatever follows would go unseen.
  if (text.find('\0') != std::string_view::npos) return std::nullopt;
  Builder builder;
  if (!nlohmann::json::sax_parse(text.begin(), text.end(), &builder)) return std::nullopt;
  return std::move(builder.root);
}

}  // namespace ocokit::client

#include "conformance/server/json_value.h"

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

namespace ocokit::conform::server {
namespace {

constexpr std::size_t kMaxDepth = 64;

// Numbers are kept as texts; the type behind them only has to hold what JSON may say, and double
// ends at 1e308.
using WideJson = nlohmann::basic_json<std::map, std::vector, std::string, bool, std::int64_t,
                                      std::uint64_t, long double>;

class Builder : public nlohmann::json_sax<WideJson> {
 public:
  explicit Builder(JsonValue& root) : root_(root) {}
  [[nodiscard]] const std::string& error() const { return error_; }

  bool null() override { return Put(JsonValue::Kind::kNull, "null"); }
  bool boolean(bool value) override {
    return Put(JsonValue::Kind::kBoolean, value ? "true" : "false");
  }
  bool number_integer(std::int64_t value) override {
    return Put(JsonValue::Kind::kNumber, std::to_string(value));
  }
  bool number_unsigned(std::uint64_t value) override {
    return Put(JsonValue::Kind::kNumber, std::to_string(value));
  }
  bool number_float(long double, const std::string& text) override {
    return Put(JsonValue::Kind::kNumber, text);
  }
  bool string(std::string& value) override { return Put(JsonValue::Kind::kString, value); }
  bool binary(WideJson::binary_t&) override { return false; }
  bool start_object(std::size_t) override { return Open(JsonValue::Kind::kObject); }
  bool end_object() override { return Close(); }
  bool start_array(std::size_t) override { return Open(JsonValue::Kind::kArray); }
  bool end_array() override { return Close(); }
  bool key(std::string& name) override {
    open_.back()->members.push_back({name, {}});
    return true;
  }
  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception&) override {
    error_ = "no JSON from byte " + std::to_string(position) + " on";
    return false;
  }

 private:
  JsonValue& Place() {
    if (open_.empty()) return root_;
    JsonValue& parent = *open_.back();
    if (parent.kind == JsonValue::Kind::kObject) return parent.members.back().value;
    return parent.elements.emplace_back();
  }
  bool Put(JsonValue::Kind kind, std::string text) {
    JsonValue& value = Place();
    value.kind = kind;
    value.text = std::move(text);
    return true;
  }
  bool Open(JsonValue::Kind kind) {
    if (open_.size() == kMaxDepth) {
      error_ = "JSON nested more than " + std::to_string(kMaxDepth) + " deep";
      return false;
    }
    JsonValue& value = Place();
    value.kind = kind;
    open_.push_back(&value);
    return true;
  }
  bool Close() {
    open_.pop_back();
    return true;
  }

  JsonValue& root_;
  std::vector<JsonValue*> open_;
  std::string error_;
};

void Append(const JsonValue& value, std::string& out) {
  switch (value.kind) {
    case JsonValue::Kind::kString:
      out += QuoteJson(value.text);
      return;
    case JsonValue::Kind::kArray:
      out += '[';
      for (const JsonValue& element : value.elements) {
        if (&element != &value.elements.front()) out += ',';
        Append(element, out);
      }
      out += ']';
      return;
    case JsonValue::Kind::kObject:
      out += '{';
      for (const JsonMember& member : value.members) {
        if (&member != &value.members.front()) out += ',';
        out += QuoteJson(member.name) + ':';
        Append(member.value, out);
      }
      out += '}';
      return;
    default:
      out += value.text;
  }
}

}  // namespace

const JsonValue* JsonValue::Find(std::string_view name) const {
  for (const auto& [key, value] : members) {
    if (key == name) return &value;
  }
  return nullptr;
}

const JsonValue* JsonValue::At(std::string_view pointer) const {
  const JsonValue* at = this;
  while (at && !pointer.empty()) {
    if (pointer.front() != '/') return nullptr;
    pointer.remove_prefix(1);
    const std::string_view name = pointer.substr(0, pointer.find('/'));
    pointer.remove_prefix(name.size());
    if (at->kind == Kind::kArray) {
      std::size_t index = 0;
      const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), index);
      const bool is_number = error == std::errc() && end == name.data() + name.size();
      at = is_number && index < at->elements.size() ? &at->elements[index] : nullptr;
    } else {
      at = at->Find(name);
    }
  }
  return at;
}

JsonValue StringValue(std::string text) {
  JsonValue value;
  value.kind = JsonValue::Kind::kString;
  value.text = std::move(text);
  return value;
}

Result<JsonValue> ParseJson(std::string_view text) {
  JsonValue root;
  Builder builder(root);
  if (!WideJson::sax_parse(text.begin(), text.end(), &builder)) {
    return Fail(ErrorKind::kInvalidArgument, builder.error());
  }
  return root;
}

std::string FormatJson(const JsonValue& value) {
  std::string out;
  Append(value, out);
  return out;
}

std::string QuoteJson(std::string_view text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace ocokit::conform::server

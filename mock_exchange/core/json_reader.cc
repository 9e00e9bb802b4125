#include "mock_exchange/core/json_reader.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <unordered_map>

#include "mock_exchange/core/json_writer.h"

namespace ocokit::mock {
namespace {

// Builds a JsonValue from the parser's events; none of them throws, a false return ends the parse.
class Builder final : public nlohmann::json_sax<nlohmann::json> {
 public:
  explicit Builder(JsonValue* root) : root_(root) {}

  bool null() override { return Scalar(JsonValue::Kind::kNull, "null"); }
  bool boolean(bool value) override {
    return Scalar(JsonValue::Kind::kBool, value ? "true" : "false");
  }
  // An integer has one spelling in JSON (but for -0, which the parser hands over as 0).
  bool number_integer(number_integer_t value) override {
    return Scalar(JsonValue::Kind::kNumber, std::to_string(value));
  }
  bool number_unsigned(number_unsigned_t value) override {
    return Scalar(JsonValue::Kind::kNumber, std::to_string(value));
  }
  bool number_float(number_float_t /*value*/, const string_t& text) override {
    return Scalar(JsonValue::Kind::kNumber, text);
  }
  bool string(string_t& value) override {
    return Scalar(JsonValue::Kind::kString, std::move(value));
  }
  bool binary(binary_t& /*value*/) override { return false; }
  bool start_object(std::size_t /*size*/) override { return Open(JsonValue::Kind::kObject); }
  bool key(string_t& name) override {
    name_ = std::move(name);
    return true;
  }
  bool end_object() override { return Close(); }
  bool start_array(std::size_t /*size*/) override { return Open(JsonValue::Kind::kArray); }
  bool end_array() override { return Close(); }
  bool parse_error(std::size_t position, const std::string& /*token*/,
                   const nlohmann::detail::exception& /*error*/) override {
    error_position_ = position;
    return false;
  }

  [[nodiscard]] std::size_t error_position() const { return error_position_; }

 private:
  JsonValue* Next() {
    if (open_.empty()) return root_;
    JsonValue* parent = open_.back();
    JsonValue& value = parent->members.emplace_back();
    value.name.swap(name_);
    return &value;
  }
  bool Scalar(JsonValue::Kind kind, std::string text) {
    JsonValue* value = Next();
    value->kind = kind;
    value->text = std::move(text);
    return true;
  }
  bool Open(JsonValue::Kind kind) {
    if (open_.size() == kMaxJsonDepth) return false;
    JsonValue* value = Next();
    value->kind = kind;
    open_.push_back(value);
    return true;
  }
  bool Close() {
    open_.pop_back();
    return true;
  }

  JsonValue* root_;
  std::vector<JsonValue*> open_;  // a value's own members only grow while it is the last one here
  std::string name_;
  std::size_t error_position_ = 0;
};

// The members that count, each name once: where it first stands, with the value it has last.
std::vector<const JsonValue*> Effective(const JsonValue& object) {
  std::vector<const JsonValue*> out;
  out.reserve(object.members.size());
  // A body may have as many members as it has room for, and is read before its signature is known
  // to be right: nothing here may take more than linear time.
  std::unordered_map<std::string_view, std::size_t> places;
  for (const JsonValue& member : object.members) {
    const auto [place, added] = places.try_emplace(member.name, out.size());
    if (added) {
      out.push_back(&member);
    } else {
      out[place->second] = &member;
    }
  }
  return out;
}

std::vector<const JsonValue*> SortedByName(std::vector<const JsonValue*> members) {
  std::ranges::sort(members, {}, [](const JsonValue* m) -> const std::string& { return m->name; });
  return members;
}

void AppendArray(const JsonValue& array, std::string& out) {
  out += '[';
  for (std::size_t i = 0; i < array.members.size(); ++i) {
    if (i != 0) out += ',';
    AppendCompact(array.members[i], out);
  }
  out += ']';
}

void AppendObject(const JsonValue& object, std::string& out) {
  out += '{';
  bool first = true;
  for (const JsonValue* member : Effective(object)) {
    if (!first) out += ',';
    first = false;
    AppendJsonString(member->name, out);
    out += ':';
    AppendCompact(*member, out);
  }
  out += '}';
}

}  // namespace

const JsonValue* JsonValue::Find(std::string_view name) const {
  if (kind != Kind::kObject) return nullptr;
  for (auto it = members.rbegin(); it != members.rend(); ++it) {
    if (it->name == name) return &*it;
  }
  return nullptr;
}

const JsonValue* JsonValue::FindGiven(std::string_view name) const {
  const JsonValue* value = Find(name);
  return value == nullptr || value->Is(Kind::kNull) ? nullptr : value;
}

Result<JsonValue> ReadJson(std::string_view text) {
  // The parser would skip a byte order mark; RFC 8259 section 8.1 has none on the wire, and what is
  // signed must be what is read.
  if (text.starts_with("\xEF\xBB\xBF")) {
    return Fail(ErrorKind::kInvalidArgument, "not JSON at byte 0: a byte order mark");
  }
  // It would take a zero byte for the end of the text.
  if (const std::size_t zero = text.find('\0'); zero != std::string_view::npos) {
    return Fail(ErrorKind::kInvalidArgument,
                "not JSON at byte " + std::to_string(zero) + ": a zero byte");
  }
  JsonValue root;
  Builder builder(&root);
  if (!nlohmann::json::sax_parse(text.begin(), text.end(), &builder)) {
    return Fail(ErrorKind::kInvalidArgument,
                "not JSON at byte " + std::to_string(builder.error_position()));
  }
  return root;
}

void AppendCompact(const JsonValue& value, std::string& out) {
  switch (value.kind) {
    case JsonValue::Kind::kString:
      return AppendJsonString(value.text, out);
    case JsonValue::Kind::kArray:
      return AppendArray(value, out);
    case JsonValue::Kind::kObject:
      return AppendObject(value, out);
    default:
      out += value.text;
  }
}

bool SameJson(const JsonValue& a, const JsonValue& b) {
  if (a.kind != b.kind) return false;
  if (a.kind == JsonValue::Kind::kArray) {
    return std::ranges::equal(a.members, b.members, SameJson);
  }
  if (a.kind == JsonValue::Kind::kObject) {
    return std::ranges::equal(SortedByName(Effective(a)), SortedByName(Effective(b)),
                              [](const JsonValue* x, const JsonValue* y) {
                                return x->name == y->name && SameJson(*x, *y);
                              });
  }
  return a.text == b.text;
}

}  // namespace ocokit::mock

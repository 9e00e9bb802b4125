#include "mock_exchange/json/reader.h"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <limits>
#include <unordered_map>

#include "mock_exchange/json/writer.h"

namespace ocokit::mock {
namespace {

namespace json = boost::json;

// Builds a JsonValue from the parser's events.
class Builder {
 public:
  static constexpr std::size_t max_object_size = std::numeric_limits<std::size_t>::max();
  static constexpr std::size_t max_array_size = max_object_size;
  static constexpr std::size_t max_key_size = max_object_size;
  static constexpr std::size_t max_string_size = max_object_size;

  bool on_document_begin(json::error_code& /*error*/) { return true; }
  bool on_document_end(json::error_code& /*error*/) { return true; }
  bool on_object_begin(json::error_code& /*error*/) { return Open(JsonValue::Kind::kObject); }
  bool on_object_end(std::size_t /*size*/, json::error_code& /*error*/) { return Close(); }
  bool on_array_begin(json::error_code& /*error*/) { return Open(JsonValue::Kind::kArray); }
  bool on_array_end(std::size_t /*size*/, json::error_code& /*error*/) { return Close(); }
  bool on_key_part(json::string_view part, std::size_t /*size*/, json::error_code& /*error*/) {
    name_.append(part.data(), part.size());
    return true;
  }
  bool on_key(json::string_view rest, std::size_t /*size*/, json::error_code& /*error*/) {
    name_.append(rest.data(), rest.size());
    return true;
  }
  bool on_string_part(json::string_view part, std::size_t /*size*/, json::error_code& /*error*/) {
    text_.append(part.data(), part.size());
    return true;
  }
  bool on_string(json::string_view rest, std::size_t /*size*/, json::error_code& /*error*/) {
    return Scalar(JsonValue::Kind::kString, rest);
  }
  bool on_number_part(json::string_view part, json::error_code& /*error*/) {
    text_.append(part.data(), part.size());
    return true;
  }
  bool on_int64(std::int64_t /*value*/, json::string_view rest, json::error_code& /*error*/) {
    return Scalar(JsonValue::Kind::kNumber, rest);
  }
  bool on_uint64(std::uint64_t /*value*/, json::string_view rest, json::error_code& /*error*/) {
    return Scalar(JsonValue::Kind::kNumber, rest);
  }
  bool on_double(double /*value*/, json::string_view rest, json::error_code& /*error*/) {
    return Scalar(JsonValue::Kind::kNumber, rest);
  }
  bool on_bool(bool value, json::error_code& /*error*/) {
    return Scalar(JsonValue::Kind::kBool, value ? "true" : "false");
  }
  bool on_null(json::error_code& /*error*/) { return Scalar(JsonValue::Kind::kNull, "null"); }
  bool on_comment_part(json::string_view /*part*/, json::error_code& /*error*/) { return false; }
  bool on_comment(json::string_view /*rest*/, json::error_code& /*error*/) { return false; }

  [[nodiscard]] JsonValue Take() { return std::move(root_); }

 private:
  JsonValue& Next(JsonValue::Kind kind) {
    JsonValue& value = open_.empty() ? root_ : open_.back()->members.emplace_back();
    value.name.swap(name_);
    value.kind = kind;
    return value;
  }
  bool Scalar(JsonValue::Kind kind, json::string_view rest) {
    text_.append(rest.data(), rest.size());
    Next(kind).text.swap(text_);
    return true;
  }
  bool Open(JsonValue::Kind kind) {
    JsonValue& value = Next(kind);
    // A placement has a dozen members.
    if (open_.empty()) value.members.reserve(kUsualMembers);
    open_.push_back(&value);
    return true;
  }
  bool Close() {
    open_.pop_back();
    return true;
  }

  static constexpr std::size_t kUsualMembers = 12;

  JsonValue root_;
  std::vector<JsonValue*> open_;  // a value's own members only grow while it is the last one here
  std::string name_;              // of the value that comes next
  std::string text_;              // what has come of it
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
  json::parse_options options;
  options.max_depth = kMaxJsonDepth;
  json::basic_parser<Builder> parser(options);
  json::error_code error;
  const std::size_t read = parser.write_some(/*more=*/false, text.data(), text.size(), error);
  if (error || read != text.size()) {
    return Fail(ErrorKind::kInvalidArgument, "not JSON at byte " + std::to_string(read));
  }
  return parser.handler().Take();
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

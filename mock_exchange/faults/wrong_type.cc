#include "mock_exchange/faults/effects.h"
#include "mock_exchange/json/reader.h"

namespace ocokit::mock::faults {
namespace {

using Kind = JsonValue::Kind;

bool IsNumber(const std::string& text) {
  const Result<JsonValue> read = ReadJson(text);
  return read && read->Is(Kind::kNumber);
}

// A value of another type that says the same as far as it can.
void Change(JsonValue& value) {
  switch (value.kind) {
    case Kind::kString:
      if (!IsNumber(value.text)) value.text = "0";
      value.kind = Kind::kNumber;
      return;
    case Kind::kNumber:
    case Kind::kBool:
    case Kind::kNull:
      value.kind = Kind::kString;
      return;
    case Kind::kObject:
      for (JsonValue& member : value.members) member.name.clear();
      value.kind = Kind::kArray;
      return;
    case Kind::kArray:
      for (std::size_t i = 0; i < value.members.size(); ++i) {
        value.members[i].name = std::to_string(i);
      }
      value.kind = Kind::kObject;
      return;
  }
}

void ChangeMembers(JsonValue& value, const std::string& name) {
  for (JsonValue& member : value.members) {
    if (value.Is(Kind::kObject) && member.name == name) {
      Change(member);
    } else {
      ChangeMembers(member, name);
    }
  }
}

}  // namespace

void Apply(const WrongType& fault, const FaultHit&, Incident& incident) {
  std::string& body = incident.reply.response.body;
  Result<JsonValue> value = ReadJson(body);
  if (!value) return;
  if (fault.member.empty()) {
    Change(*value);
  } else {
    ChangeMembers(*value, fault.member);
  }
  body.clear();
  AppendCompact(*value, body);
}

}  // namespace ocokit::mock::faults

#pragma once

// What stands around the data of a reply. The services of BingX differ in it.

#include "mock_exchange/json/writer.h"

namespace ocokit::mock::bingx {

// Spot: the caller writes the data and ends the object.
[[nodiscard]] inline JsonWriter BeginData() {
  JsonWriter json;
  json.BeginObject().Key("code").Integer(0).Key("msg").String("").Key("debugMsg").String("");
  json.Key("data");
  return json;
}

// Spot market data and the wallet.
[[nodiscard]] inline JsonWriter BeginTimedData(TimePoint now) {
  JsonWriter json;
  json.BeginObject().Key("code").Integer(0).Key("timestamp").Integer(ToUnixMillis(now));
  json.Key("data");
  return json;
}

// Swap.
[[nodiscard]] inline JsonWriter BeginSwapData() {
  JsonWriter json;
  json.BeginObject().Key("code").Integer(0).Key("msg").String("").Key("data");
  return json;
}

}  // namespace ocokit::mock::bingx

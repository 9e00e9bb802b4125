#include "mock_exchange/bingx/streams/heartbeat.h"

#include <cstdio>
#include <string>

#include "mock_exchange/json/writer.h"
#include "mock_exchange/streams/gzip.h"

namespace ocokit::mock::bingx {
namespace {

constexpr int kMostUnanswered = 6;
constexpr milliseconds kPatience{500};

// 2022-06-07T16:27:36.323+0800
std::string ChinaTime(TimePoint time) {
  const auto local = std::chrono::floor<milliseconds>(time + std::chrono::hours(8));
  const auto day = std::chrono::floor<std::chrono::days>(local);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(local - day);
  char text[48];
  std::snprintf(
      text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d.%03d+0800", static_cast<int>(date.year()),
      static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
      static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
      static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()));
  return text;
}

}  // namespace

bool Heartbeat::TakeDue(TimePoint now) {
  // A clock that was set back does not hold the next one up.
  next_ = std::min(next_, now + kEvery);
  if (now < next_) return false;
  next_ = now - next_ < kEvery ? next_ + kEvery : now + kEvery;
  ++asked_;
  if (++unanswered_ == kMostUnanswered) patience_ = now + kPatience;
  return true;
}

Message WritePing(std::string_view id, TimePoint now) {
  JsonWriter json;
  json.BeginObject().Key("ping").String(id).Key("time").String(ChinaTime(now)).EndObject();
  return streams::Compressed(json.Take());
}

}  // namespace ocokit::mock::bingx

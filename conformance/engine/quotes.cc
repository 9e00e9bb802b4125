#include "conformance/engine/quotes.h"

#include <algorithm>
#include <string>

#include "conformance/text/printable.h"

namespace ocokit::conform {
namespace {

void Shorten(std::string& text, std::size_t most) {
  if (text.size() > most) text = Shortened(text, most);
}

void ShortenPlaces(CaseResult& result, std::size_t most) {
  Shorten(result.reason, std::min(most, Quotes::kMostOfAReason));
  for (std::string* place : {&result.sent, &result.got, &result.wanted}) Shorten(*place, most);
}

std::size_t SizeOf(const WireEntry& entry) {
  return entry.step.size() + entry.sent.size() + entry.got.size() + entry.note.size();
}

// Leaves the wire log out from where it is longer than that.
void ShortenWire(CaseResult& result, std::size_t most, const char* why) {
  std::size_t size = 0;
  for (std::size_t i = 0; i < result.wire.size(); ++i) {
    size += SizeOf(result.wire[i]);
    if (size <= most) continue;
    const std::size_t left_out = result.wire.size() - i;
    result.wire.resize(i);
    result.wire.push_back({.step = "left out",
                           .sent = "",
                           .got = "",
                           .note = std::to_string(left_out) + " more entries: " + why,
                           .took = std::chrono::microseconds(0)});
    return;
  }
}

}  // namespace

void Quotes::Bound(CaseResult& result) {
  ShortenPlaces(result, kMostOfAPlace);
  for (WireEntry& entry : result.wire) {
    for (std::string* place : {&entry.sent, &entry.got}) Shorten(*place, kMostOfAPlace);
    Shorten(entry.note, kMostOfAReason);
  }
  ShortenWire(result, kMostOfACase, "the case has 1 MiB of them");
  std::size_t size =
      result.reason.size() + result.sent.size() + result.got.size() + result.wanted.size();
  for (const WireEntry& entry : result.wire) size += SizeOf(entry);
  if (used_.fetch_add(size) + size <= kMostInAll) return;
  used_ -= size;
  ShortenPlaces(result, kLittle);
  ShortenWire(result, 0, "the run has 16 MiB of them");
}

}  // namespace ocokit::conform

#include <algorithm>
#include <charconv>

#include "mock_exchange/faults/frame_incident.h"
#include "mock_exchange/streams/gzip.h"

namespace ocokit::mock::faults {

void Apply(const WrongSequence& wrong, const FaultHit& /*hit*/, FrameIncident& incident) {
  if (incident.facts.sequence.empty()) return;
  std::string text = incident.message->Text();
  const std::size_t name = text.find("\"" + std::string(incident.facts.sequence) + "\":");
  if (name == std::string::npos) return;
  const std::size_t first = text.find_first_of("0123456789", name);
  if (first == std::string::npos) return;
  const std::size_t end = std::min(text.find_first_not_of("0123456789", first), text.size());
  std::int64_t number = 0;
  const auto read = std::from_chars(text.data() + first, text.data() + end, number);
  if (read.ec != std::errc()) return;
  text.replace(first, end - first, std::to_string(number + wrong.by));
  const bool compressed = !incident.message->text.empty();
  incident.message = std::make_shared<const Message>(
      compressed ? streams::Compressed(std::move(text)) : Message{.bytes = std::move(text)});
}

}  // namespace ocokit::mock::faults

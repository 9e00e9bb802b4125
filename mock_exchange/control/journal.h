#pragma once

// A journal's entries as JSON and as HAR.

#include <string>
#include <vector>

#include "mock_exchange/control/reply.h"
#include "ocokit/mock/journal.h"
#include "ocokit/mock/stream_view.h"

namespace ocokit::mock::control {

// Whether it can stand in JSON as it is.
[[nodiscard]] bool IsUtf8(const std::string& text);
[[nodiscard]] Json WriteHeaders(const std::vector<Header>& headers);
[[nodiscard]] Json WriteEntry(const JournalEntry& entry);
[[nodiscard]] Json WriteDiagnosis(const Diagnosis& diagnosis);
// A whole HAR 1.2 document; what HAR has no member for stands in "_ocokit" of each entry.
// `frames`: what went through the streams that its connections became.
[[nodiscard]] Json WriteHar(const std::vector<JournalEntry>& entries,
                            const std::vector<FrameView>& frames);

}  // namespace ocokit::mock::control

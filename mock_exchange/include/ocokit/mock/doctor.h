#pragma once

// The doctor: why a signed request is refused. It tries the ways in which clients are known to go
// wrong, one catalogue per venue, and names the one that explains what was sent. It needs the
// secret, so it is for whoever holds it. Pure functions; any thread may call them.
//
//   const Diagnosis d = Diagnose(Venue::kBingx, request, {"test-key", "test-secret"}, {.now =
//   now}); std::cout << d.title << ": " << d.fix;

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ocokit/base/clock.h"
#include "ocokit/mock/account.h"
#include "ocokit/mock/message.h"
#include "ocokit/mock/settings.h"

namespace ocokit::mock {

// One row of a catalogue. Ids are never reused.
struct Mistake {
  std::string_view id;      // like "keys_in_written_order"
  std::string_view title;   // what the client did
  std::string_view fix;     // what to change
  std::string_view source;  // where it was seen, or what rule it breaks
};

// All that is known of a venue, in the order in which it is tried.
[[nodiscard]] std::span<const Mistake> Catalogue(Venue venue);

// The account that the request should have been signed for.
struct Credentials {
  std::string key = {};
  std::string secret = {};
};

// What the venue knew beside the request.
struct DoctorContext {
  // Its time when the request came; none: nothing is said of the request's own time.
  std::optional<TimePoint> now = {};
  // WhiteBIT: the largest nonce the key had used before, in decimal digits; none: unknown.
  std::optional<std::string> last_nonce = {};
  // What the account accepts beside the documented rules, as in its settings. BingX: nothing.
  bool strict_signing = false;
  // BingX: a larger recvWindow counts as this.
  std::chrono::milliseconds max_recv_window{60000};
  // WhiteBIT: how the payload is held against the body; as the venue says it does.
  PayloadCheck payload_check = PayloadCheck::kCanonical;
  // WhiteBIT: a signature may be in upper-case hexadecimal.
  bool uppercase_signature = false;
  // Earlier requests of the key, the latest last; they may be empty. As many as one likes; the
  // latest 16 are looked at.
  std::vector<const Request*> before = {};
};

struct Diagnosis {
  // Of the catalogue's row; or "nothing_wrong", "not_recognized" or "examination_cut_short".
  std::string id = {};
  // A second row, when only two mistakes together explain the request; else empty.
  std::string also = {};
  std::string title = {};
  // What is wrong with this request in particular, with its own values; one to three sentences.
  std::string detail = {};
  std::string fix = {};
  std::string source = {};
  // The exact text that was to be signed: BingX the parameters' string, WhiteBIT the payload; empty
  // when the request does not say enough.
  std::string expected = {};
  // The exact text that the client signed; none when it is not known.
  std::optional<std::string> signed_text = {};
  // First byte in which the two differ, from 0; none when they do not or it is not known.
  std::optional<std::size_t> first_difference = {};
  // Of "not_recognized" and "secret_or_text_unknown": titles of what has been tried in vain.
  std::vector<std::string> ruled_out = {};

  friend bool operator==(const Diagnosis&, const Diagnosis&) = default;
};

// `text` with `[secret]` in place of the secret, as it is, in hexadecimal, or with JSON's escapes.
// Where the text holds it in another form - in base64, percent-encoded, or in one form inside
// another - nothing of the text is left but a word that says so. Blanks, line breaks, quotation
// marks, zero bytes and byte order marks around the secret do not count.
[[nodiscard]] std::string HideSecret(std::string_view text, std::string_view secret);

// A JSON object with the members of a diagnosis; those that are absent are left out.
[[nodiscard]] std::string ToJson(const Diagnosis& diagnosis);

inline constexpr std::string_view kNothingWrong = "nothing_wrong";
inline constexpr std::string_view kNotRecognized = "not_recognized";
// A server examines requests in their way with less work than Diagnose: where that runs out, this
// is all that it says. Diagnose never does.
inline constexpr std::string_view kCutShort = "examination_cut_short";

// Never shows the secret, whatever the request holds.
[[nodiscard]] Diagnosis Diagnose(Venue venue, const Request& request,
                                 const Credentials& credentials, const DoctorContext& context = {});

}  // namespace ocokit::mock

#include "ocokit/mock/doctor.h"

#include <algorithm>
#include <array>

#include "mock_exchange/doctor/diagnose.h"
#include "mock_exchange/doctor/examine.h"
#include "mock_exchange/doctor/text.h"
#include "ocokit/base/encoding.h"

namespace ocokit::mock {
namespace {

using doctor::Patient;

// How much of the two texts is shown around the byte in which they part.
constexpr std::size_t kAround = 24;

const Mistake* FindRow(Venue venue, std::string_view id) {
  const std::span<const Mistake> rows = Catalogue(venue);
  const auto row = std::ranges::find(rows, id, &Mistake::id);
  return row == rows.end() ? nullptr : &*row;
}

std::string Excerpt(std::string_view text, std::size_t at, const Patient& patient) {
  const std::size_t first = at - std::min(at, kAround / 2);
  if (first >= text.size()) return "the end";
  return doctor::Show(text.substr(first, kAround), patient);
}

// Both texts are without the secret already, so that no part of it is left in an excerpt. Where
// both are base64, what they encode is compared: it says more to a reader.
std::string DescribeDifference(const Diagnosis& diagnosis, const Patient& patient) {
  if (!diagnosis.first_difference || diagnosis.expected.empty()) return {};
  std::string made = *diagnosis.signed_text;
  std::string expected = diagnosis.expected;
  std::size_t at = *diagnosis.first_difference;
  std::string of;
  const Result<std::string> made_of = ParseBase64(made);
  const Result<std::string> expected_of = ParseBase64(expected);
  if (made_of && expected_of && *made_of != *expected_of) {
    made = *made_of;
    expected = *expected_of;
    at = *doctor::FirstDifference(made, expected);
    of = " of the JSON";
  }
  return "At byte " + std::to_string(at) + of + " the client signed " + Excerpt(made, at, patient) +
         " where " + Excerpt(expected, at, patient) + " was expected.";
}

void AppendSentence(std::string& text, const std::string& sentence) {
  if (!text.empty() && !sentence.empty()) text += ' ';
  text += sentence;
}

Diagnosis NothingWrong() {
  Diagnosis out;
  out.id = kNothingWrong;
  out.title = "nothing is wrong with how the request is signed";
  return out;
}

void Explain(Venue venue, const doctor::Finding& finding, const Patient& patient, Diagnosis& out) {
  out.id = finding.id;
  out.also = finding.also;
  out.detail = patient.Hide(finding.detail);
  if (const Mistake* row = FindRow(venue, finding.id)) {
    out.title = row->title;
    out.fix = row->fix;
    out.source = row->source;
  } else {
    out.title = "none of the known mistakes explains the signature";
    out.fix =
        "Compare the text you sign with the expected one, and your digest of it with that of "
        "openssl dgst.";
  }
  if (finding.signed_text) {
    out.signed_text = patient.Hide(*finding.signed_text);
    out.first_difference = doctor::FirstDifference(out.expected, *out.signed_text);
  }
  AppendSentence(out.detail, DescribeDifference(out, patient));
  if (const Mistake* row = FindRow(venue, finding.also)) {
    AppendSentence(out.detail, "Beside it: " + std::string(row->title) + ".");
  }
}

constexpr std::string_view kUnknown = "secret_or_text_unknown";

// Whether the context lets the row be seen at all.
bool CanBeSeen(std::string_view id, const DoctorContext& context) {
  constexpr std::array<std::string_view, 3> kWithClock = {
      "recv_window_too_short", "timestamp_too_old", "timestamp_in_future"};
  constexpr std::array<std::string_view, 2> kStrict = {"signature_outside_json_body",
                                                       "encoded_text_signed"};
  const auto in = [&](const auto& ids) { return std::ranges::find(ids, id) != ids.end(); };
  if (in(kWithClock)) return context.now.has_value();
  if (in(kStrict)) return context.strict_signing;
  if (id == "signature_of_earlier_request") return !context.before.empty();
  if (id == "body_rewritten_after_signing") return context.payload_check == PayloadCheck::kBytes;
  return true;
}

// What was tried before a signature was given up: the rows in their order, up to that one.
std::vector<std::string> RuledOut(Venue venue, const DoctorContext& context,
                                  const std::vector<std::string_view>& untried) {
  std::vector<std::string> out;
  for (const Mistake& row : Catalogue(venue)) {
    if (row.id == kUnknown) break;
    if (std::ranges::find(untried, row.id) != untried.end()) continue;
    if (CanBeSeen(row.id, context)) out.emplace_back(row.title);
  }
  return out;
}

}  // namespace

std::span<const Mistake> Catalogue(Venue venue) {
  return venue == Venue::kBingx ? doctor::BingxCatalogue() : doctor::WhitebitCatalogue();
}

Diagnosis Diagnose(Venue venue, const Request& request, const Credentials& credentials,
                   const DoctorContext& context) {
  std::size_t work = 0;
  return doctor::Diagnose(venue, request, doctor::Patient(credentials), context,
                          doctor::kThoroughBudget, work);
}

namespace doctor {
namespace {

// Reading a request and hiding secrets takes so much for each of its bytes, as hashing does.
constexpr std::size_t kWorkOfAByte = 16;

// None when the request is too long for the budget.
std::optional<Examination> Examine(Venue venue, const Request& request, const Patient& patient,
                                   const DoctorContext& context, const Budget& budget) {
  if (SizeOf(request) > budget.longest_request) return std::nullopt;
  return venue == Venue::kBingx ? ExamineBingx(request, patient, context, budget)
                                : ExamineWhitebit(request, patient, context, budget);
}

// Whether the finding says no more than that nothing was found.
bool IsOpen(std::string_view id) {
  return id == kUnknown || id == kNotRecognized || id == "signature_not_hex";
}

}  // namespace

std::size_t SizeOf(const Request& request) {
  std::size_t out = request.method.size() + request.target.size() + request.body.size();
  for (const Header& header : request.headers) out += header.name.size() + header.value.size();
  return out;
}

Diagnosis NotExamined() {
  Diagnosis out;
  out.id = kCutShort;
  out.title = "the examination was cut short";
  out.detail = "Nothing explained the request in as much work as there is for each of many.";
  out.fix =
      "Have it examined by itself: ocokit ctl examine, ocokit doctor or POST /control/v1/doctor.";
  return out;
}

Names NameMistakes(Venue venue, const Request& request, const Patient& patient,
                   const DoctorContext& context, const Budget& budget) {
  const std::optional<Examination> examination = Examine(venue, request, patient, context, budget);
  if (!examination) return {std::string(kCutShort), ""};
  if (!examination->finding) return {std::string(kNothingWrong), ""};
  const Finding& finding = *examination->finding;
  const bool cut = examination->cut_short && budget.hashed < kThoroughBudget.hashed;
  if (cut && IsOpen(finding.id)) return {std::string(kCutShort), ""};
  return {std::string(finding.id), cut && IsOpen(finding.also) ? "" : std::string(finding.also)};
}

Diagnosis Diagnose(Venue venue, const Request& request, const Patient& patient,
                   const DoctorContext& context, const Budget& budget, std::size_t& work) {
  std::optional<Examination> examined = Examine(venue, request, patient, context, budget);
  if (!examined) return NotExamined();
  const Examination& examination = *examined;
  work += examination.spent + kWorkOfAByte * SizeOf(request);
  Diagnosis out = NothingWrong();
  out.expected = patient.Hide(examination.expected);
  if (!examination.finding) return out;
  Finding finding = *examination.finding;
  if (examination.cut_short && budget.hashed < kThoroughBudget.hashed) {
    if (IsOpen(finding.id)) return NotExamined();
    if (IsOpen(finding.also)) finding.also = {};
  }
  out.title.clear();
  Explain(venue, finding, patient, out);
  if (out.id == kUnknown || out.id == kNotRecognized) {
    out.ruled_out = RuledOut(venue, context, examination.untried);
  }
  return out;
}

}  // namespace doctor
}  // namespace ocokit::mock

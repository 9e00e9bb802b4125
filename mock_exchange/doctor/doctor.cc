#include "ocokit/mock/doctor.h"

#include <algorithm>

#include "mock_exchange/doctor/examine.h"
#include "mock_exchange/doctor/text.h"

namespace ocokit::mock {
namespace {

// How much of the two texts is shown around the byte in which they part.
constexpr std::size_t kAround = 24;

const Mistake* FindRow(Venue venue, std::string_view id) {
  const std::span<const Mistake> rows = Catalogue(venue);
  const auto row = std::ranges::find(rows, id, &Mistake::id);
  return row == rows.end() ? nullptr : &*row;
}

std::string Excerpt(std::string_view text, std::size_t at, std::string_view secret) {
  const std::size_t first = at - std::min(at, kAround / 2);
  if (first >= text.size()) return "the end";
  return doctor::Show(text.substr(first, kAround), secret);
}

// Both texts are without the secret already, so that no part of it is left in an excerpt.
std::string DescribeDifference(const Diagnosis& diagnosis, std::string_view secret) {
  if (!diagnosis.signed_text || !diagnosis.first_difference) return {};
  const std::size_t at = *diagnosis.first_difference;
  return "At byte " + std::to_string(at) + " the client signed " +
         Excerpt(*diagnosis.signed_text, at, secret) + " where " +
         Excerpt(diagnosis.expected, at, secret) + " was expected.";
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

void Explain(Venue venue, const doctor::Finding& finding, std::string_view secret, Diagnosis& out) {
  out.id = finding.id;
  out.also = finding.also;
  out.detail = doctor::Redact(finding.detail, secret);
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
    out.signed_text = doctor::Redact(*finding.signed_text, secret);
    out.first_difference = doctor::FirstDifference(out.expected, *out.signed_text);
  }
  AppendSentence(out.detail, DescribeDifference(out, secret));
  if (const Mistake* row = FindRow(venue, finding.also)) {
    AppendSentence(out.detail, "Beside it: " + std::string(row->title) + ".");
  }
  if (out.detail.empty()) {
    out.detail =
        "The signature is exactly what this mistake gives, over the text that was expected.";
  }
}

// The rows that a computation over the request could have shown.
std::vector<std::string> RuledOut(Venue venue, std::string_view found) {
  std::vector<std::string> out;
  for (const Mistake& row : Catalogue(venue)) {
    if (row.id != found) out.emplace_back(row.title);
  }
  return out;
}

}  // namespace

std::span<const Mistake> Catalogue(Venue venue) {
  return venue == Venue::kBingx ? doctor::BingxCatalogue() : doctor::WhitebitCatalogue();
}

Diagnosis Diagnose(Venue venue, const Request& request, const Credentials& credentials,
                   const DoctorContext& context) {
  const doctor::Examination examination =
      venue == Venue::kBingx ? doctor::ExamineBingx(request, credentials, context)
                             : doctor::ExamineWhitebit(request, credentials, context);
  Diagnosis out = NothingWrong();
  out.expected = doctor::Redact(examination.expected, credentials.secret);
  if (!examination.finding) return out;
  out.title.clear();
  Explain(venue, *examination.finding, credentials.secret, out);
  if (out.id == "secret_or_text_unknown" || out.id == kNotRecognized) {
    out.ruled_out = RuledOut(venue, out.id);
  }
  return out;
}

}  // namespace ocokit::mock

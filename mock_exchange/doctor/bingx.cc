// The examination of a BingX request, in the venue's own order of checks.

#include "mock_exchange/doctor/bingx_checks.h"
#include "mock_exchange/doctor/bingx_texts.h"
#include "mock_exchange/doctor/damage.h"
#include "mock_exchange/doctor/examine.h"
#include "mock_exchange/doctor/paths.h"
#include "mock_exchange/doctor/text.h"

namespace ocokit::mock::doctor {
namespace {

using bingx::View;

constexpr std::size_t kDigits = 64;
constexpr std::size_t kMostBefore = 16;
// Of more parameters, or a longer text, only the right texts are tried: a venue's call has a dozen
// parameters, and each way of writing a megabyte anew takes a millisecond.
constexpr std::size_t kMostPairs = 500;
constexpr std::size_t kLongestText = 262'144;

// Printed by the documentation under two of its own examples, and the signature of neither.
constexpr std::string_view kPublishedSample =
    "1e63e8cfd1c04919881e60cf369e404b9b7c87d3a09bc300f1abfdcce7da57e8";

std::optional<Finding> FindEarlier(const View& view, const DoctorContext& context) {
  const std::size_t first = context.before.size() - std::min(context.before.size(), kMostBefore);
  for (std::size_t i = first; i < context.before.size(); ++i) {
    const View earlier = bingx::ReadView(*context.before[i]);
    if (earlier.signature != view.signature || earlier.pairs == view.pairs) continue;
    return Finding{"signature_of_earlier_request",
                   {},
                   "An earlier request, " + std::to_string(context.before.size() - i) +
                       " before this one, had this signature and other parameters.",
                   bingx::DocumentedText(earlier)};
  }
  return std::nullopt;
}

// First what takes one text, since of long texts only some can be tried.
void TryMistakes(const View& view, const Patient& credentials,
                 const std::vector<std::string>& right, Search& search) {
  if (view.pairs.size() > kMostPairs || right.front().size() > kLongestText) search.CutOff();
  if (!search.done()) bingx::TryStructures(view, search);
  if (!search.done()) bingx::TryJoints(view, credentials, search);
  for (const std::string& text : right) search.TryEverything("", text);
  if (search.done()) return;
  bingx::TryStructuresWithKeys(view, search);
  bingx::TryValues(view, search);
  bingx::TryAtLength(view, search);
  if (!search.done()) search.TryRareKeys(credentials, right.front());
  // The order in which it was sent is another right text where nothing is strict.
  if (!search.done() && right.size() > 1) search.TryRareKeys(credentials, right[1]);
}

std::optional<Finding> ExamineSignature(const View& view, const Patient& credentials,
                                        const DoctorContext& context, const Budget& budget,
                                        Extent extent, Examination& out) {
  Search search(Venue::kBingx, *view.signature, credentials, /*upper_case_is_right=*/true, budget,
                extent == Extent::kAll);
  const std::vector<std::string> right = bingx::RightTexts(view, context.strict_signing);
  for (const std::string& text : right) search.Try("", text);
  if (search.matches().empty()) {
    if (Lower(*view.signature) == kPublishedSample) {
      return Finding{"wrong_published_sample", {}, "The signature is that of the documents' page."};
    }
    if (auto damage = FindDamage(search, right)) return damage;
    // Garbage that stays the same is no signature of anything.
    if (search.well_formed()) {
      if (auto earlier = FindEarlier(view, context)) return earlier;
    }
  }
  TryMistakes(view, credentials, right, search);
  out.matches = search.matches();
  out.spent = search.spent();
  out.cut_short = search.cut_off() && out.matches.empty();
  if (!out.matches.empty()) {
    std::optional<Finding> finding = FromMatch(search);
    const bool at_end = view.signature_in_body && view.request->body.ends_with('\n');
    if (at_end && finding && finding->id == "signature_too_long") {
      finding->detail =
          "The form body ends in a line break, which is read as part of its last value.";
    }
    return finding;
  }
  out.untried = Untried(search, BingxCatalogue());
  return Unexplained(search, *view.signature, kDigits);
}

// Of a signature over a timestamp that did not arrive as it was signed nothing can be said.
bool IsOpen(const Finding& time, const Finding& signature) {
  const bool incomplete = time.id == "timestamp_missing" || time.id == "timestamp_not_a_number";
  return incomplete && (signature.id == "secret_or_text_unknown" || signature.id == kNotRecognized);
}

}  // namespace

Examination ExamineBingx(const Request& request, const Patient& credentials,
                         const DoctorContext& context, const Budget& budget, Extent extent) {
  Examination out;
  if (IsPublic(Venue::kBingx, request.Path())) return out;
  const View view = bingx::ReadView(request);
  if (view.body != bingx::Body::kBrokenJson && !view.pairs.empty()) {
    out.expected = bingx::DocumentedText(view);
  }
  out.finding = bingx::CheckEnvelope(view, credentials);
  if (!out.finding) out.finding = bingx::CheckPresence(view, credentials, context);
  if (out.finding) return out;
  const std::optional<Finding> signature =
      ExamineSignature(view, credentials, context, budget, extent, out);
  out.finding = bingx::CheckTime(view, credentials, context);
  if (!out.finding) {
    out.finding = signature ? signature : bingx::CheckWindow(view, credentials, context);
  } else if (signature) {
    // The venue refuses for the time first.
    if (out.finding->also.empty() && !IsOpen(*out.finding, *signature)) {
      out.finding->also = signature->id;
    }
    out.finding->signed_text = signature->signed_text;
  }
  return out;
}

}  // namespace ocokit::mock::doctor

// The examination of a WhiteBIT request, in the venue's own order of checks.

#include <algorithm>

#include "mock_exchange/doctor/damage.h"
#include "mock_exchange/doctor/examine.h"
#include "mock_exchange/doctor/paths.h"
#include "mock_exchange/doctor/text.h"
#include "mock_exchange/doctor/whitebit_checks.h"
#include "mock_exchange/doctor/whitebit_texts.h"
#include "ocokit/base/encoding.h"

namespace ocokit::mock::doctor {
namespace {

using whitebit::View;

constexpr std::size_t kDigits = 128;
constexpr std::size_t kMostBefore = 16;

std::optional<Finding> FindEarlier(std::string_view signature, const View& view,
                                   const DoctorContext& context) {
  const std::size_t first = context.before.size() - std::min(context.before.size(), kMostBefore);
  for (std::size_t i = first; i < context.before.size(); ++i) {
    const auto earlier = context.before[i]->FindHeader("X-TXC-SIGNATURE");
    const std::string payload(context.before[i]->FindHeader("X-TXC-PAYLOAD").value_or(""));
    if (!earlier || *earlier != signature || payload == view.payload) continue;
    return Finding{"signature_of_earlier_request",
                   {},
                   "An earlier request, " + std::to_string(context.before.size() - i) +
                       " before this one, had this signature and another payload.",
                   payload};
  }
  return std::nullopt;
}

// The payload as it came; and as it was before something happened to its base64, since either may
// have been signed.
std::vector<std::string> RightTexts(const View& view) {
  std::vector<std::string> out = {view.payload};
  if (view.encoding && view.decoded) out.push_back(FormatBase64(*view.decoded));
  return out;
}

std::optional<Finding> ExamineSignature(const View& view, const Patient& credentials,
                                        const DoctorContext& context, const Budget& budget,
                                        Extent extent, Examination& out) {
  const std::string_view signature = *view.request->FindHeader("X-TXC-SIGNATURE");
  Search search(Venue::kWhitebit, signature, credentials, context.uppercase_signature, budget,
                extent == Extent::kAll);
  const std::vector<std::string> right = RightTexts(view);
  for (const std::string& text : right) search.Try("", text);
  if (search.matches().empty()) {
    if (auto damage = FindDamage(search, right)) return damage;
    // Garbage that stays the same is no signature of anything.
    if (search.well_formed()) {
      if (auto earlier = FindEarlier(signature, view, context)) return earlier;
    }
  }
  if (search.matches().empty() || extent == Extent::kAll) {
    whitebit::TryTexts(view, credentials, search);
    for (const std::string& text : right) search.TryEverything("", text);
    if (!search.done()) whitebit::TryTextsWithKeys(view, search);
    if (!search.done()) search.TryRareKeys(credentials, right.front());
  }
  out.matches = search.matches();
  out.spent = search.spent();
  out.cut_short = search.cut_off() && out.matches.empty();
  if (!out.matches.empty()) return FromMatch(search);
  out.untried = Untried(search, WhitebitCatalogue());
  return Unexplained(search, signature, kDigits);
}

}  // namespace

Examination ExamineWhitebit(const Request& request, const Patient& credentials,
                            const DoctorContext& context, const Budget& budget, Extent extent) {
  Examination out;
  if (IsPublic(Venue::kWhitebit, request.Path())) return out;
  const View view = whitebit::ReadView(request, credentials);
  out.expected = whitebit::ExpectedPayload(view, context.payload_check);
  out.finding = whitebit::CheckEnvelope(view, credentials);
  if (out.finding) return out;
  out.finding = whitebit::CheckPayload(view, credentials, context.payload_check);
  if (out.finding) out.finding->signed_text = view.payload;
  std::optional<Finding> signature = whitebit::CheckSignatureHeader(view);
  if (!signature) signature = ExamineSignature(view, credentials, context, budget, extent, out);
  if (out.finding) {
    // The venue holds the payload against the body first.
    // Of a payload that did not arrive as it was signed nothing can be said.
    const bool open =
        signature && view.encoding && signature->id == std::string_view("secret_or_text_unknown");
    if (signature && !open && out.finding->also.empty()) out.finding->also = signature->id;
    if (signature) out.finding->signed_text = signature->signed_text;
    return out;
  }
  out.finding = std::move(signature);
  if (!out.finding) out.finding = whitebit::CheckRequest(view, credentials);
  if (!out.finding) out.finding = whitebit::CheckNonce(view, credentials, context);
  return out;
}

}  // namespace ocokit::mock::doctor

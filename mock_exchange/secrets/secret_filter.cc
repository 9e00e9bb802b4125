#include "mock_exchange/secrets/secret_filter.h"

#include <algorithm>
#include <mutex>
#include <utility>
#include <vector>

#include "mock_exchange/secrets/forms.h"
#include "mock_exchange/secrets/secret_core.h"

namespace ocokit::mock {
namespace {

constexpr std::string_view kInPlace = "[secret]";
constexpr std::string_view kHidden = "[a text that holds the secret]";

// So many forms may be one inside the other: percent-encoded base64 of JSON with escapes.
constexpr int kDeepest = 3;
// What is read of a text in all its forms, in multiples of its length. Ordinary texts take ten; one
// made to take more is hidden without a look at the rest.
constexpr std::size_t kMostWork = 64;

using Spans = std::vector<std::pair<std::size_t, std::size_t>>;

// Without overlaps, in their order.
Spans Merge(Spans spans) {
  std::ranges::sort(spans);
  Spans out;
  for (const auto& [first, behind] : spans) {
    if (!out.empty() && first < out.back().second) {
      out.back().second = std::max(out.back().second, behind);
    } else {
      out.emplace_back(first, behind);
    }
  }
  return out;
}

// Calls `with` with what the digits of the text make, for each digit that one may begin at.
template <typename With>
void ForEachShift(Base base, std::string_view text, std::size_t shortest, const With& with) {
  const Digits digits(base, text, shortest, /*whence=*/true);
  Undone undone;
  for (std::size_t shift = 0; !digits.empty() && shift < digits.shifts(); ++shift) {
    digits.Read(shift, undone);
    with(undone);
  }
}

}  // namespace

SecretFilter::SecretFilter(std::initializer_list<std::string_view> secrets) : SecretFilter() {
  for (const std::string_view secret : secrets) Add(secret);
}

std::size_t SecretFilter::ShortestFor(std::string_view secret) {
  return std::min(CoreOf(secret).size(), kShortest);
}

void SecretFilter::Add(std::string_view secret) {
  const std::unique_lock lock(mutex_);
  for (const std::string& text : TextsOfSecret(secret, needles_.shortest())) needles_.Add(text);
}

void SecretFilter::Retire(std::string_view secret) {
  const std::unique_lock lock(mutex_);
  retired_.emplace_back(secret);
  if (retired_.size() <= kMostRetired) return;
  for (const std::string& text : TextsOfSecret(retired_.front(), needles_.shortest())) {
    needles_.Remove(text);
  }
  retired_.pop_front();
}

bool SecretFilter::HoldsDeeper(std::string_view text, int depth, std::size_t& work) const {
  if (text.size() > work) return true;
  work -= text.size();
  if (needles_.Find(text)) return true;
  if (depth == 0) return false;
  for (const Form form : {Form::kPercent, Form::kEscapes, Form::kLoose, Form::kZeros}) {
    Undone undone;
    if (Undo(form, text, /*whence=*/false, undone) && HoldsDeeper(undone.text, depth - 1, work)) {
      return true;
    }
  }
  for (const Base base : {Base::kHex, Base::kBase64}) {
    const Digits digits(base, text, needles_.shortest());
    Undone undone;
    for (std::size_t shift = 0; !digits.empty() && shift < digits.shifts(); ++shift) {
      digits.Read(shift, undone);
      if (HoldsDeeper(undone.text, depth - 1, work)) return true;
    }
  }
  return false;
}

bool SecretFilter::Holds(std::string_view text) const {
  if (needles_.empty() || text.size() < needles_.shortest()) return false;
  std::size_t work = kMostWork * text.size();
  return HoldsDeeper(text, kDeepest, work);
}

std::optional<std::string> SecretFilter::Replace(std::string_view text) const {
  Spans spans;
  const auto each = [&](std::string_view in, const auto& with) {
    for (std::size_t from = 0; const auto match = needles_.Find(in, from);) {
      from = match->at + 1;
      with(*match);
    }
  };
  const auto span_of = [](const Undone& undone, const Needles::Match& match) {
    return std::pair(undone.from[match.at].first, undone.from[match.at + match.size - 1].second);
  };
  each(text, [&](const Needles::Match& match) {
    if (match.exact) spans.emplace_back(match.at, match.at + match.size);
  });
  const auto add = [&](const Undone& undone) {
    each(undone.text, [&](const Needles::Match& match) {
      if (match.exact) spans.push_back(span_of(undone, match));
    });
  };
  Undone undone;
  if (Undo(Form::kEscapes, text, /*whence=*/true, undone)) add(undone);
  ForEachShift(Base::kHex, text, needles_.shortest(), add);
  spans = Merge(std::move(spans));

  // One in another form, of which what is replaced would take away but a part: the rest would show.
  bool cut = false;
  const auto check = [&](const Undone& other) {
    each(other.text, [&](const Needles::Match& match) {
      const auto [first, behind] = span_of(other, match);
      // They are in their order and apart: the first that ends behind its beginning is enough.
      const auto after = [](std::size_t at, const auto& span) { return at < span.second; };
      const auto begin = std::upper_bound(spans.begin(), spans.end(), first, after);
      if (begin == spans.end() || behind <= begin->first) return;
      cut |= first < begin->first || begin->second < behind;
    });
  };
  for (const Form form : {Form::kPercent, Form::kLoose, Form::kZeros}) {
    if (Undo(form, text, /*whence=*/true, undone)) check(undone);
  }
  ForEachShift(Base::kBase64, text, needles_.shortest(), check);
  if (cut) return std::nullopt;

  std::string out;
  std::size_t done = 0;
  for (const auto& [first, behind] : spans) {
    out.append(text.substr(done, first - done)).append(kInPlace);
    done = behind;
  }
  return out.append(text.substr(done));
}

bool SecretFilter::Finds(std::string_view text) const {
  const std::shared_lock lock(mutex_);
  return Holds(text);
}

std::string SecretFilter::Hide(std::string_view text) const {
  const std::shared_lock lock(mutex_);
  if (!Holds(text)) return std::string(text);
  std::optional<std::string> out = Replace(text);
  return !out || Holds(*out) ? std::string(kHidden) : std::move(*out);
}

}  // namespace ocokit::mock

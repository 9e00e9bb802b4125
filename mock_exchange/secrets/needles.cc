#include "mock_exchange/secrets/needles.h"

#include <algorithm>
#include <array>

namespace ocokit::mock {
namespace {

// One mark in so many slots, at most: what is marked by chance costs a look into the map.
constexpr std::size_t kSlotsEach = 32;
constexpr int kFewestBits = 10;
constexpr int kMostBits = 22;

constexpr std::array<unsigned char, 256> kFold = [] {
  std::array<unsigned char, 256> out{};
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<unsigned char>(i);
  for (unsigned char c = 'A'; c <= 'Z'; ++c) out[c] = static_cast<unsigned char>(c + 32);
  for (const unsigned char c : {'+', '\t', '\r', '\n'}) out[c] = ' ';
  return out;
}();

unsigned char FoldByte(char c) { return kFold[static_cast<unsigned char>(c)]; }

std::string Fold(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(FoldByte(c));
  return out;
}

}  // namespace

Needles::Needles(std::size_t shortest)
    : shortest_(std::clamp<std::size_t>(shortest, 1, 6)),
      mask_((std::uint64_t{1} << (8 * shortest_)) - 1) {}

std::size_t Needles::Slot(std::uint64_t window) const {
  return static_cast<std::size_t>((window * 0x9E3779B97F4A7C15U) >> (64 - bits_));
}

void Needles::Mark(const std::string& folded) {
  std::uint64_t window = 0;
  for (std::size_t i = 0; i < shortest_; ++i) {
    window = window << 8 | static_cast<unsigned char>(folded[i]);
  }
  const std::size_t slot = Slot(window);
  marks_[slot / 64] |= std::uint64_t{1} << slot % 64;
  ++marked_;
}

void Needles::MarkAll(int bits) {
  bits_ = bits;
  marks_.assign((std::size_t{1} << bits) / 64, 0);
  marked_ = 0;
  for (const auto& [folded, needle] : needles_) Mark(folded);
}

void Needles::Add(std::string_view text) {
  if (text.size() < shortest_) return;
  const std::string_view begin = text.substr(0, kLongest);
  std::string folded = Fold(begin);
  longest_ = std::max(longest_, folded.size());
  const auto [at, added] = needles_.try_emplace(std::move(folded));
  ++at->second.times;
  if (!added) return;
  at->second.exact = std::string(begin);
  at->second.whole = begin.size() == text.size();
  if (bits_ != 0 && (marked_ + 1) * kSlotsEach <= std::size_t{1} << bits_) return Mark(at->first);
  // Also once so many were removed that their marks are most of all.
  int bits = kFewestBits;
  while (bits < kMostBits && needles_.size() * 2 * kSlotsEach > std::size_t{1} << bits) ++bits;
  if (bits == bits_ && marked_ < 2 * needles_.size()) return Mark(at->first);
  MarkAll(bits);
}

void Needles::Remove(std::string_view text) {
  if (text.size() < shortest_) return;
  const auto at = needles_.find(Fold(text.substr(0, kLongest)));
  if (at != needles_.end() && --at->second.times == 0) needles_.erase(at);
}

// The longest that begins `text` is the last one that is not behind it in the order of the map, or
// begins that one: so each further look is for a shorter text.
std::optional<Needles::Match> Needles::LongestAt(std::string_view text, std::size_t at) const {
  std::string folded = Fold(text.substr(at, longest_));
  while (folded.size() >= shortest_) {
    auto next = needles_.upper_bound(folded);
    if (next == needles_.begin()) return std::nullopt;
    const auto& [needle, of] = *std::prev(next);
    const auto common =
        static_cast<std::size_t>(std::ranges::mismatch(needle, folded).in1 - needle.begin());
    if (common == needle.size()) {
      return Match{at, common, of.whole && text.substr(at, common) == of.exact};
    }
    folded.resize(common);
  }
  return std::nullopt;
}

std::optional<Needles::Match> Needles::Find(std::string_view text, std::size_t from) const {
  if (needles_.empty() || text.size() < from + shortest_) return std::nullopt;
  std::uint64_t window = 0;
  const std::size_t first = from + shortest_ - 1;
  for (std::size_t i = from; i < text.size(); ++i) {
    window = (window << 8 | FoldByte(text[i])) & mask_;
    const std::size_t slot = Slot(window);
    if ((marks_[slot / 64] >> slot % 64 & 1) == 0 || i < first) continue;
    if (auto match = LongestAt(text, i + 1 - shortest_)) return match;
  }
  return std::nullopt;
}

}  // namespace ocokit::mock

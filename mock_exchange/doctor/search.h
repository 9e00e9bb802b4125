#pragma once

// Search: what a signature is the digest of. It is given texts, each with the catalogue row of the
// mistake that makes it, and tries them under the right key and hash, or under all that clients
// take by mistake.

#include <algorithm>
#include <cstddef>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "mock_exchange/doctor/budget.h"
#include "mock_exchange/doctor/patient.h"
#include "ocokit/base/digest.h"
#include "ocokit/mock/doctor.h"

namespace ocokit::mock::doctor {

// The rows that together explain a signature, at most two; none when it is right.
struct Match {
  std::vector<std::string_view> rows;
  std::string text;
  // Whether `text` is what was hashed, and nothing beside it.
  bool text_alone = true;
  // Whether `text` is the right one.
  bool text_is_right = false;
  // What the text is, in words, where the row stands for several.
  std::string_view what = {};
};

// What else a signature may be, held against the right one.
enum class Damage { kNone, kCut, kTooLong, kChanged };

class Search {
 public:
  // Stops at the first match, unless `all`, which is for tests. `patient` outlives this.
  Search(Venue venue, std::string_view signature, const Patient& credentials,
         bool upper_case_is_right, const Budget& budget, bool all = false);

  // The text under the right key and hash. An empty row: the right text, which is tried however
  // much was hashed before. A text that was tried before keeps its first row. `also`: a second row,
  // where it takes two to make the text. `what`: the text in words, where the row has several.
  void Try(std::string_view row, const std::string& text, std::string_view also = {},
           std::string_view what = {});
  // Under the wrong secrets that clients use most, and the wrong uses of the right one.
  void TryCommonKeys(std::string_view row, const std::string& text);
  // Under secrets that are rarely used.
  void TryRareKeys(const Patient& credentials, const std::string& text);
  // Under every key and hash.
  void TryEverything(std::string_view row, const std::string& text);

  // The row was left out, for it would have taken too long.
  void Skip(std::string_view row) { cut_.insert(row); }
  // So was all that was not tried yet.
  void CutOff() { spent_ = budget_.hashed + 1; }

  // There is a match, or so much was hashed that the rest is left out.
  [[nodiscard]] bool done() const { return cut_off() || found(); }
  [[nodiscard]] bool cut_off() const {
    return spent_ > budget_.hashed || digests_ > budget_.digests;
  }
  // Bytes hashed.
  [[nodiscard]] std::size_t spent() const { return std::min(spent_, budget_.hashed); }
  // Of the rows of texts, and those of keys and hashes, what was not tried, or not to its end.
  [[nodiscard]] std::vector<std::string_view> Untried(
      std::span<const std::string_view> text_rows) const;
  [[nodiscard]] const std::vector<Match>& matches() const { return matches_; }
  // Whether the signature could be a digest at all: hexadecimal of the venue's length.
  [[nodiscard]] bool well_formed() const { return well_formed_; }
  // Its beginning, for a sentence.
  [[nodiscard]] std::string ShowSignature() const;
  // The signature against the right one of `text`.
  [[nodiscard]] Damage CompareToRight(const std::string& text) const;

 private:
  enum class Use { kHmac, kTextThenSecret, kSecretThenText, kTextOnly, kSwapped };
  // The signature read in one way, as the result of one computation.
  struct Target {
    std::string bytes;
    std::string_view encoding_row;
    HashKind hash;
    std::string_view hash_row;
    Use use;
  };
  struct Key {
    std::string_view row;
    std::string text;
    std::optional<HmacSha256> sha256 = {};
    std::optional<HmacSha512> sha512 = {};
  };

  [[nodiscard]] bool found() const { return !all_ && !matches_.empty(); }
  void ReadSignature(bool upper_case_is_right);
  void AddTargets(const std::string& bytes, std::string_view encoding_row);
  void AddKeys(const Patient& credentials);
  [[nodiscard]] std::string Compute(const Target& target, Key& key, const std::string& text) const;
  void TryOne(const Target& target, Key& key, const std::string& text, std::string_view row,
              std::string_view also = {}, std::string_view what = {});

  Venue venue_;
  std::string signature_;
  const Patient& patient_;
  const Budget budget_;
  bool all_;
  bool well_formed_ = false;
  std::vector<Target> targets_;
  std::vector<Key> keys_;
  // Hashes of the texts that were tried under the right key, and of those under other keys.
  std::unordered_set<std::size_t> seen_;
  std::unordered_set<std::size_t> seen_with_keys_;
  std::size_t spent_ = 0;
  std::size_t digests_ = 0;
  // The rows of texts that were tried, and the rows of anything that was not.
  std::set<std::string_view> tried_;
  std::set<std::string_view> cut_;
  std::vector<Match> matches_;
};

}  // namespace ocokit::mock::doctor

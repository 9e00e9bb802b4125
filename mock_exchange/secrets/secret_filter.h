#pragma once

// SecretFilter: the secrets that nobody must be shown, and the one function that all that is shown
// passes through. It finds them in each form that a client's mistake gives them. Any thread may
// call it.

#include <cstddef>
#include <deque>
#include <initializer_list>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>

#include "mock_exchange/secrets/needles.h"

namespace ocokit::mock {

class SecretFilter {
 public:
  // Shorter ones would be found where they are not meant.
  static constexpr std::size_t kShortest = 6;
  // So many of those that were taken back are looked for all the same, the latest ones: a journal
  // may hold them still.
  static constexpr std::size_t kMostRetired = 10'000;

  // A secret of fewer than `shortest` characters is not looked for.
  explicit SecretFilter(std::size_t shortest) : needles_(shortest) {}
  SecretFilter() : SecretFilter(kShortest) {}
  // `shortest` for a filter of one secret that is to be hidden however short it is.
  [[nodiscard]] static std::size_t ShortestFor(std::string_view secret);
  SecretFilter(std::initializer_list<std::string_view> secrets);
  SecretFilter(const SecretFilter&) = delete;
  SecretFilter& operator=(const SecretFilter&) = delete;

  // What is around a secret does not count: blanks, line breaks, a byte order mark, quotation marks
  // and zero bytes. A secret that is added twice is to be taken back twice.
  void Add(std::string_view secret);
  void Retire(std::string_view secret);

  // The text with `[secret]` in place of each secret, as it is, with escapes or in hexadecimal.
  // Where it stands there in another form, nothing is left of the text but words that say so.
  [[nodiscard]] std::string Hide(std::string_view text) const;
  // Whether Hide would change it.
  [[nodiscard]] bool Finds(std::string_view text) const;

 private:
  [[nodiscard]] bool Holds(std::string_view text) const;
  [[nodiscard]] bool HoldsDeeper(std::string_view text, int depth, std::size_t& work) const;
  // None: what is in place overlaps another form, of which a part would be left.
  [[nodiscard]] std::optional<std::string> Replace(std::string_view text) const;

  mutable std::shared_mutex mutex_;
  Needles needles_;
  std::deque<std::string> retired_;
};

}  // namespace ocokit::mock

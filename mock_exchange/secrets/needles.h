#pragma once

// Needles: texts that are looked for all at once, however many there are. Letters match in either
// case, and a plus sign or a line break matches a blank. Not for several threads at once while it
// is changed.

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ocokit::mock {

class Needles {
 public:
  struct Match {
    std::size_t at = 0;
    std::size_t size = 0;
    bool exact = false;  // every byte is that of the text that was added
  };

  // Of longer texts so many bytes are looked for, and they are never an exact match.
  static constexpr std::size_t kLongest = 256;

  // `shortest`: from 1 to 6; shorter texts are not added.
  explicit Needles(std::size_t shortest);

  // What is added twice is to be removed twice.
  void Add(std::string_view text);
  void Remove(std::string_view text);
  [[nodiscard]] bool empty() const { return needles_.empty(); }
  [[nodiscard]] std::size_t shortest() const { return shortest_; }

  // The first place at or behind `from` where one of them stands, the longest of those that do.
  [[nodiscard]] std::optional<Match> Find(std::string_view text, std::size_t from = 0) const;

 private:
  struct Needle {
    std::string exact;
    std::size_t times = 0;
    bool whole = true;
  };

  [[nodiscard]] std::size_t Slot(std::uint64_t window) const;
  void Mark(const std::string& folded);
  void MarkAll(int bits);
  [[nodiscard]] std::optional<Match> LongestAt(std::string_view text, std::size_t at) const;

  std::size_t shortest_;
  std::uint64_t mask_;
  std::map<std::string, Needle, std::less<>> needles_;  // by the folded text
  std::size_t longest_ = 0;
  // A filter before the map: a bit for each beginning, of those that were removed, too.
  int bits_ = 0;
  std::vector<std::uint64_t> marks_;
  std::size_t marked_ = 0;
};

}  // namespace ocokit::mock

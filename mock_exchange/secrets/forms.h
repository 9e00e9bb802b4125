#pragma once

// The forms in which one text may stand in another: percent-encoded, with escapes, in hexadecimal,
// in base64, or with zero bytes between its characters. Each is undone wherever it is met, since a
// client may write one part of a request so and the next part otherwise.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ocokit::mock {

enum class Form {
  kPercent,  // "%2F"
  kEscapes,  // "\/", "\"", "\u002F", "\x2F": as JSON and languages write texts
  kLoose,    // the same, though a backslash stands before one that does not belong to it
  kZeros,    // as UTF-16 holds ASCII
};

enum class Base { kHex, kBase64 };

// What is made of a text, and where in it each byte came from: its first byte and the one behind
// its last.
struct Undone {
  std::string text = {};
  std::vector<std::pair<std::size_t, std::size_t>> from = {};
};

// Undoes the form; false when it is nowhere in the text. `whence`: with `from`.
[[nodiscard]] bool Undo(Form form, std::string_view text, bool whence, Undone& out);

// The digits of a text: hexadecimal in either case, also with a dash, colon or blank between two
// bytes, or base64 in either alphabet, also with line breaks in it. Only runs that hold `shortest`
// bytes are kept. It makes a difference at which digit of a run one begins to read.
class Digits {
 public:
  // `whence`: so that Read can say where a byte came from. `text` outlives this.
  Digits(Base base, std::string_view text, std::size_t shortest, bool whence = false);

  [[nodiscard]] bool empty() const { return values_.empty(); }
  [[nodiscard]] std::size_t shifts() const { return base_ == Base::kHex ? 2 : 4; }
  // The bytes of all runs, each from its digit at `shift` on.
  void Read(std::size_t shift, Undone& out) const;

 private:
  template <unsigned kBits>
  char* ReadRun(std::size_t at, std::size_t end, char* to, Undone& out) const;

  Base base_;
  std::string values_;             // of the digits; kBetween behind each run
  std::vector<std::size_t> from_;  // where each of them stands; empty: that is not wanted
};

}  // namespace ocokit::mock

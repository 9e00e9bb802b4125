#include "cli/side_by_side.h"

#include <algorithm>
#include <vector>

#include "cli/terminal.h"

namespace ocokit::cli {
namespace {

constexpr std::string_view kExpected = "expected  ";
constexpr std::string_view kSigned = "signed    ";

// How a byte is shown: itself, or an escape.
std::string Cell(char c) {
  if (c == '\n') return "\\n";
  if (c == '\r') return "\\r";
  if (c == '\t') return "\\t";
  return Printable({&c, 1});
}

std::size_t Widest(std::string_view a, std::string_view b, std::size_t at) {
  const std::size_t in_a = at < a.size() ? Cell(a[at]).size() : 0;
  const std::size_t in_b = at < b.size() ? Cell(b[at]).size() : 0;
  return std::max(in_a, in_b);
}

}  // namespace

std::string SideBySide(std::string_view expected, std::string_view given, std::size_t difference,
                       std::size_t width) {
  std::string out;
  const std::size_t longest = std::max(expected.size(), given.size());
  std::size_t at = 0;
  do {
    std::string above(kExpected);
    std::string below(kSigned);
    std::string mark;
    // Byte by byte under each other, so that the mark stands under both.
    for (; at < longest; ++at) {
      const std::size_t cell = Widest(expected, given, at);
      if (above.size() + cell > width && above.size() > kExpected.size()) break;
      if (at == difference) mark = std::string(above.size(), ' ') + "^ byte " + std::to_string(at);
      const auto add = [&](std::string& row, std::string_view text) {
        std::string shown = at < text.size() ? Cell(text[at]) : std::string();
        shown.resize(cell, ' ');
        row += shown;
      };
      add(above, expected);
      add(below, given);
    }
    for (std::string* row : {&above, &below}) {
      while (row->ends_with(' ') && row->size() > kExpected.size()) row->pop_back();
    }
    out += above + "\n" + below + "\n";
    if (!mark.empty()) out += mark + "\n";
  } while (at < longest);
  return out;
}

std::string InRows(std::string_view label, std::string_view text, std::size_t width) {
  std::string out;
  std::string row(label);
  for (const char c : text) {
    const std::string cell = Cell(c);
    if (row.size() + cell.size() > width && row.size() > label.size()) {
      out += row + "\n";
      row.assign(label.size(), ' ');
    }
    row += cell;
  }
  return out + row + "\n";
}

}  // namespace ocokit::cli

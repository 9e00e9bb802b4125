#include "mock_exchange/request_text/shell_words.h"

#include <algorithm>

#include "ocokit/base/encoding.h"

namespace ocokit::mock {
namespace {

class Splitter {
 public:
  explicit Splitter(std::string_view text) : text_(text) {}

  Result<std::vector<std::string>> Run() {
    while (at_ < text_.size() && error_.empty()) Step();
    if (!error_.empty()) return Fail(ErrorKind::kInvalidArgument, error_);
    EndWord();
    return std::move(words_);
  }

 private:
  void Step() {
    const char c = text_[at_];
    switch (c) {
      case ' ':
      case '\t':
      case '\n':
      case '\r':
        ++at_;
        return EndWord();
      case '\'':
        return ReadSingle();
      case '"':
        return ReadDouble();
      case '\\':
        return ReadBackslash();
      case '#':
        return ReadNumberSign();
      case '^':
        return ReadCaret();
      case '$':
      case '`':
        return ReadDollar();
      case '|':
      case ';':
      case '&':
      case '>':
      case '<':
        error_ = std::string("\"") + c +
                 "\" outside quotes: only the curl command itself can be read; quote a URL with & "
                 "in it";
        return;
      default:
        Add(c);
        ++at_;
    }
  }

  void Add(char c) {
    word_ += c;
    open_ = true;
  }

  void EndWord() {
    if (open_) words_.push_back(std::move(word_));
    word_.clear();
    open_ = false;
  }

  void ReadSingle() {
    const std::size_t end = text_.find('\'', at_ + 1);
    if (end == std::string_view::npos) return Unended('\'');
    word_ += text_.substr(at_ + 1, end - at_ - 1);
    open_ = true;
    at_ = end + 1;
  }

  void ReadDouble() {
    open_ = true;
    for (++at_; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '"') {
        ++at_;
        return;
      }
      if (c == '$' || c == '`') {
        ReadDollar();
        if (!error_.empty()) return;
        --at_;
        continue;
      }
      constexpr std::string_view kEscapable = "$`\"\\";
      if (c == '\\' && at_ + 1 < text_.size()) {
        const char next = text_[at_ + 1];
        if (next == '\n') {
          ++at_;
          continue;
        }
        if (kEscapable.find(next) != std::string_view::npos) {
          word_ += next;
          ++at_;
          continue;
        }
      }
      word_ += c;
    }
    Unended('"');
  }

  void ReadBackslash() {
    if (text_.substr(at_).starts_with("\\\r\n")) {
      at_ += 3;
    } else if (at_ + 1 >= text_.size() || text_[at_ + 1] == '\n') {
      at_ += 2;
    } else {
      Add(text_[at_ + 1]);
      at_ += 2;
    }
  }

  // Where it begins a word, a comment to the line's end.
  void ReadNumberSign() {
    if (open_) {
      Add('#');
      ++at_;
    } else {
      at_ = std::min(text_.find('\n', at_), text_.size());
    }
  }

  // Windows' command line has it before a sign that stands for itself, and at a line's end.
  void ReadCaret() {
    constexpr std::string_view kEscaped = "\"&^%|<>\r\n";
    if (at_ + 1 < text_.size() && kEscaped.find(text_[at_ + 1]) != std::string_view::npos) {
      error_ =
          "\"^\" as Windows' command line has it: take \"Copy as cURL (bash)\" instead of "
          "\"(cmd)\"";
      return;
    }
    Add('^');
    ++at_;
  }

  // $'...' is bash's; a dollar before anything else that is no name stands for itself.
  void ReadDollar() {
    const char c = text_[at_];
    const char next = at_ + 1 < text_.size() ? text_[at_ + 1] : ' ';
    const bool name = (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z') ||
                      (next >= '0' && next <= '9') || next == '_' || next == '{' || next == '(' ||
                      next == '@' || next == '*' || next == '?';
    if (c == '`' || name) {
      const std::size_t end = std::min(text_.find_first_of(" \"'&\n", at_ + 1), text_.size());
      error_ = std::string(text_.substr(at_, std::min<std::size_t>(end - at_, 40))) +
               " is known to the shell alone: paste the command with its values, as `sh -x` shows "
               "it";
      return;
    }
    if (next == '\'') return ReadAnsi();
    Add(c);
    ++at_;
  }

  void ReadAnsi() {
    open_ = true;
    for (at_ += 2; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '\'') {
        ++at_;
        return;
      }
      if (c != '\\' || at_ + 1 >= text_.size()) {
        word_ += c;
        continue;
      }
      ++at_;
      ReadEscape();
    }
    Unended('\'');
  }

  // Behind a backslash; leaves off at the escape's last character.
  void ReadEscape() {
    constexpr std::string_view kNames = "abfnrtv\\'\"?e";
    constexpr std::string_view kMeant = "\a\b\f\n\r\t\v\\'\"?\x1b";
    const char c = text_[at_];
    if (const std::size_t named = kNames.find(c); named != std::string_view::npos) {
      word_ += kMeant[named];
    } else if (c == 'x' || c == 'u') {
      ReadHex(c == 'x' ? 2 : 4, c == 'u');
    } else {
      word_ += '\\';
      word_ += c;
    }
  }

  void ReadHex(std::size_t most, bool unicode) {
    unsigned value = 0;
    std::size_t digits = 0;
    for (; digits < most && at_ + 1 < text_.size(); ++digits) {
      constexpr std::string_view kDigits = "0123456789abcdef";
      const char c = text_[at_ + 1];
      const std::size_t digit = kDigits.find(c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c);
      if (digit == std::string_view::npos) break;
      value = value * 16 + static_cast<unsigned>(digit);
      ++at_;
    }
    if (!unicode || value < 0x80) {
      word_ += static_cast<char>(value);
    } else if (value < 0x800) {
      word_ += {static_cast<char>(0xC0 | value >> 6), static_cast<char>(0x80 | (value & 0x3F))};
    } else {
      word_ +=
          {static_cast<char>(0xE0 | value >> 12), static_cast<char>(0x80 | (value >> 6 & 0x3F)),
           static_cast<char>(0x80 | (value & 0x3F))};
    }
  }

  void Unended(char quote) {
    error_ = std::string("a quote ") + quote + " without its end";
    at_ = text_.size();
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string word_;
  bool open_ = false;  // a word has begun, be it empty
  std::vector<std::string> words_;
  std::string error_;
};

}  // namespace

Result<std::vector<std::string>> SplitWords(std::string_view command) {
  return Splitter(command).Run();
}

}  // namespace ocokit::mock

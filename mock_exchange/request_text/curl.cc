#include <algorithm>
#include <array>
#include <utility>

#include "mock_exchange/request_text/shell_words.h"
#include "ocokit/base/encoding.h"
#include "ocokit/mock/request_text.h"

namespace ocokit::mock {
namespace {

// What an option does to the request.
enum class Effect {
  kMethod,
  kHeader,
  kData,           // -d: a file's line breaks are dropped
  kDataRaw,        // `@` means nothing
  kDataBinary,     // a file as it is
  kDataUrlencode,  // percent-encoded first
  kJson,
  kGet,
  kHead,
  kUrl,
  kUserAgent,
  kUser,
  kNothing,       // no value, and of no meaning here
  kNothingTaken,  // a value of no meaning here
};

struct Option {
  std::string_view brief;  // one letter, or empty
  std::string_view name;
  Effect effect;
};

constexpr std::array kOptions = {
    Option{"X", "request", Effect::kMethod},
    Option{"H", "header", Effect::kHeader},
    Option{"d", "data", Effect::kData},
    Option{"", "data-ascii", Effect::kData},
    Option{"", "data-raw", Effect::kDataRaw},
    Option{"", "data-binary", Effect::kDataBinary},
    Option{"", "data-urlencode", Effect::kDataUrlencode},
    Option{"", "json", Effect::kJson},
    Option{"G", "get", Effect::kGet},
    Option{"I", "head", Effect::kHead},
    Option{"", "url", Effect::kUrl},
    Option{"A", "user-agent", Effect::kUserAgent},
    Option{"u", "user", Effect::kUser},
    Option{"s", "silent", Effect::kNothing},
    Option{"S", "show-error", Effect::kNothing},
    Option{"k", "insecure", Effect::kNothing},
    Option{"i", "include", Effect::kNothing},
    Option{"v", "verbose", Effect::kNothing},
    Option{"L", "location", Effect::kNothing},
    Option{"f", "fail", Effect::kNothing},
    Option{"g", "globoff", Effect::kNothing},
    Option{"N", "no-buffer", Effect::kNothing},
    Option{"4", "ipv4", Effect::kNothing},
    Option{"6", "ipv6", Effect::kNothing},
    Option{"", "compressed", Effect::kNothing},
    Option{"", "fail-with-body", Effect::kNothing},
    Option{"", "http1.1", Effect::kNothing},
    Option{"", "http2", Effect::kNothing},
    Option{"", "no-progress-meter", Effect::kNothing},
    Option{"", "path-as-is", Effect::kNothing},
    Option{"o", "output", Effect::kNothingTaken},
    Option{"w", "write-out", Effect::kNothingTaken},
    Option{"m", "max-time", Effect::kNothingTaken},
    Option{"x", "proxy", Effect::kNothingTaken},
    Option{"b", "cookie", Effect::kNothingTaken},
    Option{"e", "referer", Effect::kNothingTaken},
    Option{"", "connect-timeout", Effect::kNothingTaken},
    Option{"", "cacert", Effect::kNothingTaken},
    Option{"", "retry", Effect::kNothingTaken},
    Option{"", "resolve", Effect::kNothingTaken},
};

bool TakesValue(Effect effect) {
  return effect != Effect::kNothing && effect != Effect::kGet && effect != Effect::kHead;
}

class CurlReader {
 public:
  explicit CurlReader(const ReadNamedFile& read_file) : read_file_(read_file) {}

  Result<Request> Run(std::vector<std::string> words) {
    if (!words.empty() && (words.front() == "curl" || words.front().ends_with("/curl"))) {
      words.erase(words.begin());
    }
    for (std::size_t i = 0; i < words.size() && error_.message.empty(); ++i) {
      const std::string& word = words[i];
      const auto next = [&]() -> std::string {
        if (i + 1 < words.size()) return words[++i];
        Fail("the option " + word + " needs a value");
        return "";
      };
      if (word.starts_with("--")) {
        TakeLong(word, next);
      } else if (word.size() > 1 && word.front() == '-') {
        TakeShort(word, next);
      } else {
        TakeUrl(word);
      }
    }
    if (error_.message.empty() && url_.empty()) Fail("the command has no URL");
    if (!error_.message.empty()) return tl::unexpected<Error>(error_);
    return Finish();
  }

 private:
  template <typename Next>
  void TakeLong(const std::string& word, const Next& next) {
    const auto option =
        std::ranges::find(kOptions, std::string_view(word).substr(2), &Option::name);
    if (option == kOptions.end()) return Unknown(word);
    Apply(option->effect, TakesValue(option->effect) ? next() : "");
  }

  // Several letters in one word; what follows one that takes a value is its value.
  template <typename Next>
  void TakeShort(const std::string& word, const Next& next) {
    for (std::size_t at = 1; at < word.size(); ++at) {
      const auto option =
          std::ranges::find(kOptions, std::string_view(word).substr(at, 1), &Option::brief);
      if (option == kOptions.end()) return Unknown(std::string("-") + word[at]);
      if (!TakesValue(option->effect)) {
        Apply(option->effect, "");
        continue;
      }
      return Apply(option->effect, at + 1 < word.size() ? word.substr(at + 1) : next());
    }
  }

  void Apply(Effect effect, const std::string& value) {
    switch (effect) {
      case Effect::kMethod:
        method_ = value;
        return;
      case Effect::kHeader:
        return TakeHeader(value);
      case Effect::kData:
        return AddData(ReadData(value, /*drop_breaks=*/true));
      case Effect::kDataRaw:
        return AddData(value);
      case Effect::kDataBinary:
        return AddData(ReadData(value, /*drop_breaks=*/false));
      case Effect::kDataUrlencode:
        return AddData(Encode(value));
      case Effect::kJson:
        json_ = true;
        data_ += ReadData(value, /*drop_breaks=*/false);
        has_data_ = true;
        return;
      case Effect::kGet:
        get_ = true;
        return;
      case Effect::kHead:
        head_ = true;
        return;
      case Effect::kUrl:
        return TakeUrl(value);
      case Effect::kUserAgent:
        return TakeHeader("User-Agent: " + value);
      case Effect::kUser:
        // What matters is that it is there; the password stays out of it.
        return TakeHeader("Authorization: Basic");
      case Effect::kNothing:
      case Effect::kNothingTaken:
        return;
    }
  }

  void TakeHeader(const std::string& line) {
    const std::size_t colon = line.find_first_of(":;");
    if (colon == std::string::npos)
      return Fail("a header must be like \"Name: value\", not " + line);
    const std::size_t value = line.find_first_not_of(" \t", colon + 1);
    headers_.push_back(
        {line.substr(0, colon), value == std::string::npos ? "" : line.substr(value)});
  }

  void TakeUrl(const std::string& url) {
    if (!url_.empty()) return Fail("two URLs: " + url_ + " and " + url);
    url_ = url;
  }

  void AddData(const std::string& data) {
    if (has_data_) data_ += '&';
    data_ += data;
    has_data_ = true;
  }

  std::string ReadData(const std::string& value, bool drop_breaks) {
    if (!value.starts_with('@')) return value;
    if (!read_file_) {
      Fail("the body is in the file " + value.substr(1) + ", which cannot be seen from here");
      return "";
    }
    Result<std::string> text = read_file_(value.substr(1));
    if (!text) {
      error_ = text.error();
      return "";
    }
    if (drop_breaks) {
      std::erase_if(*text, [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
    }
    return *text;
  }

  // "content", "=content" or "name=content".
  static std::string Encode(const std::string& value) {
    const std::size_t equals = value.find('=');
    if (equals == std::string::npos) return PercentEncode(value);
    const std::string name = value.substr(0, equals);
    return (name.empty() ? "" : name + "=") + PercentEncode(value.substr(equals + 1));
  }

  Request Finish() {
    Request out;
    std::string_view rest = url_;
    const std::size_t scheme = rest.find("://");
    if (scheme != std::string_view::npos) rest.remove_prefix(scheme + 3);
    // curl does not send what follows a `#`.
    rest = rest.substr(0, rest.find('#'));
    const std::size_t path = std::min(rest.find_first_of("/?"), rest.size());
    out.target = rest.substr(path).starts_with('/') ? std::string(rest.substr(path))
                                                    : "/" + std::string(rest.substr(path));
    if (get_ && has_data_) {
      out.target += (out.target.find('?') == std::string::npos ? "?" : "&") + data_;
    } else {
      out.body = data_;
    }
    const bool sends = has_data_ && !get_;
    out.method = !method_.empty() ? method_ : head_ ? "HEAD" : sends ? "POST" : "GET";
    out.headers = {{"Host", std::string(rest.substr(0, path))}};
    for (Header& header : headers_) out.headers.push_back(std::move(header));
    if (sends && !out.FindHeader("Content-Type")) {
      out.headers.push_back(
          {"Content-Type", json_ ? "application/json" : "application/x-www-form-urlencoded"});
    }
    return out;
  }

  void Unknown(const std::string& option) {
    Fail("the curl option " + option +
         " is not known here; leave it out if it does not change "
         "what is sent");
  }
  void Fail(std::string message) {
    if (error_.message.empty()) error_ = {ErrorKind::kInvalidArgument, std::move(message)};
  }

  const ReadNamedFile& read_file_;
  std::string method_;
  std::string url_;
  std::vector<Header> headers_;
  std::string data_;
  bool has_data_ = false;
  bool json_ = false;
  bool get_ = false;
  bool head_ = false;
  Error error_;
};

}  // namespace

Result<Request> ReadCurl(std::string_view command, const ReadNamedFile& read_file) {
  Result<std::vector<std::string>> words = SplitWords(command);
  if (!words) return tl::unexpected<Error>(words.error());
  return CurlReader(read_file).Run(std::move(*words));
}

}  // namespace ocokit::mock

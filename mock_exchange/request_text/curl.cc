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
  kUrlQuery,
  kForm,
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
    Option{"", "url-query", Effect::kUrlQuery},
    Option{"F", "form", Effect::kForm},
    Option{"", "form-string", Effect::kForm},
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
    Option{"#", "progress-bar", Effect::kNothing},
    Option{"1", "tlsv1", Effect::kNothing},
    Option{"", "tlsv1.2", Effect::kNothing},
    Option{"", "tlsv1.3", Effect::kNothing},
    Option{"", "http3", Effect::kNothing},
    Option{"", "http3-only", Effect::kNothing},
    Option{"", "http2-prior-knowledge", Effect::kNothing},
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
    Option{"D", "dump-header", Effect::kNothingTaken},
    Option{"c", "cookie-jar", Effect::kNothingTaken},
    Option{"E", "cert", Effect::kNothingTaken},
    Option{"", "key", Effect::kNothingTaken},
    Option{"", "retry-delay", Effect::kNothingTaken},
    Option{"", "retry-max-time", Effect::kNothingTaken},
    Option{"", "connect-to", Effect::kNothingTaken},
    Option{"", "interface", Effect::kNothingTaken},
};

bool TakesValue(Effect effect) {
  return effect != Effect::kNothing && effect != Effect::kGet && effect != Effect::kHead;
}

bool IsCurl(std::string_view word) {
  const std::string_view name = word.substr(word.find_last_of("/\\") + 1);
  return name == "curl" || name == "curl.exe";
}

// What a shell runs curl by, or NAME=VALUE.
bool IsBeforeCurl(std::string_view word) {
  constexpr std::array<std::string_view, 9> kCommands = {
      "command", "env", "exec", "nice", "nohup", "sudo", "time", "timeout", "watch"};
  if (std::ranges::find(kCommands, word) != kCommands.end()) return true;
  const std::size_t equals = word.find('=');
  return equals != std::string_view::npos && equals > 0 &&
         std::ranges::all_of(word.substr(0, equals), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '_';
         });
}

class CurlReader {
 public:
  explicit CurlReader(const ReadNamedFile& read_file) : read_file_(read_file) {}

  Result<Request> Run(std::vector<std::string> words) {
    // A prompt that was copied along.
    if (!words.empty() && words.front() == "$") words.erase(words.begin());
    if (!words.empty() && IsCurl(words.front())) {
      words.erase(words.begin());
    } else if (!words.empty() && IsBeforeCurl(words.front())) {
      Fail("\"" + words.front().substr(0, words.front().find('=')) +
           "\" before curl: paste the command from curl on");
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
      case Effect::kUrlQuery:
        if (!query_.empty()) query_ += '&';
        query_ += value.starts_with('+') ? value.substr(1) : Encode(value);
        return;
      case Effect::kForm:
        return Fail("--form sends multipart, which is no body that the venues read");
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

  // "content", "=content" or "name=content". A blank is `+`, as curl has it since 7.77.
  static std::string Encode(const std::string& value) {
    const std::size_t equals = value.find('=');
    const std::size_t content = equals == std::string::npos ? 0 : equals + 1;
    std::string out = content > 1 ? value.substr(0, content) : "";
    for (const char c : value.substr(content)) out += c == ' ' ? "+" : PercentEncode({&c, 1});
    return out;
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
    // With both, curl sends --get's data alone.
    const std::string& query = get_ && has_data_ ? data_ : query_;
    if (!query.empty()) {
      out.target += (out.target.find('?') == std::string::npos ? "?" : "&") + query;
    }
    if (!get_) out.body = data_;
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
  std::string query_;
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

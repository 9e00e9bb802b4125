#include "mock_exchange/doctor/secrets.h"

#include <array>
#include <span>
#include <unordered_set>
#include <utility>

#include "mock_exchange/doctor/text.h"
#include "ocokit/base/digest.h"
#include "ocokit/base/encoding.h"
#include "ocokit/base/text.h"

namespace ocokit::mock::doctor {
namespace {

constexpr std::string_view kNewline = "secret_with_newline";
constexpr std::string_view kBlank = "secret_with_blank";
constexpr std::string_view kMark = "secret_with_byte_order_mark";
constexpr std::string_view kQuotes = "secret_in_quotes";
constexpr std::string_view kBeside = "secret_with_text_beside_it";
constexpr std::string_view kEncoded = "secret_encoded";

// What stands before and behind a secret that was copied or read from a file.
struct Around {
  std::string_view row;
  std::string_view before;
  std::string_view behind;
};

constexpr std::array kAround = {
    Around{kNewline, "", "\n"},
    Around{kNewline, "", "\r\n"},
    Around{kNewline, "", "\r"},
    Around{kNewline, "\n", ""},
    Around{kBlank, "", " "},
    Around{kBlank, " ", ""},
    Around{kBlank, "", "\t"},
    Around{kMark, "\xEF\xBB\xBF", ""},
    Around{kQuotes, "\"", "\""},
    Around{kQuotes, "'", "'"},
    // What stands above is used most.
    Around{kQuotes, "`", "`"},
    Around{kQuotes, "b'", "'"},
    Around{kQuotes, "b\"", "\""},
    Around{kQuotes, "\"", ""},
    Around{kQuotes, "", "\""},
    Around{kBlank, "\t", ""},
    Around{kBlank, "\xC2\xA0", ""},  // a blank that does not break
    Around{kBlank, "", "\xC2\xA0"},
    Around{kBlank, "\xE2\x80\x8B", ""},  // one without width
    Around{kBlank, "", "\xE2\x80\x8B"},
    Around{kBeside, "", ";"},
    Around{kBeside, "", ","},
    Around{kBeside, "", "."},
    Around{kBeside, "=", ""},
    Around{kBeside, "<", ">"},
    Around{kBeside, "${", "}"},
    Around{kBeside, "SECRET=", ""},
    Around{kBeside, "secret=", ""},
    Around{kBeside, "API_SECRET=", ""},
    Around{kBeside, "SECRET_KEY=", ""},
    Around{kBeside, "secretKey=", ""},
    Around{kBeside, "BINGX_SECRET=", ""},
    Around{kBeside, "BINGX_API_SECRET=", ""},
    Around{kBeside, "WHITEBIT_SECRET=", ""},
    Around{kBeside, "WHITEBIT_API_SECRET=", ""},
};
constexpr std::size_t kUsual = 10;
// Of those up to the semicolon and comma, two may come together.
constexpr std::size_t kPaired = 22;

std::string Put(const Around& around, const std::string& secret) {
  return std::string(around.before).append(secret).append(around.behind);
}

// Base64 in either alphabet, with or without its padding.
std::string ReadBase64(const std::string& text) {
  std::string standard = Replaced(Replaced(text, "-", "+"), "_", "/");
  while (!standard.empty() && standard.back() == '=') standard.pop_back();
  while (standard.size() % 4 != 0) standard += '=';
  return ParseBase64(standard).value_or("");
}

// As programs on Windows hold text: two bytes for each of ASCII, the lower one first.
std::string Utf16(const std::string& text) {
  std::string out;
  for (const char c : text) out.append(1, c).append(1, '\0');
  return out;
}

std::string Hex(std::string_view bytes) {
  return FormatHex({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

class List {
 public:
  explicit List(const std::string& secret) : secret_(secret) {}
  void Add(std::string_view row, std::string text, std::string_view also = {}) {
    // Two things around it come out alike in either order.
    if (text == secret_ || !seen_.insert(text).second) return;
    out_.push_back({row, std::move(text), also});
  }
  std::vector<WrongSecret> Take() { return std::move(out_); }

 private:
  const std::string& secret_;
  std::unordered_set<std::string> seen_;
  std::vector<WrongSecret> out_;
};

}  // namespace

std::vector<WrongSecret> WrongSecrets(const Credentials& credentials) {
  const std::string& secret = credentials.secret;
  List list(secret);
  list.Add("api_key_as_secret", credentials.key);
  for (std::size_t i = 0; i < kUsual; ++i) list.Add(kAround[i].row, Put(kAround[i], secret));
  for (const char* nothing : {"", "undefined", "null", "None", "nil", "<nil>"}) {
    list.Add("secret_empty", nothing);
  }
  list.Add("secret_in_other_case", Lower(secret));
  list.Add("secret_in_other_case", Upper(secret));
  if (secret.size() > 1) {
    list.Add("secret_cut", secret.substr(1));
    list.Add("secret_cut", secret.substr(0, secret.size() - 1));
  }
  if (const Result<std::string> bytes = ParseHex(secret)) list.Add("secret_decoded", *bytes);
  if (const std::string bytes = ReadBase64(secret); !bytes.empty()) {
    list.Add("secret_decoded", bytes);
  }
  list.Add(kEncoded, FormatBase64(secret));
  list.Add(kEncoded, Hex(secret));
  return list.Take();
}

std::vector<WrongSecret> RareSecrets(const Credentials& credentials) {
  const std::string& secret = credentials.secret;
  List list(secret);
  for (std::size_t i = kUsual; i < kAround.size(); ++i) {
    list.Add(kAround[i].row, Put(kAround[i], secret));
  }
  for (const Around& inner : std::span(kAround).first(kPaired)) {
    for (const Around& outer : std::span(kAround).first(kPaired)) {
      const std::string_view also = outer.row == inner.row ? std::string_view() : outer.row;
      list.Add(inner.row, Put(outer, Put(inner, secret)), also);
    }
  }
  for (const char* nothing : {"NULL", "Null", "nan", "NaN", "<null>", "(null)", "false", "0",
                              "\"\"", "[object Object]", "[object Promise]"}) {
    list.Add("secret_empty", nothing);
  }
  for (std::size_t cut = 2; cut <= 4 && cut < secret.size(); ++cut) {
    list.Add("secret_cut", secret.substr(cut));
    list.Add("secret_cut", secret.substr(0, secret.size() - cut));
  }
  list.Add(kBeside, secret + secret);
  for (const char* between : {"", ":", "\n"}) {
    list.Add(kBeside, credentials.key + between + secret);
    list.Add(kBeside, secret + between + credentials.key);
  }
  list.Add(kEncoded, Utf16(secret));
  list.Add(kEncoded, "\xFF\xFE" + Utf16(secret));
  list.Add(kEncoded, Upper(Hex(secret)));
  for (const HashKind kind :
       {HashKind::kMd5, HashKind::kSha1, HashKind::kSha256, HashKind::kSha512}) {
    // Its bytes are no other key: an HMAC hashes a key that is longer than a block.
    list.Add(kEncoded, Hex(Hash(kind, secret)));
  }
  return list.Take();
}

}  // namespace ocokit::mock::doctor

// More or less than the parameters, other signs between them, and the text in another form: what
// clients take over from other venues.

#include "mock_exchange/doctor/bingx_texts.h"
#include "mock_exchange/doctor/text.h"
#include "mock_exchange/wire/request.h"
#include "ocokit/base/digest.h"
#include "ocokit/base/encoding.h"

namespace ocokit::mock::doctor::bingx {
namespace {

std::string Hex(std::string_view bytes) {
  return FormatHex({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

std::string ValueOf(const View& view, std::string_view name, std::string_view otherwise) {
  const Pair* pair = view.Find(name);
  return pair == nullptr ? std::string(otherwise) : pair->value;
}

void TryMore(const View& view, const Patient& who, Search& search, const std::string& text) {
  const auto is = [&](const std::string& whole, std::string_view what) {
    search.Try("more_than_parameters_signed", whole, {}, what);
  };
  const std::string stamp = ValueOf(view, "timestamp", "");
  const std::string window = ValueOf(view, "recvWindow", "");
  is(who.key + text, "the API key before the parameters");
  is(text + who.key, "the API key behind the parameters");
  for (const char* name : {"apiKey=", "apikey=", "api_key=", "X-BX-APIKEY="}) {
    is(name + who.key + "&" + text, "the API key as a parameter before the others");
    is(text + "&" + name + who.key, "the API key as a parameter behind the others");
  }
  for (const char* name : {"secretKey=", "secret=", "secret_key=", "apiSecret=", "key="}) {
    is(text + "&" + name + who.secret, "the secret as a parameter behind the others");
  }
  is(text + who.secret, "the secret behind the parameters");
  is(stamp + text, "the timestamp before the parameters, as other venues have it");
  is(stamp + who.key + window + text, "timestamp, key and recvWindow before the parameters");
  is(stamp + who.key + "5000" + text, "timestamp, key and a window before the parameters");
  is(text + "\n", "a line break behind the parameters");
  is(text + "\r\n", "a line break behind the parameters");
  is(text + "&signature=", "an empty signature behind the parameters");
  is(text + "&signature", "the word signature behind the parameters");
}

void TryLess(const View& view, const Pairs& pairs, Search& search) {
  const auto is = [&](const std::string& whole, std::string_view what) {
    search.Try("less_than_parameters_signed", whole, {}, what);
  };
  std::string values;
  std::string by_ampersand;
  std::string names_too;
  for (const Pair& pair : pairs) {
    values += pair.value;
    by_ampersand += (by_ampersand.empty() ? "" : "&") + pair.value;
    names_too += pair.name + pair.value;
  }
  is("", "nothing at all");
  is(values, "the values without their names");
  is(by_ampersand, "the values without their names");
  is(names_too, "names and values with nothing between them");
  const std::string stamp = ValueOf(view, "timestamp", "");
  is(stamp, "the digits of the timestamp");
  // Of two parameters, the other one was left out, which is a row of its own.
  if (pairs.size() > 2) is("timestamp=" + stamp, "the timestamp alone");
}

void TryChanged(Search& search, const std::string& text) {
  const auto is = [&](const std::string& whole, std::string_view what) {
    search.Try("text_changed_before_signing", whole, {}, what);
  };
  is(Lower(text), "the text in small letters");
  is(Upper(text), "the text in capital letters");
  is(PercentEncode(text, ""), "the whole text percent-encoded");
  is(PercentEncode(text, "!'()*"), "the whole text percent-encoded");
  is(PercentEncode(text, "", /*lower_case=*/true), "the whole text percent-encoded");
  is(FormatBase64(text), "the text in base64");
  for (const HashKind kind : {HashKind::kSha256, HashKind::kMd5, HashKind::kSha512}) {
    const std::string digest = Hash(kind, text);
    is(digest, "a digest of the text");
    is(Hex(digest), "a digest of the text");
    is(Upper(Hex(digest)), "a digest of the text");
  }
}

void TrySeparators(const Pairs& pairs, Search& search) {
  for (const char* between : {",", "\n", ";", "|", " ", ", ", "&amp;", "+"}) {
    search.Try("pairs_joined_without_ampersand", Join(pairs, between));
  }
  search.Try("trailing_ampersand", "&" + Join(pairs));
}

}  // namespace

void TryJoints(const View& view, const Patient& credentials, Search& search) {
  for (const Pairs* pairs : {&view.sorted, &view.pairs}) {
    if (search.done()) return;
    const std::string text = Join(*pairs);
    TrySeparators(*pairs, search);
    TryMore(view, credentials, search, text);
    TryLess(view, *pairs, search);
    TryChanged(search, text);
  }
}

}  // namespace ocokit::mock::doctor::bingx

// Plants secrets wherever a client can put them, in every form, and looks for them in all that the
// simulator shows.

#include <gtest/gtest.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "mock_exchange/control/control.h"
#include "mock_exchange/testing/secret_forms.h"
#include "ocokit/base/encoding.h"

namespace ocokit::mock {
namespace {

using nlohmann::json;
using testing::Planted;

constexpr std::string_view kBingxPath = "/openApi/spot/v1/oco/order";
constexpr std::string_view kWhitebitPath = "/api/v4/order/collateral/oco";

// With a letter at either end, since what is around a secret does not count.
std::string RandomSecret(std::mt19937& random) {
  constexpr std::string_view kCharacters =
      "abcdefghijkmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/+=%\\\"'& -_{}:,<>?#";
  std::string out(12 + random() % 30, 'x');
  for (char& c : out) c = kCharacters[random() % kCharacters.size()];
  out.front() = 'q';
  out.back() = 'z';
  return out;
}

Request Ask(std::string method, std::string target, std::string body = "",
            std::vector<Header> headers = {}) {
  Request out;
  out.method = std::move(method);
  out.target = std::move(target);
  out.headers = std::move(headers);
  out.body = std::move(body);
  out.remote_ip = "127.0.0.1";
  return out;
}

// The requests by which a client gives a text away.
std::vector<Request> RequestsWith(const std::string& text, const std::string& key_of_bingx,
                                  const std::string& key_of_whitebit) {
  const std::string bingx(kBingxPath);
  const std::string whitebit(kWhitebitPath);
  const std::string body = R"({"market":")" + text + R"(","nonce":1,"request":"/api"})";
  const Header bingx_key = {"X-BX-APIKEY", key_of_bingx};
  const Header whitebit_key = {"X-TXC-APIKEY", key_of_whitebit};
  return {
      Ask("POST", bingx + "?symbol=" + text + "&timestamp=1&signature=ab", "", {bingx_key}),
      Ask("POST", bingx + "?" + text + "=1&timestamp=" + text + "&signature=" + text, "",
          {bingx_key}),
      Ask("POST", bingx, "symbol=" + text + "&timestamp=1&signature=ab", {bingx_key}),
      Ask("POST", bingx, R"({"symbol":")" + text + R"(","recvWindow":")" + text + "\"}",
          {bingx_key}),
      Ask("POST", bingx, text, {bingx_key, {"X-Note", text}, {text, "1"}}),
      Ask("POST", bingx, "a=1", {{"X-BX-APIKEY", text}}),
      Ask(text, bingx, "", {bingx_key}),
      Ask("POST", bingx + "/" + text, "", {bingx_key}),
      Ask("GET", "/" + bingx + "?a=" + text, "", {bingx_key}),
      Ask("POST", whitebit, body,
          {whitebit_key, {"X-TXC-PAYLOAD", FormatBase64(body)}, {"X-TXC-SIGNATURE", text}}),
      Ask("POST", whitebit, R"({"nonce":1,"request":"/api/v4","market":"x"})",
          {whitebit_key, {"X-TXC-PAYLOAD", FormatBase64(body)}, {"X-TXC-SIGNATURE", "ab"}}),
      Ask("POST", whitebit, text, {whitebit_key, {"X-TXC-PAYLOAD", text}}),
      Ask("POST", whitebit + "?" + text, "", {whitebit_key, {"X-TXC-PAYLOAD", "e30="}}),
      Ask("POST", whitebit, R"({"request":")" + text + R"(","nonce":")" + text + "\"}",
          {{"X-TXC-APIKEY", text}, {"X-TXC-PAYLOAD", text}, {"X-TXC-SIGNATURE", text}}),
      Ask("POST", "/" + text, text, {{text, text}, {"Host", text}}),
  };
}

// All texts of a document beside its own, since in JSON a text is written in another way.
void AddTexts(const json& value, std::vector<std::string>& out) {
  if (value.is_string()) out.push_back(value.get<std::string>());
  if (!value.is_structured()) return;
  for (const auto& [name, member] : value.items()) {
    out.push_back(name);
    AddTexts(member, out);
  }
}

class SecretLeaks : public ::testing::Test {
 protected:
  SecretLeaks() {
    for (int i = 0; i < 4; ++i) secrets_.push_back(RandomSecret(random_));
    // In a file of settings as it comes out of somebody's clipboard.
    accounts_ = {Add(Venue::kBingx, secrets_[0]),
                 Add(Venue::kWhitebit, "\"" + secrets_[1] + "\"\n"),
                 Add(Venue::kBingx, secrets_[2])};
    const std::string gone = Add(Venue::kWhitebit, secrets_[3]);
    EXPECT_TRUE(exchange_.RemoveId(gone));
  }

  std::string Add(Venue venue, const std::string& secret) {
    AccountOptions options;
    options.venue = venue;
    options.secret = secret;
    options.key = "key-of-account-" + std::to_string(keys_.size());
    options.frozen_at = FromUnixMillis(1'700'000'000'000);
    options.settings.diagnosis_header = true;
    options.settings.rate_limits = false;
    keys_.push_back(options.key);
    return exchange_.AddAccount(options).value()->id;
  }

  // Keeps what is shown, to look through it.
  void Take(const std::string& name, const std::string& text) {
    std::vector<std::string>& texts = shown_[name];
    texts.push_back(text);
    const json whole = json::parse(text, nullptr, false);
    if (!whole.is_discarded()) AddTexts(whole, texts);
    // The data of server-sent events.
    for (std::size_t at = text.find("data: "); at != std::string::npos;
         at = text.find("data: ", at + 1)) {
      const std::string line = text.substr(at + 6, text.find('\n', at) - at - 6);
      const json data = json::parse(line, nullptr, false);
      if (!data.is_discarded()) AddTexts(data, texts);
    }
  }
  Response Call(const std::string& method, const std::string& target,
                const std::string& body = "") {
    const Answer answer = control_.AnswerTo(Ask(method, "/control/v1" + target, body));
    const std::string name = method + " " + target.substr(0, target.find('?'));
    Take(name, answer.response->body);
    for (const auto& headers : {answer.response->headers, answer.more_headers}) {
      for (const Header& header : headers) Take(name, header.value);
    }
    if (answer.more != nullptr) Take(name, answer.more->Take().value_or(""));
    return *answer.response;
  }

  void SendAll(const std::string& text, bool known) {
    const std::string bingx = known ? keys_[0] : "nobodys-key";
    const std::string whitebit = known ? keys_[1] : "nobodys-key";
    for (Request& request : RequestsWith(text, bingx, whitebit)) {
      const Answer answer = exchange_.AnswerTo(std::move(request));
      Take("Ocokit-Diagnosis", Headers(answer.more_headers, "Ocokit-Diagnosis"));
      if (answer.on_sent) answer.on_sent({});
    }
  }
  static std::string Headers(const std::vector<Header>& headers, const std::string& name) {
    std::string out;
    for (const Header& header : headers) {
      if (header.name == name) out += header.value + "\n";
    }
    return out;
  }

  // By the names that a caller chooses, and in calls that are refused.
  void ControlAll(const std::string& text) {
    const std::string as_json = json(text).dump(-1, ' ', false, json::error_handler_t::replace);
    const std::string in_path = PercentEncode(text, "");
    for (const std::string& path :
         {"/" + in_path, "/accounts/" + in_path, "/accounts?" + in_path + "=1",
          "/accounts/bingx-1/markets/" + in_path + "/price",
          "/accounts/bingx-1/journal?limit=" + in_path}) {
      Take("GET of a path", control_.AnswerTo(Ask("GET", "/control/v1" + path)).response->body);
    }
    Take("a method", control_.AnswerTo(Ask(text, "/control/v1/accounts")).response->body);
    Take("a path", control_.AnswerTo(Ask("GET", "/control/v1/accounts/" + text)).response->body);
    Call("PUT", "/accounts/bingx-1/balances", "{" + as_json + ":\"1\"}");
    Call("PUT", "/accounts/bingx-1/balances", "{\"USDT\":" + as_json + "}");
    Call("PUT", "/accounts/bingx-1/settings", "{" + as_json + ":" + as_json + "}");
    Call("PUT", "/accounts/whitebit-1/positions", "[{\"market\":" + as_json + "}]");
    Call("POST", "/accounts", "{\"venue\":\"bingx\",\"key\":\"a b\",\"name\":" + as_json + "}");
    Call("POST", "/accounts", "{\"venue\":" + as_json + ",\"secret\":\"x\"}");
    Call("POST", "/accounts", text);
    Call("POST", "/accounts/bingx-1/faults", "{\"action\":{\"type\":" + as_json + "}}");
    Call("POST", "/accounts/bingx-1/faults",
         "{\"times\":1,\"match\":{\"path\":" + as_json + "},\"action\":{\"type\":\"reset\"}}");
    Call("POST", "/doctor", "{\"account\":" + as_json + ",\"curl\":\"curl http://x/\"}");
    for (const std::string who : {R"("account":"bingx-1")", R"("account":"whitebit-1")",
                                  R"("venue":"whitebit","key":"k","secret":"another-one")"}) {
      const std::string raw = "POST " + std::string(kWhitebitPath) + "?" + text +
                              " HTTP/1.1\r\nX-TXC-APIKEY: " + text + "\r\nX-TXC-PAYLOAD: " + text +
                              "\r\nX-TXC-SIGNATURE: " + text + "\r\n\r\n" + text;
      Call("POST", "/doctor", "{" + who + ",\"raw\":" + Dump(raw) + "}");
      Call("POST", "/doctor", "{" + who + ",\"raw\":" + Dump(text) + "}");
      Call("POST", "/doctor",
           "{" + who + ",\"curl\":" +
               Dump("curl -X POST 'http://x" + std::string(kBingxPath) + "?a=" + text + "' --" +
                    text + " " + text) +
               "}");
      Call("POST", "/doctor",
           "{" + who + ",\"request\":{\"method\":" + as_json + ",\"target\":" + as_json +
               ",\"headers\":[{\"name\":" + as_json + ",\"value\":" + as_json +
               "}],\"body\":" + as_json + "}}");
    }
  }
  static std::string Dump(const std::string& text) {
    return json(text).dump(-1, ' ', false, json::error_handler_t::replace);
  }

  void ReadAll() {
    for (const std::string account : {"bingx-1", "whitebit-1", "bingx-2"}) {
      const std::string at = "/accounts/" + account;
      for (const std::string full : {"false", "true"}) {
        Call("GET", at + "/journal?limit=10000&full=" + full);
        Call("GET", at + "/journal.har?full=" + full);
        Call("GET", at + "/journal/stream?after=0&full=" + full);
      }
      Call("GET", at);
      Call("GET", at + "/faults");
      Call("GET", at + "/settings");
      Call("GET", at + "/orders");
      const AccountHandle handle(exchange_.FindId(account));
      for (const JournalEntry& entry : handle.Journal({.limit = 10'000, .full = true})) {
        Take("AccountHandle", entry.request.target + entry.request.method + entry.request.body);
        if (entry.diagnosis) Take("AccountHandle", ToJson(*entry.diagnosis));
      }
    }
    Call("GET", "/journal?limit=10000&full=true");
    Call("GET", "/accounts");
    Take("/metrics", control_.AnswerTo(Ask("GET", "/metrics")).response->body);
  }

  void LookFor(const std::string& telltale, const std::string& what) {
    for (const auto& [name, texts] : shown_) {
      for (const std::string& text : texts) {
        ++looked_through_;
        const std::size_t at = text.find(telltale);
        if (at == std::string::npos) continue;
        const std::size_t first = at - std::min<std::size_t>(at, 60);
        ADD_FAILURE() << name << " shows " << what << " as `" << telltale << "`: ..."
                      << text.substr(first, telltale.size() + 120);
        return;
      }
    }
  }

  std::mt19937 random_{8};
  std::vector<std::string> keys_;
  std::vector<std::string> secrets_;
  std::map<std::string, std::vector<std::string>> shown_;
  Exchange exchange_{std::make_shared<ManualClock>(FromUnixMillis(1'700'000'000'000)),
                     {[this](const RequestRecord& r) {
                        Take("a request's line", r.method + " " + r.path + " " + r.rule + " " +
                                                     r.lenient + " " + r.diagnosis + r.stage);
                      },
                      true}};
  Control control_{exchange_, "", [] { return Control::Connections(); }};
  std::vector<std::string> accounts_;
  std::size_t looked_through_ = 0;
};

TEST_F(SecretLeaks, NoSecretInAnyFormIsInAnythingThatIsShown) {
  for (std::size_t i = 0; i < secrets_.size(); ++i) {
    const std::vector<Planted> forms = testing::FormsOf(secrets_[i], random_);
    // Of the others' secrets a part, each another one: how they are looked for is the same.
    for (std::size_t form = i; form < forms.size(); form += i == 0 ? 1 : 3) {
      shown_.clear();
      SendAll(forms[form].text, /*known=*/form % 5 != 4);
      ControlAll(forms[form].text);
      ReadAll();
      LookFor(forms[form].telltale, "the secret " + std::to_string(i));
      for (const std::string& id : accounts_) Call("DELETE", "/accounts/" + id + "/journal");
      Call("DELETE", "/accounts/bingx-1/faults");
    }
  }
  EXPECT_GT(looked_through_, 100'000U);
}

// What a refused call gave is no account's secret, and is not shown for that.
TEST_F(SecretLeaks, ASecretThatACallGivesIsNotQuoted) {
  const std::string secret = "wanted-for-an-account";
  for (
      const std::string body :
      {R"({"venue":"bingx","key":"wanted-for-an-account x","secret":"wanted-for-an-account"})",
       R"({"venue":{"a":"wanted-for-an-account"},"secret":"wanted-for-an-account"})",
       R"({"venue":{"a":"0123456789012345678901234567890123456789012345678901234567890123456wanted-for-an-account"},"secret":"wanted-for-an-account"})"}) {
    const Response response = Call("POST", "/accounts", body);
    EXPECT_EQ(response.status, 400);
    EXPECT_EQ(response.body.find("wanted"), std::string::npos) << response.body;
  }
  const Response response = Call("POST", "/doctor",
                                 R"({"venue":"bingx","key":"k","secret":"wanted-for-an-account",)"
                                 R"("curl":"curl --wanted-for-an-account"})");
  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(response.body.find("wanted"), std::string::npos) << response.body;
}

// Found by the fuzz target: hidden, the name of the member would be gone.
TEST_F(SecretLeaks, ASecretThatIsTheNameOfAMemberLeavesTheMemberItsName) {
  const Response refused = Call("POST", "/accounts", R"({"venue":"nowhere","secret":"detail"})");
  EXPECT_EQ(refused.status, 400);
  EXPECT_TRUE(json::parse(refused.body).contains("detail")) << refused.body;
  const std::string id = Add(Venue::kBingx, "balances");
  const json account = json::parse(Call("GET", "/accounts/" + id).body);
  EXPECT_TRUE(account["balances"].contains("USDT")) << account;
}

// The one reply that has it is that of the call that makes the account.
TEST_F(SecretLeaks, WhoMakesAnAccountIsToldItsSecret) {
  const Response made =
      Call("POST", "/accounts", R"({"venue":"bingx","key":"some-key","secret":"some-secret"})");
  EXPECT_EQ(json::parse(made.body)["secret"], "some-secret");
  EXPECT_EQ(json::parse(made.body)["key"], "some-key");
}

}  // namespace
}  // namespace ocokit::mock

// The whole of ocokit in one run: the simulator starts, the client library places both OCO orders
// over real HTTP with real signatures, the price moves, one order of each pair fills and the other
// is cancelled; then one refused request of each kind, and a reply that is lost.

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>

#include "ocokit/client/bingx.h"
#include "ocokit/client/http_transport.h"
#include "ocokit/client/nonce.h"
#include "ocokit/client/whitebit.h"
#include "ocokit/client/whitebit_signer.h"
#include "ocokit/mock/server.h"

namespace {

namespace bingx = ocokit::client::bingx;
namespace client = ocokit::client;
namespace mock = ocokit::mock;
namespace whitebit = ocokit::client::whitebit;
using ocokit::Decimal;

bool UsesColour() {
  const char* no_colour = std::getenv("NO_COLOR");
  return isatty(STDOUT_FILENO) == 1 && (no_colour == nullptr || *no_colour == '\0');
}

void Say(const char* code, const std::string& text) {
  if (UsesColour()) {
    std::printf("\x1b[%sm%s\x1b[0m\n", code, text.c_str());
  } else {
    std::printf("%s\n", text.c_str());
  }
}
void Title(const std::string& text) { Say("1", "\n" + text); }
void Step(const std::string& text) { Say("36", "  " + text); }
void Wire(const char* arrow, const std::string& text) { Say("2", "    " + (arrow + text)); }

[[noreturn]] void Fail(const std::string& what) {
  std::fprintf(stderr, "demo: %s\n", what.c_str());
  std::exit(1);
}

// The value, or the end of the demo.
template <typename T>
T Must(T value, const char* what) {
  if (!value) Fail(std::string(what) + ": " + value.error().message);
  return value;
}

std::string Shorten(const std::string& text, std::size_t most = 230) {
  return text.size() <= most ? text : text.substr(0, most) + "...";
}

// Shows each request and reply in short, on its way through the real transport.
class Showing final : public client::Transport {
 public:
  explicit Showing(const std::string& url)
      : real_(*Must(client::MakeHttpTransport({.base_url = url}), "transport")) {}

  tl::expected<client::HttpResponse, client::TransportError> Send(
      const client::HttpRequest& request) override {
    const bool get = request.method == client::HttpMethod::kGet;
    Wire("-> ", Shorten((get ? "GET " : "POST ") + request.target + " " + request.body));
    for (const auto& [name, value] : request.headers) {
      if (name == "X-TXC-SIGNATURE") Wire("   ", name + ": " + value.substr(0, 24) + "...");
    }
    auto response = real_->Send(request);
    if (response) {
      std::string body = response->body;
      while (!body.empty() && body.back() == '\n') body.pop_back();
      Wire("<- ", std::to_string(response->status) + " " + Shorten(body));
    }
    return response;
  }

 private:
  std::unique_ptr<client::Transport> real_;
};

void ShowRefusal(const client::Error& error) {
  std::string text = "refused: " + std::string(client::KindName(error.kind));
  if (error.code) text += ", code " + std::to_string(*error.code);
  text += ", " + error.message;
  for (const client::FieldError& field : error.fields) {
    text += "\n             " + field.field + ": " + field.message;
  }
  Say("33", "    " + text);
}

void ShowPair(const mock::AccountHandle& account) {
  const mock::PairView pair = account.Orders().front();
  Say("32", "    limit order " + std::to_string(pair.limit.id) + ": " + Name(pair.limit.state) +
                "    stop-limit order " + std::to_string(pair.stop.id) + ": " +
                Name(pair.stop.state));
}

void MovePrice(mock::AccountHandle& account, const std::string& market, std::int64_t last) {
  Step("the price of " + market + " moves to " + std::to_string(last));
  Must(account.SetLast(market, Decimal(last)), "price");
  ShowPair(account);
}

void ShowBalance(const mock::AccountHandle& account) {
  std::string text = "    balances:";
  for (const char* asset : {"USDT", "BTC"}) {
    const mock::BalanceView balance = account.Balance(asset);
    text += " " + balance.free.Format() + " " + asset;
    if (!balance.reserved.IsZero()) text += " (and " + balance.reserved.Format() + " reserved)";
  }
  Say("0", text);
}

// The refusal of `result`; accepting it would be a mistake of the simulator.
template <typename T>
void ShowRefused(const T& result) {
  if (result) Fail("what should have been refused was accepted");
  ShowRefusal(result.error());
}

bingx::PlaceOcoRequest BingxExample() {
  return {.symbol = "BTC-USDT",
          .side = bingx::Side::kBuy,
          .quantity = Decimal::Parse("0.001").value(),
          .limit_price = Decimal(48000),
          .order_price = Decimal(88000),
          .trigger_price = Decimal(87000),
          .list_client_order_id = "12345610030"};
}

whitebit::PlaceOcoRequest WhitebitExample() {
  return {.market = "BTC_USDT",
          .side = whitebit::Side::kBuy,
          .amount = Decimal::Parse("0.001").value(),
          .price = Decimal(40000),
          .activation_price = Decimal(41000),
          .stop_limit_price = Decimal(42000),
          .client_order_id = "order1987111"};
}

client::Credentials TestKey(const char* secret = "test-secret") {
  return client::Credentials("test-key", secret);
}

// Every client of a WhiteBIT key draws its nonces from one source.
using Nonces = std::shared_ptr<client::NonceSource>;

void RunBingx(const mock::Server& server, const std::shared_ptr<client::Transport>& transport) {
  Title("BingX spot OCO: buy at 48000, or at 88000 once 87000 trades");
  mock::AccountHandle account = *Must(server.FindAccount(mock::Venue::kBingx, "test-key"), "key");
  bingx::Client client = *Must(bingx::Client::Make({}, TestKey(), transport), "client");
  Step("the client places the pair");
  Must(client.PlaceOco(BingxExample()), "place");
  ShowPair(account);
  ShowBalance(account);
  MovePrice(account, "BTC-USDT", 60000);
  MovePrice(account, "BTC-USDT", 87500);
  ShowBalance(account);
  Step("the client asks for the history");
  Must(client.ListOcoHistory(), "history");
}

void RunWhitebit(const mock::Server& server, const std::shared_ptr<client::Transport>& transport,
                 const Nonces& nonces) {
  Title("WhiteBIT collateral OCO: buy at 40000, or at 42000 once 41000 trades");
  mock::AccountHandle account =
      *Must(server.FindAccount(mock::Venue::kWhitebit, "test-key"), "key");
  whitebit::Client client =
      *Must(whitebit::Client::Make({.nonces = nonces}, TestKey(), transport), "client");
  Step("the client places the pair");
  Must(client.PlaceOco(WhitebitExample()), "place");
  ShowPair(account);
  MovePrice(account, "BTC_USDT", 40250);
  MovePrice(account, "BTC_USDT", 39900);
  const mock::PositionView position = account.Position("BTC_USDT");
  Say("0", "    position: " + position.amount.Format() + " BTC at " + position.base_price.Format());
  Step("the client asks for open pairs");
  Must(client.ListConditionals(), "list");
}

// What the simulator finds wrong with the last request.
void ShowDiagnosis(const mock::AccountHandle& account) {
  const std::optional<mock::Diagnosis> found = account.Journal().back().diagnosis;
  if (!found) Fail("no diagnosis");
  Say("0", "    the doctor: " + found->title + ". " + found->fix);
}

void RunRefusals(mock::Server& server, const std::shared_ptr<client::Transport>& transport,
                 const Nonces& nonces) {
  Title("What is refused, and how");
  Step("the API key where the secret belongs");
  bingx::Client stranger = *Must(bingx::Client::Make({}, TestKey("test-key"), transport), "client");
  ShowRefused(stranger.PlaceOco(BingxExample()));
  ShowDiagnosis(*Must(server.FindAccount(mock::Venue::kBingx, "test-key"), "account"));

  Step("missing fields (the client library would not send this; signed and sent by hand)");
  const std::string body = R"({"request":"/api/v4/order/collateral/oco","nonce":)" +
                           std::to_string(nonces->Next()) + R"(,"market":"BTC_USDT","side":"buy"})";
  const whitebit::SignedPayload headers = whitebit::Signer("test-secret").Sign(body);
  Must(transport->Send({.method = client::HttpMethod::kPost,
                        .target = "/api/v4/order/collateral/oco",
                        .content_type = "application/json",
                        .headers = {{"X-TXC-APIKEY", "test-key"},
                                    {"X-TXC-PAYLOAD", headers.payload},
                                    {"X-TXC-SIGNATURE", headers.signature}},
                        .body = body}),
       "send");

  Step("reduce-only, on the side of the position (buying when long)");
  whitebit::Client whitebit_client =
      *Must(whitebit::Client::Make({.nonces = nonces}, TestKey(), transport), "client");
  whitebit::PlaceOcoRequest reduce = WhitebitExample();
  reduce.reduce_only = true;
  reduce.price = Decimal(39000);
  ShowRefused(whitebit_client.PlaceOco(reduce));

  Step("more than two placements in a second (the client's own limiter switched off)");
  bingx::Client hasty =
      *Must(bingx::Client::Make({.rate_limit = {.enabled = false}, .retry = {.max_attempts = 1}},
                                TestKey(), transport),
            "client");
  bingx::PlaceOcoRequest request = BingxExample();
  request.trigger_price = Decimal(95000);
  request.order_price = Decimal(96000);
  bool refused = false;
  // A window may just have begun: three in a row exceed the limit at the latest.
  for (int i = 0; i < 3 && !refused; ++i) {
    request.list_client_order_id = std::to_string(700 + i);
    request.limit_price = Decimal(47000 + i);
    const auto result = hasty.PlaceOco(request);
    refused = !result;
    if (refused) ShowRefusal(result.error());
  }
  if (!refused) Fail("no rate limit");
}

void RunLostReply(mock::Server& server, const std::shared_ptr<client::Transport>& transport,
                  const Nonces& nonces) {
  Title("A reply that is lost");
  auto account = *Must(server.FindAccount(mock::Venue::kWhitebit, "test-key"), "account");
  Must(account.AddFault({.action = mock::LostReply{}, .times = 1}), "fault");
  whitebit::Client client =
      *Must(whitebit::Client::Make({.nonces = nonces}, TestKey(), transport), "client");
  whitebit::PlaceOcoRequest request = WhitebitExample();
  request.client_order_id = "lost1";
  request.price = Decimal(39000);
  Step("the order is placed, and the connection reset before the client learns of it");
  const auto placed = client.PlaceOco(request);
  if (placed || !placed.error().outcome_unknown) Fail("a lost reply was not noticed");
  Step("the client does not order again: it looks");
  const auto found = client.Reconcile(request, placed.error().sent_at);
  if (!found) Fail("reconcile: " + found.error().message);
  int open = 0;
  for (const mock::PairView& pair : account.Orders()) open += pair.open ? 1 : 0;
  Say("0", "    open pairs at the simulator: " + std::to_string(open));
}

}  // namespace

int main() {
  const auto server = *Must(mock::Server::Start(), "server");
  Say("1", "ocokit: both venues are simulated at " + server->url());
  const auto transport = std::make_shared<Showing>(server->url());
  const auto nonces =
      std::make_shared<client::NonceSource>(std::make_shared<ocokit::SystemClock>());
  RunBingx(*server, transport);
  RunWhitebit(*server, transport, nonces);
  RunRefusals(*server, transport, nonces);
  RunLostReply(*server, transport, nonces);
  Title("Done. `build/release/bin/ocokit serve` runs the simulator by itself.");
}

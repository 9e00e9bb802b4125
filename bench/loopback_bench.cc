// A placement over the loopback interface with the client library against a simulator in this
// process, plain and in TLS; and the same transport against the same listener, which answers the
// same bytes without looking at the request: what the way there and back takes.

#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

#include "bench/measure.h"
#include "bench/orders.h"
#include "mock_exchange/http/listener.h"
#include "ocokit/client/bingx.h"
#include "ocokit/client/whitebit.h"
#include "ocokit/mock/server.h"

namespace ocokit::bench {
namespace {

namespace bingx = client::bingx;
namespace whitebit = client::whitebit;

// A file with `text` that is gone when this is.
class TextFile {
 public:
  explicit TextFile(const std::string& text) {
    const int descriptor = mkstemp(path_.data());
    std::FILE* file = descriptor < 0 ? nullptr : fdopen(descriptor, "w");
    if (file == nullptr) return;
    std::fputs(text.c_str(), file);
    std::fclose(file);
  }
  ~TextFile() { std::remove(path_.c_str()); }
  TextFile(const TextFile&) = delete;
  TextFile& operator=(const TextFile&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_ = "/tmp/ocokit-bench-XXXXXX";
};

// A simulator with an account of the venue, and how to reach it.
struct Loopback {
  Loopback(mock::Venue venue, bool tls) {
    mock::ServerOptions options{.default_accounts = false,
                                .accounts = {Unlimited(venue, mock::Settings().journal_bytes)}};
    if (tls) options.tls.emplace();
    server = mock::Server::Start(options).value();
    if (tls) authority = std::make_unique<TextFile>(server->tls_certificate());
  }
  template <typename Options>
  [[nodiscard]] Options ClientOptions() const {
    Options options{.base_url = authority ? server->tls_url() : server->url()};
    if (authority) options.http.ca_file = authority->path();
    options.rate_limit.enabled = false;
    return options;
  }
  std::unique_ptr<mock::Server> server;
  std::unique_ptr<TextFile> authority;
};

client::Credentials Owner() { return {std::string(kKey), std::string(kSecret)}; }

void LoopbackBingx(benchmark::State& state, bool tls) {
  const Loopback loopback(mock::Venue::kBingx, tls);
  auto made = bingx::Client::Make(loopback.ClientOptions<bingx::ClientOptions>(), Owner());
  if (!made) return state.SkipWithError(made.error().message.c_str());
  bingx::PlaceOcoRequest order = BingxOrder();
  order.list_client_order_id.clear();
  Measure(state, [&] {
    if (!made->PlaceOco(order)) state.SkipWithError("refused");
  });
}
BENCHMARK_CAPTURE(LoopbackBingx, http, false)->UseRealTime();
BENCHMARK_CAPTURE(LoopbackBingx, tls, true)->UseRealTime();

void LoopbackWhitebit(benchmark::State& state, bool tls) {
  const Loopback loopback(mock::Venue::kWhitebit, tls);
  auto made = whitebit::Client::Make(loopback.ClientOptions<whitebit::ClientOptions>(), Owner());
  if (!made) return state.SkipWithError(made.error().message.c_str());
  whitebit::PlaceOcoRequest order = WhitebitOrder();
  order.client_order_id.clear();
  Measure(state, [&] {
    if (!made->PlaceOco(order)) state.SkipWithError("refused");
  });
}
BENCHMARK_CAPTURE(LoopbackWhitebit, http, false)->UseRealTime();
BENCHMARK_CAPTURE(LoopbackWhitebit, tls, true)->UseRealTime();

// The same bytes there and back, nothing signed, checked or read.
void LoopbackBare(benchmark::State& state, mock::Venue venue) {
  const auto response =
      mock::Share({.headers = {{"Content-Type", "application/json"}}, .body = PlacedReply(venue)});
  auto listener = mock::http::Listener::Start(
      {}, [&](mock::Request&&) { return mock::Answer{.response = response}; });
  if (!listener) return state.SkipWithError("no listener");
  const std::string url = "http://127.0.0.1:" + std::to_string((*listener)->port());
  auto transport = client::MakeHttpTransport({.base_url = url});
  if (!transport) return state.SkipWithError("no transport");
  const mock::Request create = SignedCreate(venue, 0);
  client::HttpRequest request{.method = client::HttpMethod::kPost,
                              .target = create.target,
                              .content_type = "application/json",
                              .body = create.body};
  for (const mock::Header& header : create.headers) {
    if (header.name != "Content-Type") request.headers.emplace_back(header.name, header.value);
  }
  Measure(state, [&] {
    if (!(*transport)->Send(request)) state.SkipWithError("no answer");
  });
}
BENCHMARK_CAPTURE(LoopbackBare, bingx, mock::Venue::kBingx)->UseRealTime();
BENCHMARK_CAPTURE(LoopbackBare, whitebit, mock::Venue::kWhitebit)->UseRealTime();

}  // namespace
}  // namespace ocokit::bench

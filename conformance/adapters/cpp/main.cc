// The client library behind the adapter protocol: reads a request from each line of standard input
// and prints its answer on standard output, in whatever order they are done.

#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <tuple>
#include <vector>

#include "conformance/adapters/cpp/answer.h"
#include "conformance/adapters/cpp/operations.h"
#include "ocokit/base/clock.h"

namespace ocokit::adapter {
namespace {

using nlohmann::json;

class Adapter {
 public:
  json CarryOut(const json& request) {
    const std::string op = TextArgument(request, "op");
    if (op == "ping") return OkAnswer(json::object());
    // Before there is a client, which would refuse the path in their address.
    if (op == "order_book" || op == "candles") {
      return {{"unsupported", "the client has no calls for market data"}};
    }
    const auto operations = OperationsFor(request);
    if (!operations) return ErrorAnswer(operations.error());
    json args = request.value("args", json::object());
    // Where the streams are is known with the request alone.
    if (request.contains("ws_url")) args["ws_url"] = request["ws_url"];
    return (*operations)->CarryOut(op, args);
  }

 private:
  // Kept, with their connections, for as long as the key is the same.
  client::Result<std::shared_ptr<Operations>> OperationsFor(const json& request) {
    Setup setup{
        .base_url = TextArgument(request, "base_url"),
        .key = TextArgument(request, "key"),
        .secret = TextArgument(request, "secret"),
        .timeout = std::chrono::milliseconds(NumberArgument(request, "timeout_ms").value_or(5000)),
        .nonces = nullptr};
    const std::string venue = TextArgument(request, "venue");
    const std::lock_guard lock(mutex_);
    if (setup.key != key_) {
      made_.clear();
      key_ = setup.key;
      nonces_ = std::make_shared<client::NonceSource>(std::make_shared<SystemClock>());
    }
    setup.nonces = nonces_;
    std::shared_ptr<Operations>& made = made_[{venue, setup.base_url, setup.timeout.count()}];
    if (!made) {
      auto fresh = venue == "bingx" ? MakeBingx(setup) : MakeWhitebit(setup);
      if (!fresh) return tl::unexpected(fresh.error());
      made = std::move(*fresh);
    }
    return made;
  }

  std::mutex mutex_;
  std::string key_;
  std::shared_ptr<client::NonceSource> nonces_;
  std::map<std::tuple<std::string, std::string, std::int64_t>, std::shared_ptr<Operations>> made_;
};

int Run() {
  Adapter adapter;
  std::mutex output;
  std::vector<std::thread> running;
  for (std::string line; std::getline(std::cin, line);) {
    json request = json::parse(line, nullptr, /*allow_exceptions=*/false);
    if (!request.is_object()) {
      std::cerr << "not a JSON object: " << line << '\n';
      continue;
    }
    running.emplace_back([&adapter, &output, request = std::move(request)] {
      json answer = adapter.CarryOut(request);
      answer["id"] = request.value("id", json());
      const std::lock_guard lock(output);
      std::cout << answer.dump(-1, ' ', false, json::error_handler_t::replace) << std::endl;
    });
  }
  for (std::thread& thread : running) thread.join();
  return 0;
}

}  // namespace
}  // namespace ocokit::adapter

int main() { return ocokit::adapter::Run(); }

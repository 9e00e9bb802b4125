#include "conformance/net/look_up.h"

#include <boost/asio/io_context.hpp>
#include <future>
#include <memory>
#include <thread>
#include <utility>

namespace ocokit::conform {
namespace {

namespace ip = boost::asio::ip;
using boost::system::error_code;

Result<Endpoints> ToResult(Endpoints found, const error_code& error) {
  if (error) return Fail(ErrorKind::kUnavailable, error.message());
  if (found.empty()) return Fail(ErrorKind::kUnavailable, "the host has no address");
  return found;
}

}  // namespace

Endpoints SystemResolve(const std::string& host, const std::string& port, error_code& error) {
  boost::asio::io_context io;
  Endpoints out;
  for (const auto& entry : ip::tcp::resolver(io).resolve(host, port, error)) {
    out.push_back(entry.endpoint());
  }
  return out;
}

Result<Endpoints> LookUpEndpoints(const std::string& host, const std::string& port,
                                  std::chrono::steady_clock::time_point until,
                                  const Resolve& resolve) {
  error_code no_address;
  (void)ip::make_address(host, no_address);
  if (!no_address) {
    error_code error;
    Endpoints found = resolve(host, port, error);
    return ToResult(std::move(found), error);
  }
  auto promise = std::make_shared<std::promise<Result<Endpoints>>>();
  std::future<Result<Endpoints>> found = promise->get_future();
  std::thread([promise, resolve, host, port] {
    error_code error;
    Endpoints endpoints = resolve(host, port, error);
    promise->set_value(ToResult(std::move(endpoints), error));
  }).detach();
  if (found.wait_until(until) != std::future_status::ready) {
    return Fail(ErrorKind::kUnavailable, "no address of the host was found in time");
  }
  return found.get();
}

}  // namespace ocokit::conform

#include "mock_exchange/bingx/streams/stream.h"

namespace ocokit::mock::bingx {

BingxStream::BingxStream(streams::StreamHost& host, std::shared_ptr<Account> account,
                         const Request& request)
    : Stream(host, std::move(account), request.remote_ip) {}

void BingxStream::Begin(TimePoint /*now*/) {}

void BingxStream::Work(TimePoint /*now*/) {}

std::optional<TimePoint> BingxStream::NextDue() const { return std::nullopt; }

void BingxStream::OnAlive(TimePoint /*now*/) {}

void BingxStream::Receive(std::string_view /*bytes*/, bool /*binary*/) {}

}  // namespace ocokit::mock::bingx

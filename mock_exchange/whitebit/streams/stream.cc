#include "mock_exchange/whitebit/streams/stream.h"

namespace ocokit::mock::whitebit {

WhitebitStream::WhitebitStream(streams::StreamHost& host, std::shared_ptr<Account> account,
                               const Request& request)
    : Stream(host, std::move(account), request.remote_ip) {}

void WhitebitStream::Begin(TimePoint /*now*/) {}

void WhitebitStream::Work(TimePoint /*now*/) {}

std::optional<TimePoint> WhitebitStream::NextDue() const { return std::nullopt; }

void WhitebitStream::OnAlive(TimePoint /*now*/) {}

void WhitebitStream::Receive(std::string_view /*bytes*/, bool /*binary*/) {}

}  // namespace ocokit::mock::whitebit

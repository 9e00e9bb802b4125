// The WebSockets that clients have open, and what went through them.

#include <algorithm>
#include <nlohmann/json.hpp>

#include "mock_exchange/control/call.h"
#include "mock_exchange/control/frames.h"
#include "mock_exchange/control/read_after.h"
#include "mock_exchange/control/server_sent.h"

namespace ocokit::mock::control {
namespace {

Json Write(const StreamView& stream) {
  return {{"stream", stream.id},
          {"remote_ip", stream.remote_ip},
          {"opened_ms", ToUnixMillis(stream.opened)},
          {"authorized", stream.authorized},
          {"topics", stream.topics},
          {"received", stream.received},
          {"sent", stream.sent},
          {"behind", stream.behind}};
}

// Server-sent events: one for each message, with its number as the id.
class FrameEvents final : public TextSource {
 public:
  FrameEvents(std::shared_ptr<Tenant> tenant, std::uint64_t after, std::string stream, bool full)
      : tenant_(std::move(tenant)),
        handle_(tenant_),
        after_(after),
        stream_(std::move(stream)),
        full_(full) {}
  // The reader may go while nothing comes.
  ~FrameEvents() override {
    tenant_->frames.CancelWake(this);
    tenant_->account.watchers.Remove(this);
  }
  FrameEvents(const FrameEvents&) = delete;
  FrameEvents& operator=(const FrameEvents&) = delete;

  std::optional<std::string> Take() override {
    constexpr std::size_t kAtOnce = 100;
    const bool removed = IsRemoved();
    const std::uint64_t last = tenant_->frames.last_seq();
    std::string out;
    const std::vector<FrameView> frames = handle_.Frames({after_, kAtOnce, stream_}, full_);
    for (const FrameView& frame : frames) {
      if (stream_.empty()) AppendForgotten(after_, frame.seq, "messages", out);
      after_ = frame.seq;
      AppendEvent("frame", after_, WriteFrame(frame), out);
    }
    // What is another stream's need not be looked at again.
    if (frames.size() < kAtOnce) after_ = std::max(after_, last);
    if (removed && out.empty()) return std::nullopt;
    return out;
  }

  void WakeOnce(std::function<void()> wake) override {
    tenant_->account.watchers.Add(this, wake);
    tenant_->frames.WakeOnce(this, after_, wake);
    if (IsRemoved()) wake();
  }

 private:
  bool IsRemoved() {
    const std::lock_guard lock(tenant_->account.mutex);
    return tenant_->account.removed;
  }

  const std::shared_ptr<Tenant> tenant_;
  const AccountHandle handle_;
  std::uint64_t after_;
  const std::string stream_;
  const bool full_;
};

std::string StreamOf(const Call& call) {
  const auto it = call.parameters.find("stream");
  return it == call.parameters.end() ? "" : it->second;
}

}  // namespace

Answer ListStreams(const Call& call) {
  auto tenant = call.FindTenant();
  if (!tenant) return tenant.error();
  Json out = Json::array();
  for (const StreamView& stream : AccountHandle(std::move(*tenant)).Streams()) {
    out.push_back(Write(stream));
  }
  return WriteJson(200, {{"streams", std::move(out)}});
}

Answer DeleteStream(const Call& call) {
  auto tenant = call.FindTenant();
  if (!tenant) return tenant.error();
  StreamEnd how;
  const auto reset = call.ReadFlag("reset");
  if (!reset) return reset.error();
  how.reset = *reset;
  if (call.parameters.contains("code")) {
    const auto code = call.ReadNumber("code", 0, 1000, 4999);
    if (!code) return code.error();
    if (how.reset) return WriteProblem(400, "reset and code contradict each other", "code");
    how.code = static_cast<std::uint16_t>(*code);
  }
  const auto ended = AccountHandle(std::move(*tenant)).EndStream(call.arguments[1], how);
  return ended ? WriteNothing() : WriteProblem(ended.error());
}

Answer GetFrames(const Call& call) {
  auto tenant = call.FindTenant();
  if (!tenant) return tenant.error();
  const auto after = ReadAfter(call, 0);
  if (!after) return after.error();
  const auto limit = call.ReadNumber("limit", 100, 1, 10'000);
  if (!limit) return limit.error();
  const auto full = call.ReadFlag("full");
  if (!full) return full.error();
  const std::uint64_t last = (*tenant)->frames.last_seq();
  const AccountHandle account(std::move(*tenant));
  Json frames = Json::array();
  std::uint64_t next = *after;
  for (const FrameView& frame :
       account.Frames({*after, static_cast<std::size_t>(*limit), StreamOf(call)}, *full)) {
    frames.push_back(WriteFrame(frame));
    next = frame.seq;
  }
  return WriteJson(200, {{"frames", std::move(frames)}, {"next_after", next}, {"last_seq", last}});
}

Answer StreamFrames(const Call& call) {
  auto tenant = call.FindTenant();
  if (!tenant) return tenant.error();
  const auto after = ReadAfterOfStream(call, (*tenant)->frames.last_seq());
  if (!after) return after.error();
  const auto full = call.ReadFlag("full");
  if (!full) return full.error();
  Answer out = WriteText(200, "text/event-stream", ": messages of " + (*tenant)->id + "\n\n");
  out.more = std::make_shared<FrameEvents>(std::move(*tenant), *after, StreamOf(call), *full);
  return out;
}

}  // namespace ocokit::mock::control

#include "mock_exchange/whitebit/streams/stream.h"

#include <algorithm>

#include "mock_exchange/whitebit/streams/entry.h"
#include "mock_exchange/whitebit/streams/frame.h"
#include "mock_exchange/whitebit/streams/query.h"

namespace ocokit::mock::whitebit {
namespace {

constexpr seconds kIdle{60};
constexpr char kSuccess[] = R"({"status":"success"})";

}  // namespace

WhitebitStream::WhitebitStream(streams::StreamHost& host, std::shared_ptr<Account> account,
                               const Request& request)
    : Stream(host, std::move(account), request.remote_ip) {}

void WhitebitStream::Begin(TimePoint now) {
  alive_ = now;
  subscriptions_.Begin(held(), now);
}

void WhitebitStream::Work(TimePoint now) {
  const auto idle = IdleAt();
  if (idle && now >= *idle) return End({});
  const Turn turn{held(), now,
                  [this](std::shared_ptr<const Message> message) { Say(std::move(message)); }};
  // A client is not left with a gap that it cannot see.
  if (!subscriptions_.Work(turn)) End({});
}

std::optional<TimePoint> WhitebitStream::NextDue() const {
  const auto due = subscriptions_.NextDue();
  const auto idle = IdleAt();
  if (!due || !idle) return due ? due : idle;
  return std::min(*due, *idle);
}

std::optional<TimePoint> WhitebitStream::IdleAt() const {
  switch (held().settings.stream_idle) {
    case StreamIdle::kNone:
      return std::nullopt;
    case StreamIdle::kUnsubscribed:
      if (subscribed_) return std::nullopt;
      break;
    case StreamIdle::kAll:
      break;
  }
  return alive_ + kIdle;
}

void WhitebitStream::Receive(std::string_view bytes, bool /*binary*/) {
  const Result<JsonValue> frame = ReadJson(bytes);
  // The venue drops a connection that sends anything else.
  if (!frame) return End({});
  Ask ask;
  Answered<std::string> answer = InvalidArgument();
  if (const auto read = ReadAsk(*frame, ask); !read) {
    answer = tl::unexpected<Refused>(read.error());
  } else {
    answer = ask.method == "authorize" ? Authorize(*ask.params) : Answer(ask);
  }
  Say(answer ? WriteResult(*answer, ask.id) : WriteError(answer.error(), ask.id));
}

Answered<std::string> WhitebitStream::Authorize(const JsonValue& params) {
  Answered<std::string> refused = InvalidArgument();
  {
    const AccountLock lock(held());
    if (!WithinLimits("authorize", held().clock.Now())) return TooMany();
    if (held().settings.token_unauthorized) refused = Decline(11, "unauthorized");
  }
  const JsonValue* token = At(params, 0);
  // The second one is "public" in the documents; the venue's own client sends another.
  const JsonValue* source = At(params, 1);
  for (const JsonValue* text : {token, source}) {
    if (text == nullptr || !text->Is(JsonValue::Kind::kString)) return InvalidArgument();
  }
  const std::shared_ptr<Account> owner = host().FindByStreamKey(Venue::kWhitebit, token->text);
  if (owner == nullptr) return refused;
  MoveTo(owner);
  authorized_ = true;
  Show(authorized_, subscriptions_.Topics());
  return kSuccess;
}

Answered<std::string> WhitebitStream::Answer(const Ask& ask) {
  const AccountLock lock(held());
  const TimePoint now = held().clock.Now();
  if (!WithinLimits(ask.method, now)) return TooMany();
  if (const auto found = subscriptions_.Find(ask.method)) {
    if (found->is_private && !authorized_) return NotAuthorized();
    if (found->begin) {
      const auto subscribed = found->feed->Subscribe(*ask.params, held(), now);
      if (!subscribed) return tl::unexpected<Refused>(subscribed.error());
    } else {
      found->feed->Unsubscribe(*ask.params);
    }
    std::vector<std::string> topics = subscriptions_.Topics();
    subscribed_ = !topics.empty();
    Show(authorized_, std::move(topics));
    return kSuccess;
  }
  if (const Query* query = FindQuery(ask.method)) {
    if (query->is_private && !authorized_) return NotAuthorized();
    return query->answer({*ask.params, held(), now});
  }
  if (!IsEntry(ask.method)) return NoMethod();
  if (!authorized_) return NotAuthorized();
  return AnswerEntry(ask.method, *ask.params, held(), now);
}

bool WhitebitStream::WithinLimits(const std::string& method, TimePoint now) {
  constexpr RateLimit kPlacements{10000, milliseconds(10000)};
  constexpr RateLimit kOthers{12000, milliseconds(10000)};
  const Settings& settings = held().settings;
  if (!settings.rate_limits) return true;
  const bool places = method.ends_with("_place");
  RateLimit limit = places ? kPlacements : kOthers;
  const auto custom = settings.custom_rate_limits.find("order_create");
  if (places && custom != settings.custom_rate_limits.end()) limit = custom->second;
  return limiter_.Count({{places ? "place" : "other", limit}}, now).allowed;
}

}  // namespace ocokit::mock::whitebit

#include "mock_exchange/bingx/streams/stream.h"

#include <algorithm>
#include <utility>

#include "mock_exchange/bingx/streams/errors.h"
#include "mock_exchange/bingx/streams/user_frames.h"
#include "mock_exchange/streams/gzip.h"
#include "ocokit/base/encoding.h"

namespace ocokit::mock::bingx {
namespace {

// Streams that may be open from one address: one more fails.
constexpr std::size_t kMaxStreams = 60;

constexpr std::string_view kOrdersTopic = "spot.executionReport";
constexpr std::string_view kBalancesTopic = "ACCOUNT_UPDATE";

}  // namespace

BingxStream::BingxStream(streams::StreamHost& host, std::shared_ptr<Account> account,
                         const std::string& remote_ip, std::string key)
    : Stream(host, std::move(account), remote_ip), key_(std::move(key)) {}

void BingxStream::Begin(TimePoint now) {
  life_ = held().marks().lives;
  if (!std::exchange(begun_, true)) {
    const auto until = held().stream_keys.Until(key_);
    if (until && *until > now) key_until_ = until;
    const bool counted = held().settings.rate_limits;
    if (counted && host().CountFrom(Venue::kBingx, remote_ip()) > kMaxStreams) End({});
    ShowTopics();
  }
  heartbeat_.Begin(now);
  user_.Begin(held());
  for (MarketFeed& feed : feeds_) feed.Begin(held(), now);
}

void BingxStream::Work(TimePoint now) {
  WorkUser(now);
  Messages out;
  for (MarketFeed& feed : feeds_) feed.Work(held(), now, out);
  SayAll(std::move(out));
  WorkHeartbeat(now);
}

std::optional<BingxStream::KeyEnd> BingxStream::FindKeyEnd(TimePoint now) {
  if (!key_until_) return std::nullopt;
  const auto until = held().stream_keys.Until(key_);
  if (until && *until > now) {
    key_until_ = until;
    return std::nullopt;
  }
  // A key that is there no longer has been withdrawn just now, or was forgotten after its time.
  if (!until && *key_until_ > now) return KeyEnd{.at = now};
  return KeyEnd{.at = until.value_or(*key_until_), .by_time = true};
}

void BingxStream::WorkUser(TimePoint now) {
  const std::optional<KeyEnd> ended = FindKeyEnd(now);
  Messages out;
  const bool by_time = ended && ended->by_time;
  const bool whole = user_.Work(held(), by_time ? std::optional(ended->at) : std::nullopt, out);
  SayAll(std::move(out));
  if (!whole) return End({});
  if (ended) Expire(ended->at);
}

void BingxStream::Expire(TimePoint at) {
  Say(KeyExpiredFrame(key_, at));
  key_until_.reset();
  user_.Tell(TopicKind::kOrders, false, held());
  user_.Tell(TopicKind::kBalances, false, held());
  std::erase_if(names_, [](const std::string& name) {
    return name == kOrdersTopic || name == kBalancesTopic;
  });
  ShowTopics();
}

void BingxStream::WorkHeartbeat(TimePoint now) {
  if (heartbeat_.IsSilent(now)) return End({});
  if (!heartbeat_.TakeDue(now)) return;
  if (held().settings.text_heartbeat) return Say(streams::Compressed("Ping"));
  const std::string asked = std::to_string(heartbeat_.asked());
  const std::string number = std::to_string(State().number);
  constexpr std::size_t kDigits = 32;
  const std::string id = FormatHex(held().sha256.Sign("ping:" + number + ":" + asked));
  Say(WritePing(id.substr(0, kDigits), now));
}

std::optional<TimePoint> BingxStream::NextDue() const {
  TimePoint due = heartbeat_.NextDue();
  if (key_until_) due = std::min(due, *key_until_);
  for (const MarketFeed& feed : feeds_) {
    if (const auto next = feed.NextDue()) due = std::min(due, *next);
  }
  return due;
}

// Its pongs alone show that a client is alive.
void BingxStream::OnAlive(TimePoint /*now*/) {}

void BingxStream::Receive(std::string_view bytes, bool binary) {
  if (binary) return;
  const ClientMessage asked = ReadClientMessage(bytes);
  if (asked.kind == ClientMessage::Kind::kNothing) return;
  if (asked.kind == ClientMessage::Kind::kPong) return heartbeat_.Answer();
  const AccountLock lock(held());
  const TimePoint now = held().clock.Now();
  // What has happened before is said before the answer, to whoever had asked for it.
  if (held().marks().lives == life_) Work(now);
  switch (asked.kind) {
    case ClientMessage::Kind::kSubscribe:
      Subscribe(asked, now);
      break;
    case ClientMessage::Kind::kUnsubscribe:
      Unsubscribe(asked.topic);
      Say(WriteAck(asked.id, now));
      break;
    case ClientMessage::Kind::kBadRequest:
      Say(WriteBadRequest(now));
      break;
    case ClientMessage::Kind::kNothing:
    case ClientMessage::Kind::kPong:
      break;
  }
}

void BingxStream::Subscribe(const ClientMessage& asked, TimePoint now) {
  const Settings& settings = held().settings;
  const auto topic = ReadTopic(asked.topic, held().engine);
  if (!topic) return Say(WriteBadTopic(asked.id, asked.topic, settings.bad_topic_code, now));
  if (topic->IsPrivate() && !key_until_) return Say(WriteUnauthorized(asked.id, now));
  const bool known = std::ranges::find(names_, topic->name) != names_.end();
  if (!known && settings.rate_limits && names_.size() >= kMaxTopics) {
    return Say(WriteTooManyTopics(asked.id, now));
  }
  const bool balances = topic->kind == TopicKind::kBalances;
  Say(balances ? WriteBalancesAck(asked.id) : WriteAck(asked.id, now));
  if (known) return;
  names_.push_back(topic->name);
  ShowTopics();
  if (topic->IsPrivate()) {
    user_.Tell(topic->kind, true, held());
    if (balances) Say(FirstBalancesFrame(held(), now));
    return;
  }
  MarketFeed& feed = feeds_.emplace_back(*topic);
  feed.Begin(held(), now);
  Messages first;
  feed.TellFirst(held(), now, first);
  SayAll(std::move(first));
}

void BingxStream::Unsubscribe(const std::string& name) {
  std::erase(names_, name);
  std::erase_if(feeds_, [&](const MarketFeed& feed) { return feed.topic().name == name; });
  if (name == kOrdersTopic) user_.Tell(TopicKind::kOrders, false, held());
  if (name == kBalancesTopic) user_.Tell(TopicKind::kBalances, false, held());
  ShowTopics();
}

void BingxStream::SayAll(Messages messages) {
  for (auto& message : messages) Say(std::move(message));
}

}  // namespace ocokit::mock::bingx

// Rules on what a client says on its WebSockets, and on what it does when one of them ends.

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <utility>

#include "conformance/client/members.h"
#include "conformance/client/rule_parts.h"
#include "conformance/client/sockets.h"
#include "conformance/text/bounded_json.h"

namespace ocokit::conform {

using nlohmann::json;

namespace {

// Counts what concerns a rule, and keeps the first that breaks it.
class Tally {
 public:
  explicit Tally(std::string_view wanted) : wanted_(wanted) {}

  void Concerns() {
    if (finding_.kept == Kept::kNotExercised) finding_.kept = Kept::kKept;
  }

  void Break(const StreamFrame* frame, const std::string& why) {
    ++finding_.broken_by;
    if (finding_.kept == Kept::kBroken) return;
    finding_.kept = Kept::kBroken;
    finding_.frame = frame;
    finding_.why = (frame == nullptr ? "" : frame->Describe() + ": ") + why;
    finding_.wanted = wanted_;
  }

  [[nodiscard]] Finding Found() const { return finding_; }

 private:
  std::string wanted_;
  Finding finding_;
};

std::string Ms(std::int64_t ms) { return std::to_string(ms) + " ms"; }

// `Ping`, or an object with a member `ping`.
bool IsHeartbeat(const Message& message) {
  return !message.IsFromClient() &&
         (message.frame->text == "Ping" || message.json.contains("ping"));
}

bool IsRequest(Venue venue, const Message& message) {
  if (!message.IsFromClient()) return false;
  const Asks asks = WhatIsAskedBy(venue, message);
  return asks != Asks::kPong && asks != Asks::kNothing;
}

// The listenKey in the address of a socket; empty: none, or nobody knows.
std::string ListenKeyOf(const Socket& socket) {
  return socket.entry == nullptr ? std::string() : ReadParameters(*socket.entry).Value("listenKey");
}

// Whether it has shown, or has asked for, what is an account's own.
bool IsOfAnAccount(const Evidence& evidence, const Socket& socket) {
  return std::any_of(socket.messages.begin(), socket.messages.end(), [&](const Message& message) {
    if (!message.IsFromClient() || WhatIsAskedBy(evidence.venue, message) != Asks::kSubscribe) {
      return false;
    }
    const auto topics = TopicsOf(evidence.venue, message.json);
    return std::any_of(topics.begin(), topics.end(), [&](const std::string& topic) {
      return IsOfAccount(evidence.venue, topic);
    });
  });
}

bool IsKeyCall(const JournalEntry& entry, std::string_view method) {
  return entry.Path() == "/openApi/user/auth/userDataStream" && entry.method == method &&
         entry.status == 200;
}

// By listenKey, when it was made and extended, in ms of the account's clock.
std::map<std::string, std::vector<std::int64_t>> Renewals(const Evidence& evidence) {
  std::map<std::string, std::vector<std::int64_t>> renewals;
  for (const JournalEntry& entry : evidence.entries) {
    if (IsKeyCall(entry, "POST")) {
      renewals[Text(ParseBoundedJson(entry.reply), "listenKey")].push_back(entry.at_ms);
    } else if (IsKeyCall(entry, "PUT")) {
      renewals[ReadParameters(entry).Value("listenKey")].push_back(entry.at_ms);
    }
  }
  return renewals;
}

// Whether a key was renewed at this time for a connection that was opened right afterwards.
bool IsForAConnection(const std::vector<Socket>& sockets, const std::string& key,
                      std::int64_t at_ms) {
  constexpr std::int64_t kSoonMs = 5000;
  return std::any_of(sockets.begin(), sockets.end(), [&](const Socket& socket) {
    return socket.opened != nullptr && socket.opened->at_ms >= at_ms &&
           socket.opened->at_ms <= at_ms + kSoonMs && ListenKeyOf(socket) == key;
  });
}

// The replies of a socket that have granted an `authorize`.
std::set<const Message*> GrantsOf(Venue venue, const Socket& socket) {
  std::set<const Message*> grants;
  for (const Message& message : socket.messages) {
    if (!message.IsFromClient() || WhatIsAskedBy(venue, message) != Asks::kAuthorize) continue;
    const Message* reply = ReplyTo(socket, message);
    if (reply != nullptr && IsGranted(venue, reply->json)) grants.insert(reply);
  }
  return grants;
}

// Reading calls that tell of orders and of what they have filled.
bool TellsOfOrders(Venue venue, const JournalEntry& entry) {
  return entry.status == 200 && (CallOf(venue, entry.Path()) == Call::kLookUp ||
                                 entry.Path().starts_with("/api/v4/trade-account/"));
}

bool TellsOfOrders(const Message& message) {
  static constexpr std::array kQueries = {"ordersPending_request", "ordersExecuted_request",
                                          "deals_request"};
  const std::string method = Text(message.json, "method");
  return message.IsFromClient() &&
         std::find(kQueries.begin(), kQueries.end(), method) != kQueries.end();
}

// Whether two sockets end up with a topic of the account in common.
bool HearTheSame(Venue venue, const Socket& one, const Socket& other) {
  const std::set<std::string> topics = TopicsAtTheEnd(venue, other);
  const std::set<std::string> own = TopicsAtTheEnd(venue, one);
  return std::any_of(own.begin(), own.end(), [&](const std::string& topic) {
    return IsOfAccount(venue, topic) && topics.count(topic) != 0;
  });
}

// The socket that takes the place of one that was dropped: the next of its kind that has come so
// far as to subscribe. Null: none has.
const Socket* SuccessorOf(const Evidence& evidence, const std::vector<Socket>& sockets,
                          const Socket& dropped) {
  const bool own = IsOfAnAccount(evidence, dropped);
  for (const Socket& socket : sockets) {
    if (socket.opened != nullptr && socket.opened->seq > dropped.closed->seq &&
        IsOfAnAccount(evidence, socket) == own && !TopicsAtTheEnd(evidence.venue, socket).empty()) {
      return &socket;
    }
  }
  return nullptr;
}

}  // namespace

Finding SocketIdsAreUnique(const Evidence& evidence) {
  Tally tally("an id for each request that no other on its socket has had");
  for (const Socket& socket : ReadSockets(evidence)) {
    std::map<std::string, const StreamFrame*> seen;
    for (const Message& message : socket.messages) {
      if (!IsRequest(evidence.venue, message)) continue;
      const std::string id = IdOf(message.json);
      // BingX acknowledges a request without an id, too; then nobody can tell for which.
      tally.Concerns();
      if (id.empty()) {
        tally.Break(message.frame, "it has no id");
      } else if (const auto [before, is_new] = seen.try_emplace(id, message.frame); !is_new) {
        tally.Break(message.frame,
                    "the id " + id + " is that of " + before->second->Describe() + ", too");
      }
    }
  }
  return tally.Found();
}

Finding HeartbeatsAreAnswered(const Evidence& evidence) {
  Tally tally("an answer to each heartbeat before the next one is due, 5 s later");
  for (const Socket& socket : ReadSockets(evidence)) {
    const StreamFrame* waits = nullptr;
    for (const Message& message : socket.messages) {
      const bool answers =
          message.IsFromClient() && WhatIsAskedBy(evidence.venue, message) == Asks::kPong;
      if (answers) waits = nullptr;
      if (!IsHeartbeat(message)) continue;
      tally.Concerns();
      if (waits != nullptr) tally.Break(waits, "it is not answered before the next one");
      waits = message.frame;
    }
    // Of the last one nobody can tell, unless the venue has given the socket up for it.
    if (waits != nullptr && socket.WasDropped() && socket.closed->code == 1006 &&
        socket.closed->at_ms - waits->at_ms >= 500) {
      tally.Break(waits, "it is not answered until the socket is cut");
    }
  }
  return tally.Found();
}

Finding PongsFit(const Evidence& evidence) {
  Tally tally(
      R"(`Pong` for `Ping`; for {"ping":ID,"time":T} either {"pong":ID,"time":T} or `Pong`)");
  for (const Socket& socket : ReadSockets(evidence)) {
    const Message* asked = nullptr;
    for (const Message& message : socket.messages) {
      if (IsHeartbeat(message)) asked = &message;
      if (!message.IsFromClient() || WhatIsAskedBy(evidence.venue, message) != Asks::kPong) {
        continue;
      }
      tally.Concerns();
      if (message.frame->binary) tally.Break(message.frame, "it is a binary frame");
      if (asked == nullptr) {
        tally.Break(message.frame, "nothing was asked");
        continue;
      }
      const bool by_text = message.frame->text == "Pong";
      if (!asked->json.is_object() && !by_text) {
        tally.Break(message.frame, "the text `Ping` is answered with something else than `Pong`");
      } else if (!by_text && Member(message.json, "pong") != Member(asked->json, "ping")) {
        tally.Break(message.frame, "its pong is not the ping of " + asked->frame->Describe());
      }
    }
  }
  return tally.Found();
}

Finding ReconnectsWithPauses(const Evidence& evidence) {
  // More attempts than this in a second are a storm.
  constexpr std::size_t kMostInASecond = 6;
  // A socket that has lived for so long was none that failed at once.
  constexpr std::int64_t kShortMs = 1000;
  Tally tally("pauses between attempts that grow while they fail");
  if (evidence.clock_frozen) return tally.Found();
  std::vector<const Socket*> failed;  // one after the other
  const std::vector<Socket> sockets = ReadSockets(evidence);
  for (const Socket& socket : sockets) {
    if (socket.opened == nullptr) continue;
    const bool is_short =
        socket.WasDropped() && socket.closed->at_ms - socket.opened->at_ms < kShortMs;
    if (!failed.empty()) {
      const auto since = [&](const Socket* before) {
        return socket.opened->at_ms - before->opened->at_ms;
      };
      if (failed.size() >= 3) tally.Concerns();
      if (failed.size() >= kMostInASecond && since(failed[failed.size() - kMostInASecond]) < 1000) {
        tally.Break(socket.opened, "it is one of more than " + std::to_string(kMostInASecond) +
                                       " attempts within a second");
        return tally.Found();
      }
      const std::int64_t pause = socket.opened->at_ms - failed.back()->closed->at_ms;
      const std::int64_t first =
          failed.size() < 2 ? 0 : failed[1]->opened->at_ms - failed[0]->closed->at_ms;
      // Half as much again: what is left to chance, and to the machine, makes no growth.
      if (failed.size() >= 4 && 2 * pause < 3 * first) {
        tally.Break(socket.opened, "after " + std::to_string(failed.size()) +
                                       " failed attempts the pause is " + Ms(pause) +
                                       ", and it was " + Ms(first) + " after the first");
        return tally.Found();
      }
    }
    if (!is_short) failed.clear();
    if (is_short) failed.push_back(&socket);
  }
  return tally.Found();
}

Finding AuthorizedFirst(const Evidence& evidence) {
  const bool bingx = evidence.venue == Venue::kBingx;
  Tally tally(bingx ? "a socket that was opened with a listenKey"
                    : "`authorize`, and its success, before anything private");
  for (const Socket& socket : ReadSockets(evidence)) {
    // What was before is forgotten.
    if (bingx ? socket.entry == nullptr : socket.opened == nullptr) continue;
    bool authorized = bingx && !ListenKeyOf(socket).empty();
    const std::set<const Message*> grants = GrantsOf(evidence.venue, socket);
    for (const Message& message : socket.messages) {
      if (grants.count(&message) != 0) authorized = true;
      if (!message.IsFromClient()) continue;
      if (WhatIsAskedBy(evidence.venue, message) != Asks::kSubscribe) continue;
      for (const std::string& topic : TopicsOf(evidence.venue, message.json)) {
        if (!IsOfAccount(evidence.venue, topic)) continue;
        tally.Concerns();
        if (!authorized) tally.Break(message.frame, topic + " is asked for by nobody's socket");
      }
    }
  }
  return tally.Found();
}

Finding SubscribesAgain(const Evidence& evidence) {
  Tally tally("after a reconnect, every subscription that there was");
  const std::vector<Socket> sockets = ReadSockets(evidence);
  for (const Socket& dropped : sockets) {
    if (!dropped.WasDropped()) continue;
    const std::set<std::string> before = TopicsAtTheEnd(evidence.venue, dropped);
    const Socket* next = SuccessorOf(evidence, sockets, dropped);
    if (before.empty() || next == nullptr || next->WasDropped()) continue;
    tally.Concerns();
    const std::set<std::string> after = TopicsAtTheEnd(evidence.venue, *next);
    for (const std::string& topic : before) {
      // Given up meanwhile, or split over several sockets.
      const bool elsewhere = std::any_of(sockets.begin(), sockets.end(), [&](const Socket& other) {
        const bool is_later = other.closed == nullptr || other.closed->seq > dropped.closed->seq;
        return &other != &dropped && is_later &&
               TopicsAtTheEnd(evidence.venue, other).count(topic) != 0;
      });
      if (after.count(topic) == 0 && !elsewhere) {
        tally.Break(next->opened,
                    topic + " was subscribed to on " + dropped.name + " and is not any more");
      }
    }
  }
  return tally.Found();
}

Finding ReadsAfterReconnect(const Evidence& evidence) {
  Tally tally("the orders read by REST once the new socket is there");
  const std::vector<Socket> sockets = ReadSockets(evidence);
  for (const Socket& dropped : sockets) {
    if (!dropped.WasDropped() || !IsOfAnAccount(evidence, dropped)) continue;
    if (TopicsAtTheEnd(evidence.venue, dropped).empty()) continue;
    const Socket* next = SuccessorOf(evidence, sockets, dropped);
    if (next == nullptr || next->entry == nullptr || next->WasDropped()) continue;
    tally.Concerns();
    const bool by_rest = std::any_of(
        evidence.entries.begin(), evidence.entries.end(), [&](const JournalEntry& entry) {
          return entry.seq > next->entry->seq && TellsOfOrders(evidence.venue, entry);
        });
    const bool by_socket =
        std::any_of(next->messages.begin(), next->messages.end(),
                    [](const Message& message) { return TellsOfOrders(message); });
    if (!by_rest && !by_socket) {
      tally.Break(next->opened, "nothing has asked what became of the orders while there was none");
    }
  }
  return tally.Found();
}

Finding ListenKeyIsRenewed(const Evidence& evidence) {
  constexpr std::int64_t kLifeMs = 3600000;
  // A renewal is due at the half of it; a socket that has lived for longer concerns the rule.
  constexpr std::int64_t kDueMs = 1800000;
  Tally tally("a renewal, or another key, within 60 minutes");
  const auto renewals = Renewals(evidence);
  for (const Socket& socket : ReadSockets(evidence)) {
    const auto known = renewals.find(ListenKeyOf(socket));
    if (socket.opened == nullptr || known == renewals.end()) continue;
    for (const Message& message : socket.messages) {
      std::int64_t latest = 0;
      for (const std::int64_t at : known->second) {
        if (at <= message.frame->at_ms) latest = std::max(latest, at);
      }
      const std::int64_t age = message.frame->at_ms - latest;
      const std::int64_t first = known->second.front();
      if (latest == 0) continue;
      if (message.frame->at_ms - first >= kDueMs) tally.Concerns();
      // Another reason than its age is not the client's.
      if (Text(message.json, "e") == "listenKeyExpired" && age >= kLifeMs) {
        tally.Break(message.frame, "the key was last renewed " + Ms(age) + " before");
      }
    }
  }
  return tally.Found();
}

Finding ListenKeyIsRenewedSeldom(const Evidence& evidence) {
  // Half an hour is advised; a renewal each minute is too many by far.
  constexpr std::int64_t kLeastMs = 60000;
  Tally tally("a renewal each 30 minutes or so");
  const std::vector<Socket> sockets = ReadSockets(evidence);
  for (const auto& renewed : Renewals(evidence)) {
    const std::vector<std::int64_t>& times = renewed.second;
    for (std::size_t i = 1; i < times.size(); ++i) {
      tally.Concerns();
      const std::int64_t after = times[i] - times[i - 1];
      if (after < 0 || after >= kLeastMs) continue;
      if (IsForAConnection(sockets, renewed.first, times[i])) continue;
      tally.Break(nullptr, "a key is renewed " + Ms(after) + " after it was made or renewed");
    }
  }
  return tally.Found();
}

Finding SocketAddressIsBare(const Evidence& evidence) {
  const bool bingx = evidence.venue == Venue::kBingx;
  Finding finding = ForEach(
      evidence, [](const JournalEntry& entry) { return !entry.stream.empty(); },
      [&](const JournalEntry& entry) {
        for (const Parameter& parameter : ReadParameters(entry).all) {
          if (!bingx || parameter.name != "listenKey") {
            return "its address has the parameter " + parameter.name;
          }
        }
        return std::string();
      },
      bingx ? "an address with a listenKey at most" : "an address without parameters");
  return finding;
}

Finding SocketLimitsAreKept(const Evidence& evidence) {
  const bool bingx = evidence.venue == Venue::kBingx;
  Tally tally(bingx ? "200 topics on a socket at most"
                    : "12,000 requests in 10 s on a connection at most, and fewer to place orders");
  for (const Socket& socket : ReadSockets(evidence)) {
    for (const Message& message : socket.messages) {
      if (message.IsFromClient()) continue;
      if (!IdOf(message.json).empty()) tally.Concerns();
      const std::int64_t code =
          bingx ? Integer(message.json, "code") : Integer(Member(message.json, "error"), "code");
      if (code == (bingx ? 80403 : 7)) tally.Break(message.frame, "the venue has refused it");
    }
  }
  return tally.Found();
}

Finding IsNotIdle(const Evidence& evidence) {
  constexpr std::int64_t kIdleMs = 60000;
  Tally tally("a message within each 60 s, such as a ping");
  for (const Socket& socket : ReadSockets(evidence)) {
    if (socket.opened == nullptr) continue;
    std::int64_t latest = socket.opened->at_ms;
    for (const Message& message : socket.messages) {
      if (message.frame->at_ms - socket.opened->at_ms >= kIdleMs / 2) tally.Concerns();
      if (message.IsFromClient()) latest = message.frame->at_ms;
    }
    if (socket.WasDropped() && socket.closed->code == 1006 &&
        socket.closed->at_ms - latest >= kIdleMs) {
      tally.Concerns();
      tally.Break(socket.closed,
                  "the client had said nothing for " + Ms(socket.closed->at_ms - latest));
    }
  }
  return tally.Found();
}

namespace {

// Why a message is not of the documented form; empty: it is.
std::string Misformed(Venue venue, const Message& message) {
  if (venue == Venue::kBingx) {
    if (message.frame->binary) return "it is a binary frame";
    if (WhatIsAskedBy(venue, message) != Asks::kNothing) {
      const json& type = Member(message.json, "dataType");
      if (!type.is_null() && !type.is_string()) return "its dataType is no text";
      const json& id = Member(message.json, "id");
      return id.is_null() || id.is_string() ? "" : "its id is no text";
    }
    return "it is neither a subscription nor a pong";
  }
  if (message.frame->binary) return "it is a binary frame";
  if (!message.json.is_object()) return "it is no JSON object";
  if (!Member(message.json, "id").is_number_integer()) return "its id is no whole number";
  if (!Member(message.json, "method").is_string()) return "it has no method";
  if (!Member(message.json, "params").is_array()) return "its params are no array";
  return "";
}

}  // namespace

Finding SocketMessagesAreDocumented(const Evidence& evidence) {
  Tally tally(evidence.venue == Venue::kBingx
                  ? R"({"id":TEXT,"reqType":"sub" or "unsub","dataType":TOPIC}, or a pong; as text)"
                  : R"({"id":NUMBER,"method":TEXT,"params":[...]}; as text)");
  for (const Socket& socket : ReadSockets(evidence)) {
    for (const Message& message : socket.messages) {
      if (!message.IsFromClient()) continue;
      tally.Concerns();
      if (const std::string why = Misformed(evidence.venue, message); !why.empty()) {
        tally.Break(message.frame, why);
      }
      const Message* reply = ReplyTo(socket, message);
      if (evidence.venue == Venue::kWhitebit && reply != nullptr &&
          Integer(Member(reply->json, "error"), "code") == 4) {
        tally.Break(message.frame, "the venue has no such method");
      }
    }
  }
  return tally.Found();
}

Finding ClosesWithAFrame(const Evidence& evidence) {
  Tally tally("a closing frame with the code 1000 before the connection ends");
  for (const Socket& socket : ReadSockets(evidence)) {
    if (socket.WasDropped()) continue;
    if (socket.closed == nullptr) {
      // Only who was told to close it has left it open.
      if (evidence.intents.empty()) continue;
      tally.Concerns();
      tally.Break(socket.opened, "the socket is open still");
      continue;
    }
    tally.Concerns();
    if (socket.closed->code == 1006) tally.Break(socket.closed, "there was no closing frame");
  }
  return tally.Found();
}

Finding RefusedTopicIsNotRepeated(const Evidence& evidence) {
  constexpr std::int64_t kHoldsMs = 1000;
  Tally tally("a subscription that was refused told to the caller, and not sent again at once");
  // Over all sockets: a new one changes nothing.
  std::map<std::string, std::int64_t> refused;
  for (const Socket& socket : ReadSockets(evidence)) {
    for (const Message& message : socket.messages) {
      if (!message.IsFromClient() || WhatIsAskedBy(evidence.venue, message) != Asks::kSubscribe) {
        continue;
      }
      json asked = message.json;
      asked.erase("id");
      if (const auto before = refused.find(asked.dump());
          before != refused.end() && message.frame->at_ms - before->second < kHoldsMs) {
        tally.Break(message.frame, "the same had been refused " +
                                       Ms(message.frame->at_ms - before->second) + " before");
      }
      const Message* reply = ReplyTo(socket, message);
      if (reply == nullptr || IsGranted(evidence.venue, reply->json)) continue;
      tally.Concerns();
      refused[asked.dump()] = reply->frame->at_ms;
    }
  }
  return tally.Found();
}

Finding TokenIsFresh(const Evidence& evidence) {
  constexpr std::int64_t kLifeMs = 60000;
  Tally tally("a token that was given out for this connection, a minute ago at most");
  std::map<std::string, std::int64_t> given;
  for (const JournalEntry& entry : evidence.entries) {
    const std::string token = Text(ParseBoundedJson(entry.reply), "websocket_token");
    if (!token.empty()) given[token] = entry.at_ms;
  }
  for (const Socket& socket : ReadSockets(evidence)) {
    for (const Message& message : socket.messages) {
      if (!message.IsFromClient() || WhatIsAskedBy(evidence.venue, message) != Asks::kAuthorize) {
        continue;
      }
      const json& params = Member(message.json, "params");
      const std::string token = params.is_array() && !params.empty() && params[0].is_string()
                                    ? params[0].get<std::string>()
                                    : "";
      tally.Concerns();
      const auto known = given.find(token);
      if (known == given.end()) {
        // Where the journal has forgotten some, it may have been among them.
        const bool whole = !evidence.entries.empty() && evidence.entries.front().seq <= 1;
        if (whole) tally.Break(message.frame, "its token is none that was given out");
      } else if (message.frame->at_ms - known->second > kLifeMs) {
        tally.Break(message.frame,
                    "its token is " + Ms(message.frame->at_ms - known->second) + " old");
      }
    }
  }
  return tally.Found();
}

Finding OneSocketForAnAccount(const Evidence& evidence) {
  // One that is closed soon after is being replaced.
  constexpr std::int64_t kOverlapMs = 5000;
  Tally tally("the socket before closed when another one takes its place");
  const std::vector<Socket> sockets = ReadSockets(evidence);
  for (const Socket& socket : sockets) {
    if (socket.opened == nullptr || !IsOfAnAccount(evidence, socket)) continue;
    tally.Concerns();
    for (const Socket& other : sockets) {
      if (&other == &socket) break;
      const bool at_once =
          other.closed == nullptr || other.closed->at_ms - socket.opened->at_ms > kOverlapMs;
      if (!at_once || !HearTheSame(evidence.venue, socket, other)) continue;
      tally.Break(socket.opened, other.name + " is open, too, and hears the same");
    }
  }
  return tally.Found();
}

namespace {

// The number of a book's message, and that of the one it follows; none: it is no change of a book.
struct BookStep {
  std::string topic;
  std::optional<std::int64_t> before;  // none: a whole book
  std::int64_t number = 0;
};

std::optional<BookStep> StepOf(Venue venue, const json& message) {
  if (venue == Venue::kBingx) {
    const std::string topic = Text(message, "dataType");
    const json& data = Member(message, "data");
    if (!topic.ends_with("@incrDepth") || !data.is_object()) return std::nullopt;
    const std::int64_t number = Integer(data, "lastUpdateId");
    if (Text(data, "action") == "all") return BookStep{topic, std::nullopt, number};
    return BookStep{topic, number - 1, number};
  }
  const json& params = Member(message, "params");
  if (Text(message, "method") != "depth_update" || !params.is_array() || params.size() < 3) {
    return std::nullopt;
  }
  BookStep step{.topic = "depth " + (params[2].is_string() ? params[2].get<std::string>() : ""),
                .before = std::nullopt,
                .number = Integer(params[1], "update_id")};
  if (params[0] == json(false)) step.before = Integer(params[1], "past_update_id");
  return step;
}

// The gaps of a socket after which its client has not asked for the book anew: by topic, the first
// message after the gap.
std::map<std::string, const StreamFrame*> GapsOf(Venue venue, const Socket& socket, Tally& tally) {
  std::map<std::string, std::int64_t> numbers;
  std::map<std::string, const StreamFrame*> gaps;
  for (const Message& message : socket.messages) {
    if (message.IsFromClient()) {
      if (Text(message.json, "method") == "depth_request") gaps.clear();
      if (WhatIsAskedBy(venue, message) != Asks::kSubscribe) continue;
      for (const std::string& topic : TopicsOf(venue, message.json)) gaps.erase(topic);
      continue;
    }
    const auto step = StepOf(venue, message.json);
    if (!step) continue;
    const auto [known, is_first] = numbers.try_emplace(step->topic, step->number);
    if (!step->before) {
      gaps.erase(step->topic);
    } else if (!is_first && step->number <= known->second) {
      continue;  // an old one, or the same again
    } else if (!is_first && *step->before != known->second) {
      tally.Concerns();
      gaps.try_emplace(step->topic, message.frame);
    }
    known->second = step->number;
  }
  return gaps;
}

// Whether a book was read by REST since then.
bool ReadsABookSince(const Evidence& evidence, std::int64_t at_ms) {
  return std::any_of(
      evidence.entries.begin(), evidence.entries.end(), [at_ms](const JournalEntry& entry) {
        return entry.at_ms >= at_ms && (entry.Path().find("/depth") != std::string_view::npos ||
                                        entry.Path().find("/orderbook") != std::string_view::npos);
      });
}

}  // namespace

Finding GapsAreHealed(const Evidence& evidence) {
  Tally tally("after a gap in its numbers, the book subscribed to or asked for anew");
  const std::vector<Socket> sockets = ReadSockets(evidence);
  for (const Socket& socket : sockets) {
    for (const auto& gap : GapsOf(evidence.venue, socket, tally)) {
      const StreamFrame* frame = gap.second;
      // A socket that came later has begun anew.
      const bool elsewhere =
          std::any_of(sockets.begin(), sockets.end(), [frame](const Socket& other) {
            return other.opened != nullptr && other.opened->seq > frame->seq;
          });
      if (elsewhere || ReadsABookSince(evidence, frame->at_ms)) continue;
      tally.Break(frame, "it does not follow the one before, and the client goes on with it");
    }
  }
  return tally.Found();
}

}  // namespace ocokit::conform

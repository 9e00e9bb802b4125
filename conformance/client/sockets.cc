#include "conformance/client/sockets.h"

#include <algorithm>
#include <array>
#include <map>

#include "conformance/client/members.h"
#include "conformance/text/bounded_json.h"

namespace ocokit::conform {

using nlohmann::json;

namespace {

constexpr std::string_view kSubscribe = "_subscribe";
constexpr std::string_view kUnsubscribe = "_unsubscribe";

// `deals_subscribe`: `deals`.
std::string ChannelOf(const json& request) {
  std::string method = Text(request, "method");
  for (const std::string_view end : {kUnsubscribe, kSubscribe}) {
    if (method.ends_with(end)) method.resize(method.size() - end.size());
  }
  return method;
}

// The texts of an array, of the first array in it, or, of a book, its first member.
std::vector<std::string> NamesIn(const json& params, bool first_alone) {
  std::vector<std::string> names;
  for (const json& member : params.is_array() ? params : json::array()) {
    if (member.is_string()) names.push_back(member.get<std::string>());
    if (member.is_array()) {
      for (const std::string& name : NamesIn(member, false)) names.push_back(name);
    }
    if (first_alone) break;
  }
  return names;
}

Asks WhatBingxIsAsked(const Message& message) {
  if (message.frame->text == "Pong" || message.json.contains("pong")) return Asks::kPong;
  if (!message.json.is_object()) return Asks::kNothing;
  if (message.json.contains("ping")) return Asks::kPing;
  if (!message.json.contains("dataType")) return Asks::kNothing;
  const std::string type = Text(message.json, "reqType");
  if (type == "unsub") return Asks::kUnsubscribe;
  return type == "sub" || !message.json.contains("reqType") ? Asks::kSubscribe : Asks::kNothing;
}

Asks WhatWhitebitIsAsked(const json& request) {
  const std::string method = Text(request, "method");
  if (method.empty()) return Asks::kNothing;
  if (method == "authorize") return Asks::kAuthorize;
  if (method == "ping") return Asks::kPing;
  if (method.ends_with(kUnsubscribe)) return Asks::kUnsubscribe;
  return method.ends_with(kSubscribe) ? Asks::kSubscribe : Asks::kOther;
}

bool IsTopicOf(const std::string& topic, const std::string& channel) {
  return topic == channel || topic.starts_with(channel + " ");
}

void Subscribe(Venue venue, const json& request, std::set<std::string>& topics) {
  if (venue == Venue::kWhitebit) {
    const json& params = Member(request, "params");
    const std::string channel = ChannelOf(request);
    // Each subscription takes the place of the one before, but a book's that is to be added.
    const bool adds = channel == "depth" && params.is_array() && params.size() > 3 &&
                      params[3].is_boolean() && params[3].get<bool>();
    if (!adds) std::erase_if(topics, [&](const auto& topic) { return IsTopicOf(topic, channel); });
  }
  for (std::string& topic : TopicsOf(venue, request)) topics.insert(std::move(topic));
}

void Unsubscribe(Venue venue, const json& request, std::set<std::string>& topics) {
  const std::string channel = venue == Venue::kWhitebit ? ChannelOf(request) : "";
  const bool by_market = channel == "depth" || channel == "bookTicker";
  const auto named = TopicsOf(venue, request);
  const bool all = venue == Venue::kWhitebit && (!by_market || named.front() == channel);
  std::erase_if(topics, [&](const std::string& topic) {
    return all ? IsTopicOf(topic, channel)
               : std::find(named.begin(), named.end(), topic) != named.end();
  });
}

}  // namespace

std::vector<Socket> ReadSockets(const Evidence& evidence) {
  std::vector<Socket> sockets;
  std::map<std::string, std::size_t> known;
  for (const StreamFrame& frame : evidence.frames) {
    const auto [at, is_new] = known.try_emplace(frame.stream, sockets.size());
    if (is_new) sockets.push_back({.name = frame.stream});
    Socket& socket = sockets[at->second];
    if (frame.kind == FrameKind::kOpened) {
      socket.opened = &frame;
    } else if (frame.kind == FrameKind::kClosed) {
      socket.closed = &frame;
    } else {
      socket.messages.push_back({.frame = &frame, .json = ParseBoundedJson(frame.text)});
    }
  }
  for (const JournalEntry& entry : evidence.entries) {
    const auto at = known.find(entry.stream);
    if (at != known.end()) sockets[at->second].entry = &entry;
  }
  return sockets;
}

Asks WhatIsAskedBy(Venue venue, const Message& message) {
  return venue == Venue::kBingx ? WhatBingxIsAsked(message) : WhatWhitebitIsAsked(message.json);
}

std::vector<std::string> TopicsOf(Venue venue, const json& request) {
  if (venue == Venue::kBingx) return {Text(request, "dataType")};
  const std::string channel = ChannelOf(request);
  const bool first_alone = channel == "depth" && Text(request, "method").ends_with(kSubscribe) &&
                           !Text(request, "method").ends_with(kUnsubscribe);
  std::vector<std::string> topics;
  for (const std::string& name : NamesIn(Member(request, "params"), first_alone)) {
    topics.push_back(channel);
    topics.back().append(" ").append(name);
  }
  if (topics.empty()) topics.push_back(channel);
  return topics;
}

bool IsOfAccount(Venue venue, const std::string& topic) {
  if (venue == Venue::kBingx) return topic == "spot.executionReport" || topic == "ACCOUNT_UPDATE";
  static constexpr std::array kChannels = {
      "balanceSpot",     "balanceMargin", "ordersPending",          "ordersExecuted",      "deals",
      "positionsMargin", "borrowsMargin", "positionsAccountMargin", "borrowsAccountMargin"};
  return std::any_of(kChannels.begin(), kChannels.end(),
                     [&](const char* channel) { return IsTopicOf(topic, channel); });
}

std::string IdOf(const json& message) {
  const json& id = Member(message, "id");
  if (id.is_string()) return id.get<std::string>();
  return id.is_null() ? std::string() : id.dump();
}

const Message* ReplyTo(const Socket& socket, const Message& request) {
  const std::string id = IdOf(request.json);
  if (id.empty()) return nullptr;
  for (const Message& message : socket.messages) {
    if (message.frame->seq > request.frame->seq && !message.IsFromClient() &&
        IdOf(message.json) == id) {
      return &message;
    }
  }
  return nullptr;
}

bool IsGranted(Venue venue, const json& reply) {
  if (venue == Venue::kWhitebit) return reply.contains("error") && reply["error"].is_null();
  return Member(reply, "code").is_number() && Integer(reply, "code") == 0;
}

std::set<std::string> TopicsAtTheEnd(Venue venue, const Socket& socket) {
  std::set<std::string> topics;
  for (const Message& message : socket.messages) {
    if (!message.IsFromClient()) continue;
    const Asks asks = WhatIsAskedBy(venue, message);
    if (asks != Asks::kSubscribe && asks != Asks::kUnsubscribe) continue;
    const Message* reply = ReplyTo(socket, message);
    if (asks == Asks::kUnsubscribe) {
      Unsubscribe(venue, message.json, topics);
    } else if (reply != nullptr && IsGranted(venue, reply->json)) {
      Subscribe(venue, message.json, topics);
    }
  }
  return topics;
}

}  // namespace ocokit::conform

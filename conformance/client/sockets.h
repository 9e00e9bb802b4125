#pragma once

// The frames of an account, socket by socket, and what the messages of a client ask for.

#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "conformance/client/rules.h"

namespace ocokit::conform {

struct Message {
  const StreamFrame* frame = nullptr;
  nlohmann::json json;  // null where it is none

  [[nodiscard]] bool IsFromClient() const { return frame->kind == FrameKind::kReceived; }
};

struct Socket {
  std::string name;
  const JournalEntry* entry = nullptr;  // whose connection it was; null where the journal has
                                        // forgotten it
  const StreamFrame* opened = nullptr;  // null where it is forgotten
  const StreamFrame* closed = nullptr;  // null: it is open
  std::vector<Message> messages = {};

  // The venue or the network has ended it, not the client.
  [[nodiscard]] bool WasDropped() const { return closed != nullptr && !closed->by_client; }
};

// In the order in which they were opened.
[[nodiscard]] std::vector<Socket> ReadSockets(const Evidence& evidence);

// What a message of a client is.
enum class Asks { kSubscribe, kUnsubscribe, kAuthorize, kPing, kPong, kOther, kNothing };
[[nodiscard]] Asks WhatIsAskedBy(Venue venue, const Message& message);

// The topics of a subscription: `spot.executionReport`, `ordersPending BTC_USDT`; of a channel
// without markets its name alone.
[[nodiscard]] std::vector<std::string> TopicsOf(Venue venue, const nlohmann::json& request);
// Whether it is about the account: orders, deals, money.
[[nodiscard]] bool IsOfAccount(Venue venue, const std::string& topic);

// The id of a request or reply as text; empty: none.
[[nodiscard]] std::string IdOf(const nlohmann::json& message);
// The venue's reply to a request, or nullptr: the first with its id that came after it.
[[nodiscard]] const Message* ReplyTo(const Socket& socket, const Message& request);
// Whether a reply grants what was asked for.
[[nodiscard]] bool IsGranted(Venue venue, const nlohmann::json& reply);

// What was granted and not given up, at the end of a socket.
[[nodiscard]] std::set<std::string> TopicsAtTheEnd(Venue venue, const Socket& socket);

}  // namespace ocokit::conform

#pragma once

// One stream that a case has opened: what the venue's framing makes of its messages, the answers
// that every client owes, and what has come and was not asked for yet.

#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>
#include <random>
#include <string>

#include "conformance/engine/case.h"
#include "conformance/engine/result.h"
#include "conformance/net/web_socket.h"
#include "conformance/server/matcher.h"
#include "conformance/server/stream_frames.h"

namespace ocokit::conform::server {

// What came of a stream: a message, a pong, or its end.
struct Heard {
  enum class Kind { kMessage, kPong, kEnd };
  Kind kind = Kind::kMessage;
  std::string text = {};         // of a message what it says, without gzip; of a pong its payload
  bool binary = false;           // of a message
  std::optional<int> code = {};  // of the end: that of the closing frame; 1005 without one
  std::string why = {};          // of the end without a closing frame: how
};

class OpenStream {
 public:
  // `wire`: where what is sent and comes is noted.
  OpenStream(std::string name, WebSocket socket, Venue venue, bool answers_heartbeats,
             std::uint64_t seed, std::vector<WireEntry>& wire);

  [[nodiscard]] MaskingKey NewKey();
  // Sends them, in one piece or byte by byte. Nothing is wrong when the server has closed: it may
  // have said why.
  void Send(const StreamBytes& bytes, bool in_pieces, std::chrono::milliseconds timeout);

  using Until = std::chrono::steady_clock::time_point;
  // What comes next, or has come and was put back. Errors: nothing in time; what a server may not
  // send.
  [[nodiscard]] Result<Heard, Mismatch> Next(Until until);
  void PutBack(std::deque<Heard> heard);
  // A number that no other request of this stream bears.
  [[nodiscard]] int NextMarker() { return ++markers_; }
  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  [[nodiscard]] Result<std::optional<Heard>, Mismatch> Take(const SocketMessage& message,
                                                            Until until);
  [[nodiscard]] Result<Heard, Mismatch> FinishClosing(const SocketMessage& closing, Until until);
  [[nodiscard]] bool AnswerHeartbeat(const std::string& text, Until until);
  // As an entry of the wire log, with the time since `begun_`.
  void Note(const std::string& sent, const std::string& got, std::string note = "");

  const std::string name_;
  WebSocket socket_;
  const Venue venue_;
  const bool answers_heartbeats_;
  std::mt19937 keys_;
  std::vector<WireEntry>& wire_;
  std::deque<Heard> waiting_;
  std::optional<Heard> end_;  // it has ended: the same for ever
  bool closing_ = false;      // a closing frame was sent
  int markers_ = 0;
  Until begun_;            // what is under way
  std::size_t noted_ = 0;  // bytes in the wire log
};

}  // namespace ocokit::conform::server

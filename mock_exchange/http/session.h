#pragma once

// Session: one connection. Lives on one thread's io_context and keeps itself alive until closed.

#include <atomic>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <cstddef>
#include <memory>
#include <unordered_set>

#include "mock_exchange/http/date.h"
#include "mock_exchange/http/listener.h"

namespace ocokit::mock::http {

class Session;

// The connections of one thread; touched by that thread only, but for their number.
struct SessionSet {
  std::unordered_set<Session*> sessions;
  std::atomic<std::size_t> open{0};
  bool stopping = false;
  DateText date;
};

// What the connections of a listener have in common.
struct SessionContext {
  const ListenOptions& options;
  const Handler& handler;
  boost::asio::ssl::context* tls = nullptr;  // null: plain
};

// Serves the connection until either side closes it. What `context` names and `set` outlive it.
void StartSession(boost::asio::ip::tcp::socket socket, const SessionContext& context,
                  SessionSet& set);

// Closes the set's idle connections; the others after their answer.
void StopSessions(SessionSet& set);
// Closes every connection of the set now.
void AbortSessions(SessionSet& set);

}  // namespace ocokit::mock::http

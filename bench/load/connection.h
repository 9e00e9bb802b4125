#pragma once

// Connection: one keep-alive connection with at most one request under way, plain or in TLS. It
// reads all the time, so that an end by the other side shows at once. It belongs to the thread that
// runs its io_context and tells an owner what happens, never from within a call of the owner's.

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "ocokit/client/transport.h"

namespace ocokit::load {

class Connection;

class ConnectionOwner {
 public:
  virtual ~ConnectionOwner() = default;
  // It can be sent on.
  virtual void OnOpen(Connection& connection) = 0;
  // The first bytes of a reply have come.
  virtual void OnFirstByte(Connection& connection) = 0;
  // A whole reply; its last byte was read just before.
  virtual void OnReply(Connection& connection, client::HttpResponse response) = 0;
  // It is closed, by the other side or because what came is no reply; `label` says why. `opened`:
  // OnOpen was told before; else there never was a connection.
  virtual void OnLost(Connection& connection, const std::string& label, bool opened) = 0;
};

// How every connection of a load is made. `tls` is null for a plain one.
struct ConnectionPlan {
  std::vector<boost::asio::ip::tcp::endpoint> endpoints;
  boost::asio::ssl::context* tls = nullptr;
  std::string host;  // that its certificate must be for
};

class Connection {
 public:
  // The index is the owner's, to tell connections apart.
  Connection(ConnectionOwner& owner, std::size_t index) : owner_(owner), index_(index) {}
  virtual ~Connection() = default;

  [[nodiscard]] std::size_t index() const { return index_; }
  [[nodiscard]] virtual bool open() const = 0;
  // Connects anew; ends in OnOpen or OnLost.
  virtual void Open() = 0;
  // Hands a whole request to the system; it must stay as it is until its reply has come. False: the
  // connection is lost, and OnLost was not told.
  [[nodiscard]] virtual bool Send(const std::string& request, std::string& why) = 0;
  // Ends it without a word to the owner.
  virtual void Close() = 0;

 protected:
  ConnectionOwner& owner_;

 private:
  std::size_t index_;
};

// The plan must outlive the connection.
[[nodiscard]] std::unique_ptr<Connection> MakeConnection(boost::asio::io_context& io,
                                                         const ConnectionPlan& plan,
                                                         ConnectionOwner& owner, std::size_t index);

}  // namespace ocokit::load

#pragma once

// Stream: one client's WebSocket at a venue, for an account. What both venues' have in common: who
// it is for, what waits to be said, when there is something to do. The venues' own know what is
// asked and what is said.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mock_exchange/account/account.h"
#include "mock_exchange/streams/gate.h"
#include "mock_exchange/streams/host.h"
#include "mock_exchange/wire/channel.h"

namespace ocokit::mock::streams {

// How a stream stands.
struct StreamState {
  std::uint64_t number = 0;
  std::string remote_ip;
  TimePoint opened;  // on the account's clock
  bool authorized = false;
  std::vector<std::string> topics;  // as the venue names them
  std::uint64_t received = 0;       // messages of the client
  std::uint64_t sent = 0;           // messages handed to the system
  std::uint64_t behind = 0;         // messages that wait to be
};

class Stream : public Channel, public std::enable_shared_from_this<Stream> {
 public:
  // `account`: whose stream it is, or whose markets and clock it shows.
  Stream(StreamHost& host, std::shared_ptr<Account> account, std::string remote_ip);
  ~Stream() override;
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  // Counts the server's streams. Set once, before the stream is opened.
  void SetNumber(std::uint64_t number) { number_ = number; }
  [[nodiscard]] std::uint64_t number() const { return number_; }

  // Any thread:
  [[nodiscard]] StreamState State() const;
  [[nodiscard]] std::shared_ptr<Account> account() const;
  [[nodiscard]] const std::string& remote_ip() const { return remote_ip_; }
  // Ends it soon.
  void Cut(const ChannelEnd& how);

  void OnOpen(std::function<void()> wake) final;
  void OnMessage(std::string_view bytes, bool binary) final;
  void OnControl() final;
  [[nodiscard]] ChannelTurn Take() final;
  void OnWritten(std::size_t messages) final;
  void OnEnded(const ChannelEnded& how) final;
  [[nodiscard]] std::size_t max_waiting_bytes() const final { return max_waiting_bytes_; }

 protected:
  // All on the connection's thread. With the account's mutex held, and its prices up to date:

  // It has come to an account: what has happened there up to now is nothing to it. First of all,
  // and again after MoveTo and when the account's events begin anew.
  virtual void Begin(TimePoint now) = 0;
  // Says what has come up since.
  virtual void Work(TimePoint now) = 0;
  // When there is something to say by itself, on the account's clock; none: not before something
  // happens.
  [[nodiscard]] virtual std::optional<TimePoint> NextDue() const = 0;
  // The client is alive.
  virtual void OnAlive(TimePoint now) = 0;

  // Without it:

  // A message of the client.
  virtual void Receive(std::string_view bytes, bool binary) = 0;

  // For those that derive:

  void Say(std::shared_ptr<const Message> message);
  void Say(Message message) { Say(std::make_shared<const Message>(std::move(message))); }
  // Once all that was said is out.
  void End(const ChannelEnd& how);
  // It is another account's from now on. Without the mutex of either.
  void MoveTo(std::shared_ptr<Account> account);
  // What State shows.
  void Show(bool authorized, std::vector<std::string> topics);
  [[nodiscard]] Account& held() const { return *account_; }
  [[nodiscard]] StreamHost& host() const { return host_; }

 private:
  // The account's part of Take.
  void TakeFrom(Account& account, ChannelTurn& turn);
  // Begin, when it is due.
  void Settle(TimePoint now);
  // Keeps a message, or how the stream has ended, at the account's time `now`.
  // Has `wake_` called when the account changes.
  void Watch();
  void Log(FrameView::Kind kind, TimePoint now, std::shared_ptr<const Message> message,
           const ChannelEnded& ended = {});

  StreamHost& host_;
  const std::string remote_ip_;
  std::function<void()> wake_;
  std::vector<std::shared_ptr<const Message>> said_;
  std::optional<ChannelEnd> end_;      // once all that was said is out
  bool ended_ = false;                 // the connection was told so
  std::optional<std::uint64_t> life_;  // AccountMarks::lives when it began; none: it has not
  std::unique_ptr<Gate> gate_;
  std::shared_ptr<FrameLog> log_;  // of the account; may be null
  std::size_t log_bytes_ = 0;
  std::size_t max_waiting_bytes_ = 0;
  TimePoint now_;  // when Take was called last
  std::uint64_t number_ = 0;
  // On the steady clock: when the first change came that Take has not seen; 0: it has seen all.
  std::atomic<std::int64_t> changed_{0};
  // Of each message that waits: the same; 0: nothing had happened, as for a heartbeat.
  std::deque<std::int64_t> waiting_;
  std::atomic<std::uint64_t> received_{0};
  std::atomic<std::uint64_t> taken_{0};
  std::atomic<std::uint64_t> written_{0};
  mutable std::mutex mutex_;  // guards what follows; the connection's thread alone changes it
  std::shared_ptr<Account> account_;
  TimePoint opened_;
  bool authorized_ = false;
  std::vector<std::string> topics_;
  std::optional<ChannelEnd> cut_;  // of Cut; any thread
};

}  // namespace ocokit::mock::streams

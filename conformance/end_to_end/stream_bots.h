#pragma once

// A bot at each venue, of the client library, and what its user stream has reported.

#include <gtest/gtest.h>

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "ocokit/client/bingx_user_stream.h"
#include "ocokit/client/whitebit_user_stream.h"
#include "ocokit/mock/server.h"

namespace ocokit::conform {

// An order as the events have shown it, or as the account has it.
struct Standing {
  client::OrderState state{};
  Decimal filled{};
  Decimal money{};

  friend bool operator==(const Standing&, const Standing&) = default;
};
using Picture = std::map<std::string, Standing>;

std::ostream& operator<<(std::ostream& out, const Standing& order);

// The account's orders, of pairs and by themselves.
[[nodiscard]] Picture PictureOf(const mock::AccountHandle& account);

// What a stream has reported; from any thread.
class Listener {
 public:
  [[nodiscard]] client::StreamHandler Handler();

  // Waits, ten seconds at most, until it holds.
  [[nodiscard]] bool Wait(const std::function<bool()>& holds);
  [[nodiscard]] bool WaitForPicture(const mock::AccountHandle& account);

  [[nodiscard]] Picture picture() const;
  [[nodiscard]] std::vector<client::OrderEvent> events() const;
  [[nodiscard]] std::vector<client::GapInfo> gaps() const;
  [[nodiscard]] int connects() const;
  // Why connections ended, and what has failed.
  [[nodiscard]] std::vector<std::string> reasons() const;
  // What no stream may say: an order placed or done twice, sums that are not those of the fills.
  [[nodiscard]] std::vector<std::string> mistakes() const;
  void Clear();

 private:
  void Take(const client::OrderEvent& event);

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  Picture picture_;
  std::vector<client::OrderEvent> events_;
  std::vector<client::GapInfo> gaps_;
  std::vector<std::string> reasons_;
  std::vector<std::string> mistakes_;
  std::map<std::string, int> done_;
  int connects_ = 0;
};

// Places and cancels at one venue. Pairs buy below the market or above it.
class Bot {
 public:
  virtual ~Bot() = default;
  [[nodiscard]] static std::unique_ptr<Bot> At(mock::Venue venue, const std::string& url,
                                               const mock::AccountHandle& account);

  // A pair for so many thousandths.
  virtual void PlacePair(int thousandths) = 0;
  virtual void CancelPair() = 0;  // the latest
  virtual void FollowPair() = 0;  // the latest
  virtual void BuyAtMarket() = 0;
  virtual void PlaceLimit() = 0;
  virtual void Listen(client::StreamOptions options, client::StreamHandler handler) = 0;
  virtual void Stop() = 0;

  // Where its pairs are filled, and which channel tells of orders.
  [[nodiscard]] virtual std::string market() const = 0;
  [[nodiscard]] virtual Decimal limit() const = 0;
  [[nodiscard]] virtual Decimal middle() const = 0;
  [[nodiscard]] virtual Decimal trigger() const = 0;
  [[nodiscard]] virtual std::string channel() const = 0;
};

}  // namespace ocokit::conform

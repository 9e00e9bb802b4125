#include "conformance/end_to_end/stream_bots.h"

#include <optional>
#include <ostream>

namespace ocokit::conform {
namespace {

namespace bingx = client::bingx;
namespace whitebit = client::whitebit;
using client::OrderEventKind;
using client::OrderState;

OrderState StateOf(mock::LegState state) {
  switch (state) {
    case mock::LegState::kWaiting:
      return OrderState::kWaiting;
    case mock::LegState::kResting:
    case mock::LegState::kTriggered:
    case mock::LegState::kPartiallyFilled:
      return OrderState::kOpen;
    case mock::LegState::kFilled:
      return OrderState::kFilled;
    case mock::LegState::kCanceled:
    case mock::LegState::kNeverTriggered:
    case mock::LegState::kReduceOnlyCanceled:
      return OrderState::kCancelled;
  }
  return OrderState::kOpen;
}

constexpr std::chrono::seconds kPatience{10};

Decimal Thousandths(int count) { return Decimal::FromParts(count, 3).value(); }

template <typename Result>
auto Must(Result result) {
  if (!result) ADD_FAILURE() << result.error().message;
  return std::move(result).value();
}

class BingxBot final : public Bot {
 public:
  BingxBot(const std::string& url, const mock::AccountHandle& account)
      : client_(Must(bingx::Client::Make({.base_url = url, .rate_limit = {.enabled = false}},
                                         {account.key(), account.secret()}))) {}

  void PlacePair(int thousandths) override {
    pair_ = Must(client_.PlaceOco({.symbol = market(),
                                   .side = bingx::Side::kBuy,
                                   .quantity = Thousandths(thousandths),
                                   .limit_price = limit(),
                                   .order_price = Decimal(88000),
                                   .trigger_price = trigger()}));
  }
  void CancelPair() override { Must(client_.CancelOco({.order_id = pair_.limit.order_id})); }
  void FollowPair() override { stream_->Follow(pair_); }
  void BuyAtMarket() override {
    Must(client_.PlaceOrder({.symbol = market(),
                             .side = bingx::Side::kBuy,
                             .type = bingx::OrderType::kMarket,
                             .quantity = Thousandths(7)}));
  }
  void PlaceLimit() override {
    Must(client_.PlaceOrder({.symbol = market(),
                             .side = bingx::Side::kBuy,
                             .quantity = Thousandths(8),
                             .price = Decimal(40000)}));
  }
  void Listen(client::StreamOptions options, client::StreamHandler handler) override {
    stream_.emplace(Must(bingx::UserStream::Make(client_, std::move(options), std::move(handler))));
    EXPECT_TRUE(stream_->Start());
  }
  void Stop() override { stream_.reset(); }

  std::string market() const override { return "BTC-USDT"; }
  Decimal limit() const override { return Decimal(48000); }
  Decimal middle() const override { return Decimal(64000); }
  Decimal trigger() const override { return Decimal(87000); }
  std::string channel() const override { return "spot.executionReport"; }

 private:
  bingx::Client client_;
  bingx::OcoPair pair_;
  std::optional<bingx::UserStream> stream_;
};

class WhitebitBot final : public Bot {
 public:
  WhitebitBot(const std::string& url, const mock::AccountHandle& account)
      : client_(Must(whitebit::Client::Make({.base_url = url, .rate_limit = {.enabled = false}},
                                            {account.key(), account.secret()}))) {}

  void PlacePair(int thousandths) override {
    pair_ = Must(client_.PlaceOco({.market = market(),
                                   .side = whitebit::Side::kBuy,
                                   .amount = Thousandths(thousandths),
                                   .price = limit(),
                                   .activation_price = trigger(),
                                   .stop_limit_price = Decimal(42000)}));
  }
  void CancelPair() override { Must(client_.CancelOco({.market = market(), .id = pair_.id})); }
  void FollowPair() override { stream_->Follow(pair_); }
  void BuyAtMarket() override {
    Must(client_.PlaceOrder({.market = market(),
                             .wallet = whitebit::Wallet::kCollateral,
                             .type = whitebit::OrderType::kMarket,
                             .side = whitebit::Side::kBuy,
                             .amount = Thousandths(7)}));
  }
  void PlaceLimit() override {
    Must(client_.PlaceOrder({.market = market(),
                             .wallet = whitebit::Wallet::kCollateral,
                             .side = whitebit::Side::kBuy,
                             .amount = Thousandths(8),
                             .price = Decimal(30000)}));
  }
  void Listen(client::StreamOptions options, client::StreamHandler handler) override {
    stream_.emplace(Must(
        whitebit::UserStream::Make(client_, std::move(options), std::move(handler), {market()})));
    EXPECT_TRUE(stream_->Start());
  }
  void Stop() override { stream_.reset(); }

  std::string market() const override { return "BTC_USDT"; }
  Decimal limit() const override { return Decimal(40000); }
  Decimal middle() const override { return Decimal(40500); }
  Decimal trigger() const override { return Decimal(41000); }
  std::string channel() const override { return "ordersPending"; }

 private:
  whitebit::Client client_;
  whitebit::OcoOrder pair_;
  std::optional<whitebit::UserStream> stream_;
};

}  // namespace

std::ostream& operator<<(std::ostream& out, const Standing& order) {
  return out << client::Name(order.state) << " " << order.filled.Format() << " for "
             << order.money.Format();
}

Picture PictureOf(const mock::AccountHandle& account) {
  Picture picture;
  for (const mock::PairView& pair : account.Orders()) {
    for (const mock::LegView* leg : {&pair.limit, &pair.stop}) {
      picture[std::to_string(leg->id)] = {StateOf(leg->state), leg->filled, leg->value};
    }
  }
  for (const mock::OrderView& order : account.PlainOrders()) {
    picture[std::to_string(order.id)] = {StateOf(order.state), order.filled, order.value};
  }
  return picture;
}

client::StreamHandler Listener::Handler() {
  const auto note = [this](auto change) {
    {
      const std::lock_guard lock(mutex_);
      change();
    }
    changed_.notify_all();
  };
  return {.on_event = [=, this](const client::OrderEvent& event) { note([&] { Take(event); }); },
          .on_connected = [=, this] { note([&] { ++connects_; }); },
          .on_disconnected =
              [=, this](const std::string& reason) { note([&] { reasons_.push_back(reason); }); },
          .on_gap = [=, this](const client::GapInfo& gap) { note([&] { gaps_.push_back(gap); }); },
          .on_problem =
              [=, this](const client::Error& error) {
                note([&] { reasons_.push_back(error.message); });
              }};
}

void Listener::Take(const client::OrderEvent& event) {
  const bool is_new = !picture_.contains(event.order_id);
  Standing& order = picture_[event.order_id];
  const auto object = [&](const char* what) {
    mistakes_.push_back(event.order_id + " " + std::string(Name(event.kind)) + ": " + what);
  };
  if ((event.kind == OrderEventKind::kPlaced) != is_new) object("not placed once");
  if (done_[event.order_id] > 0) object("after its end");
  if (event.kind == OrderEventKind::kDone) ++done_[event.order_id];
  if ((event.kind == OrderEventKind::kFilled) != event.fill.has_value()) object("fill");
  if (event.fill) {
    order.filled += event.fill->amount;
    order.money += event.fill->amount * event.fill->price;
    if (order.filled != event.filled || order.money != event.money) object("sums");
  }
  order.state = event.state;
  events_.push_back(event);
}

bool Listener::Wait(const std::function<bool()>& holds) {
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  while (!holds()) {
    std::unique_lock lock(mutex_);
    // What holds may be the account's, which does not wake anybody here.
    changed_.wait_for(lock, std::chrono::milliseconds(20));
    if (std::chrono::steady_clock::now() > deadline) return false;
  }
  return true;
}

bool Listener::WaitForPicture(const mock::AccountHandle& account) {
  return Wait([&] { return picture() == PictureOf(account); });
}

Picture Listener::picture() const {
  const std::lock_guard lock(mutex_);
  return picture_;
}
std::vector<client::OrderEvent> Listener::events() const {
  const std::lock_guard lock(mutex_);
  return events_;
}
std::vector<client::GapInfo> Listener::gaps() const {
  const std::lock_guard lock(mutex_);
  return gaps_;
}
int Listener::connects() const {
  const std::lock_guard lock(mutex_);
  return connects_;
}
std::vector<std::string> Listener::reasons() const {
  const std::lock_guard lock(mutex_);
  return reasons_;
}
std::vector<std::string> Listener::mistakes() const {
  const std::lock_guard lock(mutex_);
  return mistakes_;
}

void Listener::Clear() {
  const std::lock_guard lock(mutex_);
  picture_.clear();
  events_.clear();
  gaps_.clear();
  reasons_.clear();
  mistakes_.clear();
  done_.clear();
  connects_ = 0;
}

std::unique_ptr<Bot> Bot::At(mock::Venue venue, const std::string& url,
                             const mock::AccountHandle& account) {
  if (venue == mock::Venue::kBingx) return std::make_unique<BingxBot>(url, account);
  return std::make_unique<WhitebitBot>(url, account);
}

}  // namespace ocokit::conform

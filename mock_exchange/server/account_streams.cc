// What happens in an account, and who hears of it.

#include <algorithm>
#include <charconv>
#include <utility>
#include <variant>

#include "mock_exchange/account/out_of_range.h"
#include "mock_exchange/exchange/tenant.h"
#include "mock_exchange/journal/redact.h"
#include "ocokit/mock/server.h"

namespace ocokit::mock {
namespace {

LegState StateOf(engine::Ending ending) {
  switch (ending) {
    case engine::Ending::kFilled:
      return LegState::kFilled;
    case engine::Ending::kNeverTriggered:
      return LegState::kNeverTriggered;
    case engine::Ending::kReduceOnly:
      return LegState::kReduceOnlyCanceled;
    case engine::Ending::kNone:
    case engine::Ending::kRequest:
    case engine::Ending::kSibling:
    case engine::Ending::kRemainder:
    case engine::Ending::kPostOnly:
    case engine::Ending::kReplaced:
      return LegState::kCanceled;
  }
  return LegState::kCanceled;
}

// Puts what has happened into a view.
class Viewer {
 public:
  Viewer(const engine::Engine& engine, EventView& out) : engine_(engine), out_(out) {}

  void operator()(const engine::OrderPlaced& placed) const {
    out_.kind = EventView::Kind::kPlaced;
    out_.price = placed.price;
    out_.trigger = placed.trigger;
    out_.amount = placed.amount;
  }
  void operator()(const engine::OrderTriggered& triggered) const {
    out_.kind = EventView::Kind::kTriggered;
    out_.price = triggered.last;
  }
  void operator()(const engine::OrderTraded& traded) const {
    out_.kind = EventView::Kind::kTraded;
    out_.trade = traded.trade;
    out_.amount = traded.amount;
    out_.price = traded.price;
    out_.fee = traded.fee;
    out_.taker = traded.taker;
    out_.whole = traded.whole;
  }
  void operator()(const engine::OrderDone& done) const {
    out_.kind = EventView::Kind::kDone;
    out_.state = StateOf(done.ending);
  }
  void operator()(const engine::AmountChanged& changed) const {
    out_.kind = EventView::Kind::kAmount;
    out_.amount = changed.amount;
  }
  void operator()(const engine::BalanceChanged& changed) const {
    out_.kind = EventView::Kind::kBalance;
    out_.asset = engine_.events().assets().at(changed.asset);
    out_.margin = changed.wallet == engine::Wallet::kMargin;
    out_.free = changed.balance.free;
    out_.reserved = changed.balance.reserved;
    out_.market.clear();
  }
  void operator()(const engine::PositionChanged& changed) const {
    out_.kind = EventView::Kind::kPosition;
    out_.position_side = changed.side;
    out_.amount = changed.amount;
    out_.cost = changed.cost;
  }
  void operator()(const engine::LeverageChanged& changed) const {
    out_.kind = EventView::Kind::kLeverage;
    out_.leverage = changed.leverage;
    out_.market.clear();
  }
  void operator()(const engine::HedgeModeChanged& changed) const {
    out_.kind = EventView::Kind::kHedgeMode;
    out_.hedge_mode = changed.on;
    out_.market.clear();
  }

 private:
  const engine::Engine& engine_;
  EventView& out_;
};

EventView View(const engine::Event& event, const engine::Engine& engine) {
  EventView out;
  out.seq = event.seq;
  out.command = event.command;
  out.at = event.at;
  out.order = event.order;
  out.cause = event.cause;
  out.market = engine.markets()[event.market].spec.symbol;
  if (const engine::Order* order = engine.orders().FindOrder(event.order)) {
    out.client_id = order->client_id.str();
    out.side = order->list->side;
    out.type = order->type;
  }
  std::visit(Viewer(engine, out), event.what);
  return out;
}

StreamView View(const streams::Stream& stream) {
  streams::StreamState state = stream.State();
  return {.id = StreamId(state.number),
          .remote_ip = std::move(state.remote_ip),
          .opened = state.opened,
          .authorized = state.authorized,
          .topics = std::move(state.topics),
          .received = state.received,
          .sent = state.sent,
          .behind = state.behind};
}

FrameView View(const FrameRecord& record, const SecretFilter& secrets, bool full) {
  FrameView out{
      .seq = record.seq, .at = record.at, .stream = StreamId(record.stream), .kind = record.kind};
  if (record.message != nullptr) {
    out.binary = record.message->binary;
    out.text = RedactMessage(record.message->Text(), secrets, full);
  }
  if (record.kind == FrameView::Kind::kClosed) {
    out.code = record.ended.code;
    out.by_client = record.ended.by_peer;
  }
  return out;
}

// The number of "stream-7"; 0: it is none.
std::uint64_t NumberOf(std::string_view id) {
  constexpr std::string_view kPrefix = "stream-";
  std::uint64_t number = 0;
  if (!id.starts_with(kPrefix)) return 0;
  id.remove_prefix(kPrefix.size());
  const auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), number);
  return error == std::errc() && end == id.data() + id.size() ? number : 0;
}

}  // namespace

std::vector<EventView> AccountHandle::Events(const EventQuery& query) const {
  const AccountLock lock(*account_);
  const engine::EventLog& log = account_->engine.events();
  std::vector<EventView> out;
  std::uint64_t seq = std::max(query.after + 1, log.first());
  for (; seq <= log.last() && out.size() < query.limit; ++seq) {
    out.push_back(View(*log.Find(seq), account_->engine));
  }
  return out;
}

std::vector<StreamView> AccountHandle::Streams() const {
  std::vector<StreamView> out;
  for (const auto& stream : tenant_->open_streams->All()) {
    if (stream->account().get() == account_) out.push_back(View(*stream));
  }
  return out;
}

Result<void> AccountHandle::EndStream(const std::string& id, const StreamEnd& how) {
  if (how.code && (*how.code < 1000 || *how.code > 4999)) {
    return OutOfRange("a closing code must be 1000 to 4999");
  }
  const auto stream = tenant_->open_streams->Find(NumberOf(id));
  if (stream == nullptr || stream->account().get() != account_) {
    return Fail(ErrorKind::kNotFound, tenant_->id + " has no stream " + id);
  }
  using Kind = ChannelEnd::Kind;
  const Kind without_code = how.reset ? Kind::kReset : Kind::kCut;
  stream->Cut({how.code ? Kind::kClose : without_code, how.code.value_or(0)});
  return {};
}

std::vector<FrameView> AccountHandle::Frames(const FrameQuery& query, bool full) const {
  std::vector<FrameView> out;
  std::uint64_t stream = 0;
  if (!query.stream.empty()) {
    stream = NumberOf(query.stream);
    if (stream == 0) return out;
  }
  for (const FrameRecord& record : tenant_->frames.Read(query.after, query.limit, stream)) {
    out.push_back(View(record, *tenant_->secrets, full));
  }
  return out;
}

}  // namespace ocokit::mock

#include "mock_exchange/bingx/words.h"

#include "ocokit/base/check.h"

namespace ocokit::mock::bingx {

namespace {

std::string_view StatusOfEnded(engine::Ending ending) {
  using engine::Ending;
  switch (ending) {
    case Ending::kFilled:
      return "FILLED";
    case Ending::kNeverTriggered:
      return "FAILED";
    case Ending::kNone:
    case Ending::kRequest:
    case Ending::kSibling:
    case Ending::kReduceOnly:
    case Ending::kRemainder:
    case Ending::kPostOnly:
    case Ending::kReplaced:
      break;
  }
  return "CANCELED";
}

}  // namespace

std::string_view StatusName(const Order& order) {
  using engine::Phase;
  switch (order.phase) {
    case Phase::kUntriggered:
      return "NEW";
    case Phase::kResting:
      return order.filled.IsPositive() ? "PARTIALLY_FILLED" : "PENDING";
    case Phase::kDone:
      break;
  }
  return StatusOfEnded(order.ending);
}

std::string Percent(const Decimal& change, const Decimal& open) {
  const Result<Decimal> share = Decimal::Divide(change * Decimal(100), open, 2);
  OCOKIT_CHECK(share.has_value(), "a change of price out of range");
  std::string text = share->Format();
  if (share->scale() == 0) text += '.';
  text.append(static_cast<std::size_t>(2 - share->scale()), '0');
  return text + '%';
}

}  // namespace ocokit::mock::bingx

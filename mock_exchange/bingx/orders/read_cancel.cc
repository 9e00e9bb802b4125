#include "mock_exchange/bingx/orders/read_cancel.h"

#include <algorithm>
#include <array>

#include "mock_exchange/wire/read_whole.h"

namespace ocokit::mock::bingx {
namespace {

// The parts of a text between commas; blanks around them do not count.
std::vector<std::string> Split(const Parameters& parameters, const char* name) {
  std::vector<std::string> out;
  const Parameter* given = parameters.Find(name);
  if (given == nullptr) return out;
  std::string_view rest = given->value;
  while (!rest.empty()) {
    std::string_view part = rest.substr(0, rest.find(','));
    rest.remove_prefix(std::min(rest.size(), part.size() + 1));
    const std::size_t start = part.find_first_not_of(' ');
    if (start == std::string_view::npos) continue;
    part = part.substr(start, part.find_last_not_of(' ') - start + 1);
    out.emplace_back(part);
  }
  return out;
}

const Parameter* FindEither(const Parameters& parameters, const char* name, const char* other) {
  const Parameter* given = parameters.Find(name);
  return given != nullptr ? given : parameters.Find(other);
}

}  // namespace

ReadResult<std::string> ReadRestriction(const Parameters& parameters) {
  constexpr std::array<std::string_view, 3> kStates = {"NEW", "PENDING", "PARTIALLY_FILLED"};
  const Parameter* given = parameters.Find("cancelRestrictions");
  if (given == nullptr) return std::string();
  if (std::ranges::find(kStates, given->value) == kStates.end()) {
    return Refuse(ErrorId::kInvalidArguments);
  }
  return given->value;
}

ReadResult<CancelListRequest> ReadCancelList(const Parameters& parameters, const Account& account) {
  CancelListRequest out;
  out.order_ids = Split(parameters, "orderIds");
  out.client_order_ids = Split(parameters, "clientOrderIDs");
  if (parameters.Find("symbol") == nullptr ||
      (out.order_ids.empty() && out.client_order_ids.empty())) {
    return Refuse(ErrorId::kMissingArguments);
  }
  const auto market = ReadSymbol(parameters, account);
  if (!market) return tl::unexpected<Refusal>(market.error());
  out.market = **market;
  if (const Parameter* process = parameters.Find("process")) {
    if (process->value != "0" && process->value != "1") return Refuse(ErrorId::kInvalidArguments);
    out.go_on = process->value == "1";
  }
  return out;
}

ReadResult<ReplaceRequest> ReadReplace(const Parameters& parameters, const Account& account) {
  // The page's table and its example differ in the capital.
  const Parameter* mode = FindEither(parameters, "cancelReplaceMode", "CancelReplaceMode");
  const Parameter* id = parameters.Find("cancelOrderId");
  const Parameter* client_id = parameters.Find("cancelClientOrderID");
  if (parameters.Find("symbol") == nullptr || mode == nullptr ||
      (id == nullptr && client_id == nullptr)) {
    return Refuse(ErrorId::kMissingArguments);
  }
  ReplaceRequest out;
  if (mode->value != "STOP_ON_FAILURE" && mode->value != "ALLOW_FAILURE") {
    return Refuse(ErrorId::kInvalidArguments);
  }
  out.go_on = mode->value == "ALLOW_FAILURE";
  const auto market = ReadSymbol(parameters, account);
  if (!market) return tl::unexpected<Refusal>(market.error());
  out.old.market = **market;
  if (id != nullptr) {
    out.old.order_id = ReadWhole<engine::OrderId>(id->value);
    if (!out.old.order_id) return Refuse(ErrorId::kInvalidArguments);
  } else {
    out.old.client_order_id = client_id->value;
  }
  const auto restriction = ReadRestriction(parameters);
  if (!restriction) return tl::unexpected<Refusal>(restriction.error());
  out.restriction = *restriction;
  return out;
}

ReadResult<std::optional<std::chrono::seconds>> ReadTimer(const Parameters& parameters) {
  constexpr std::int64_t kShortest = 10;
  constexpr std::int64_t kLongest = 120;
  const Parameter* type = parameters.Find("type");
  if (type == nullptr) return Refuse(ErrorId::kMissingArguments);
  if (type->value == "CLOSE") return std::optional<std::chrono::seconds>();
  if (type->value != "ACTIVATE") return Refuse(ErrorId::kInvalidArguments);
  const Parameter* after = parameters.Find("timeOut");
  if (after == nullptr) return Refuse(ErrorId::kMissingArguments);
  const auto seconds = ReadWhole<std::int64_t>(after->value);
  if (!seconds || *seconds < kShortest || *seconds > kLongest) {
    return Refuse(ErrorId::kInvalidArguments);
  }
  return std::optional(std::chrono::seconds(*seconds));
}

}  // namespace ocokit::mock::bingx

#include "client/streams/whitebit_protocol.h"

#include "client/json/json_reader.h"
#include "client/json/json_writer.h"
#include "client/streams/whitebit_orders.h"
#include "ocokit/base/text.h"

namespace ocokit::client::streams {
namespace {

using Type = JsonValue::Type;

constexpr std::string_view kAuthorize = "authorize";
// The id of pings, which nobody waits for.
constexpr const char* kPing = R"({"id":0,"method":"ping","params":[]})";

}  // namespace

Result<std::string> WhitebitProtocol::Prepare() {
  Result<std::string> token = client_.WebsocketToken();
  if (!token) return token;
  token_ = std::move(*token);
  return std::string();
}

std::string WhitebitProtocol::Request(std::string_view method, std::string_view params) {
  const std::string id = std::to_string(next_id_++);
  pending_[id] = method;
  std::string text = R"({"id":)" + id + R"(,"method":")";
  text += method;
  text += R"(","params":)";
  text += params;
  text += '}';
  return text;
}

std::vector<std::string> WhitebitProtocol::Greet() {
  pending_.clear();
  authorized_ = false;
  has_new_market_ = !markets_.empty();
  std::string params = "[";
  AppendJsonString(params, token_);
  params += R"(,"public"])";
  return {Request(kAuthorize, params)};
}

std::vector<std::string> WhitebitProtocol::Subscribe() {
  std::string list = "[";
  for (const std::string& market : markets_) {
    if (list.size() > 1) list += ',';
    AppendJsonString(list, market);
  }
  list += ']';
  has_new_market_ = false;
  return {Request("ordersPending_subscribe", list),
          Request("ordersExecuted_subscribe", "[" + list + ",0]"),
          Request("deals_subscribe", "[" + list + "]")};
}

void WhitebitProtocol::AddMarket(const std::string& market) {
  if (!market.empty() && markets_.insert(market).second) has_new_market_ = true;
}

Heard WhitebitProtocol::OnTick(bool ping) {
  Heard heard;
  if (ping) heard.answers.emplace_back(kPing);
  if (!authorized_ || !has_new_market_ || !pending_.empty()) return heard;
  for (std::string& text : Subscribe()) heard.answers.push_back(std::move(text));
  return heard;
}

Heard WhitebitProtocol::OnMessage(const Message& message) {
  const std::optional<JsonValue> frame = ParseJson(message.bytes);
  if (!frame || !frame->Is(Type::kObject)) return {.is_doubtful = true};
  const JsonValue* id = ReplyReader::Get(*frame, "id");
  if (id != nullptr) return OnReply(*frame, id->text);
  const JsonValue* method = ReplyReader::Get(*frame, "method");
  const JsonValue* params = ReplyReader::Get(*frame, "params");
  if (method == nullptr || params == nullptr) return {.is_doubtful = true};
  return OnPush(method->text, *params);
}

Heard WhitebitProtocol::OnReply(const JsonValue& reply, const std::string& id) {
  const auto found = pending_.find(id);
  if (found == pending_.end()) return {};
  const std::string method = std::move(found->second);
  pending_.erase(found);
  const JsonValue* refusal = ReplyReader::Get(reply, "error");
  if (refusal == nullptr) {
    if (method == kAuthorize) {
      authorized_ = true;
      return {};
    }
    // What happened in a new market before its subscription began has not been said.
    return {.is_doubtful = pending_.empty()};
  }
  Error error{.kind = method == kAuthorize ? ErrorKind::kAuth : ErrorKind::kBadRequest,
              .message = "WhiteBIT refused " + method,
              .retry_safe = true};
  if (const JsonValue* code = refusal->Find("code")) error.code = ReadInteger(*code);
  if (const JsonValue* text = refusal->Find("message")) error.message += ": " + text->text;
  // Should the venue repeat it.
  if (!token_.empty()) error.message = Replaced(error.message, token_, "***");
  return {.problem = error, .end = error.message};
}

Heard WhitebitProtocol::OnPush(std::string_view method, const JsonValue& params) {
  const std::vector<JsonValue>& items = params.items;
  std::optional<Sighting> seen;
  if (method == "ordersPending_update") {
    if (items.size() >= 2) seen = ReadWhitebitOrder(items[1], items[0].text == "3");
  } else if (method == "ordersExecuted_update") {
    if (!items.empty()) seen = ReadWhitebitOrder(items[0], /*finished=*/true);
  } else if (method == "deals_update") {
    std::optional<Deal> deal = ReadDeal(params);
    if (!deal) return {.is_doubtful = true};
    return {.deals = {std::move(*deal)}};
  } else {
    return {};
  }
  if (!seen) return {.is_doubtful = true};
  return {.sightings = {std::move(*seen)}};
}

Result<Reading> WhitebitProtocol::Read(const std::vector<Wanted>& wanted,
                                       std::optional<TimePoint> since, TimePoint* now) {
  return ReadWhitebitOrders(client_, wanted, since, now);
}

}  // namespace ocokit::client::streams

#include "mock_exchange/streams/upgrade.h"

#include "mock_exchange/wire/websocket_offer.h"

namespace ocokit::mock::streams {
namespace {

Reply Refuse(int status, const std::string& text, const char* rule) {
  Reply reply;
  reply.response = {.status = status,
                    .headers = {{"Content-Type", "text/plain"}, {"Sec-WebSocket-Version", "13"}},
                    .body = text + "\n"};
  reply.decision = {.stage = Stage::kRoute, .rule = rule};
  return reply;
}

}  // namespace

Reply AnswerUpgrade(const Request& request) {
  const WebSocketOffer offer = ReadWebSocketOffer(request);
  if (!offer.made) return Refuse(426, "streams are here: open a WebSocket", "upgrade");
  if (!offer.problem.empty()) return Refuse(offer.status, offer.problem, "upgrade");
  Reply reply;
  reply.response = {.status = 101,
                    .headers = {{"Upgrade", "websocket"}, {"Connection", "Upgrade"}}};
  reply.decision = {.stage = Stage::kRoute, .accepted = true, .rule = "stream"};
  return reply;
}

}  // namespace ocokit::mock::streams

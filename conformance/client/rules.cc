#include "conformance/client/rules.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "conformance/client/rule_parts.h"

namespace ocokit::conform {
namespace {

constexpr std::array kRules = {
    Rule{"documented-path", "Every request goes to a documented path with its documented method.",
         PathsAreDocumented},
    Rule{"authenticated", "No request is refused for its key, signature, payload or time.",
         RequestsAreAuthenticated},
    Rule{"key-in-header", "Every signed call carries the API key in the venue's header.",
         KeyIsInItsHeader},
    Rule{"secret-stays-home", "The secret is in no request and no message, in no form.",
         SecretStaysHome},
    Rule{"no-parameter-twice", "No parameter stands twice in one request.", NoParameterTwice},
    Rule{"numbers-plain",
         "Amounts and prices are plain decimals: no exponent, no comma, no digits of a binary "
         "fraction.",
         NumbersArePlain},
    Rule{"numbers-as-asked", "Amounts and prices go out with exactly the value that was asked for.",
         NumbersAreAsAsked},
    Rule{"fields-as-asked", "Market, side, ids and flags go out as they were asked for.",
         FieldsAreAsAsked},
    Rule{"refused-not-repeated", "An order that the venue has refused is not sent again.",
         RefusedIsNotRepeated},
    Rule{"order-as-asked",
         "A plain order goes out by the call, and with the type, time in force and unit of its "
         "amount, that were asked for.",
         OrderIsAsAsked},
    Rule{"client-ids-new", "A client's id that an order has is not given to another order.",
         ClientIdsAreNew},
    Rule{"placements-have-ids",
         "Every order carries an id of the client's, by which it is found when its reply is lost.",
         PlacementsHaveIds},
    Rule{"market-data-unsigned", "Calls that need no key carry neither key nor signature.",
         MarketDataIsUnsigned},
    Rule{"market-data-limits", "No more levels or candles are asked for than a call can give.",
         MarketDataLimitsAreKept},
    Rule{"lost-not-repeated",
         "A placement whose reply was lost is not sent again before the client has looked whether "
         "it was placed.",
         LostPlacementIsNotRepeated},
    Rule{"outcome-looked-up", "After a lost reply the client asks the venue what came of it.",
         OutcomeIsLookedUp, /*at_end=*/true},
    Rule{"pauses-after-limit", "A call that was refused by a limit is not repeated at once.",
         PausesAfterLimit},
    Rule{"cancels-known-ids", "Ids in cancels are those of earlier replies or requests, unchanged.",
         CancelsKnownIds},
    Rule{"keeps-limits", "No request goes over a documented limit.", LimitsAreKept},

    Rule{"bx-signature-fits",
         "The signature is the HMAC-SHA256 of the parameters that are sent, timestamp included.",
         BingxSignatureFits},
    Rule{"bx-signature-lower-hex", "The signature is 64 lower-case hexadecimal digits.",
         BingxSignatureIsLowerHex},
    Rule{"bx-json-whole", "A JSON body has timestamp and signature in it.", BingxJsonIsWhole},
    Rule{"bx-timestamp-ms", "The timestamp is in milliseconds.", TimestampIsInMs},
    Rule{"bx-timestamp-in-window", "The timestamp is within recvWindow of the venue's clock.",
         TimestampIsInWindow},
    Rule{"bx-client-ids-digits", "Client ids of an OCO order are texts of digits.",
         ClientIdsAreDigits},

    Rule{"wb-signature-fits",
         "The signature is the lower-case hexadecimal HMAC-SHA512 of the payload's text.",
         WhitebitSignatureFits},
    Rule{"wb-payload-is-body", "The payload is the base64 of what the body says.", PayloadIsBody},
    Rule{"wb-payload-compact", "The payload's JSON has no blanks between its tokens.",
         PayloadIsCompact},
    Rule{"wb-payload-bytes", "The payload is the base64 of the very bytes of the body.",
         PayloadIsTheBodysBytes},
    Rule{"wb-request-is-path", "The member `request` is the path of the call.", RequestIsPath},
    Rule{"wb-nonce-rises", "Each nonce is above the one before.", NonceRises},
    Rule{"wb-nonce-unused", "No nonce is sent twice.", NonceIsUnused},
    Rule{"wb-nonce-ms", "The nonce is a time in milliseconds.", NonceIsInMs},
    Rule{"wb-content-type", "Every private call says that its body is JSON.", ContentTypeIsJson},
    Rule{"wb-amounts-texts", "Amounts and prices are JSON strings.", AmountsAreTexts},
    Rule{"wb-client-id-camel-case", "The client's id goes out as clientOrderId.",
         ClientIdIsCamelCase},

    Rule{"socket-ids-unique", "Each request on a socket has an id of its own.", SocketIdsAreUnique},
    Rule{"socket-messages-documented", "Every message on a socket is of the documented form.",
         SocketMessagesAreDocumented},
    Rule{"socket-address-bare",
         "The address of a socket has a listenKey at most: no key, no signature.",
         SocketAddressIsBare},
    Rule{"socket-limits", "No request on a socket goes over a documented limit.",
         SocketLimitsAreKept},
    Rule{"socket-authorized-first",
         "What is an account's own is asked for on a socket that was authorized before.",
         AuthorizedFirst},
    Rule{"socket-closed-by-frame", "A socket that the client ends is closed by a frame.",
         ClosesWithAFrame, /*at_end=*/true},
    Rule{"socket-one-at-a-time", "No two sockets are open for the same of one account.",
         OneSocketForAnAccount, /*at_end=*/true},
    Rule{"socket-refused-not-repeated",
         "A subscription that was refused is not sent again at once.", RefusedTopicIsNotRepeated},
    Rule{"reconnects-with-pauses",
         "Attempts to connect that fail one after the other are made with pauses that grow.",
         ReconnectsWithPauses},
    Rule{"subscribes-again", "After a reconnect every subscription is made again.", SubscribesAgain,
         /*at_end=*/true},
    Rule{"reads-after-reconnect",
         "After a reconnect the orders are read, so that nothing is missed.", ReadsAfterReconnect,
         /*at_end=*/true},
    Rule{"book-gaps-healed", "A book whose messages have a gap is asked for anew.", GapsAreHealed,
         /*at_end=*/true},
    Rule{"bx-heartbeats-answered", "Every heartbeat is answered before the next one.",
         HeartbeatsAreAnswered},
    Rule{"bx-pong-fits", "A pong is of the form of its ping.", PongsFit},
    Rule{"bx-listen-key-renewed", "A listenKey in use is renewed before its 60 minutes are over.",
         ListenKeyIsRenewed},
    Rule{"bx-listen-key-seldom", "A listenKey is not renewed more often than once a minute.",
         ListenKeyIsRenewedSeldom},
    Rule{"wb-not-idle", "A socket says something within each 60 s.", IsNotIdle},
    Rule{"wb-token-fresh", "Each connection is authorized with a token of the last minute.",
         TokenIsFresh},
};

}  // namespace

std::span<const Rule> Rules() { return kRules; }

const Rule* FindRule(std::string_view name) {
  const auto found = std::find_if(kRules.begin(), kRules.end(),
                                  [&](const Rule& rule) { return rule.name == name; });
  return found == kRules.end() ? nullptr : &*found;
}

namespace {

struct Row {
  Venue venue;
  std::string_view path;
  Call call;
};
constexpr std::array kCalls = {
    Row{Venue::kBingx, "/openApi/spot/v1/oco/order", Call::kPlace},
    Row{Venue::kBingx, "/openApi/spot/v1/trade/order", Call::kPlace},
    Row{Venue::kBingx, "/openApi/spot/v1/oco/cancel", Call::kCancel},
    Row{Venue::kBingx, "/openApi/spot/v1/trade/cancel", Call::kCancel},
    Row{Venue::kBingx, "/openApi/spot/v1/trade/cancelOrders", Call::kCancel},
    Row{Venue::kBingx, "/openApi/spot/v1/trade/cancelOpenOrders", Call::kCancel},
    Row{Venue::kBingx, "/openApi/spot/v1/trade/cancelAllAfter", Call::kCancel},
    Row{Venue::kBingx, "/openApi/spot/v1/oco/orderList", Call::kLookUp},
    Row{Venue::kBingx, "/openApi/spot/v1/oco/openOrderList", Call::kLookUp},
    Row{Venue::kBingx, "/openApi/spot/v1/oco/historyOrderList", Call::kLookUp},
    Row{Venue::kBingx, "/openApi/spot/v1/trade/query", Call::kLookUp},
    Row{Venue::kBingx, "/openApi/spot/v1/trade/openOrders", Call::kLookUp},
    Row{Venue::kBingx, "/openApi/spot/v1/trade/historyOrders", Call::kLookUp},
    Row{Venue::kBingx, "/openApi/spot/v1/trade/myTrades", Call::kLookUp},
    Row{Venue::kBingx, "/openApi/spot/v1/trade/batchOrders", Call::kOther},
    Row{Venue::kBingx, "/openApi/spot/v1/trade/order/cancelReplace", Call::kOther},
    Row{Venue::kBingx, "/openApi/spot/v1/account/balance", Call::kOther},
    // The key's header is enough for a listenKey, and its socket needs none.
    Row{Venue::kBingx, "/openApi/user/auth/userDataStream", Call::kStream},
    Row{Venue::kBingx, "/market", Call::kStream},
    Row{Venue::kBingx, "/ws", Call::kStream},
    Row{Venue::kBingx, "/openApi/spot/v1/server/time", Call::kPublic},
    Row{Venue::kBingx, "/openApi/swap/v2/server/time", Call::kPublic},
    Row{Venue::kBingx, "/openApi/spot/v1/common/symbols", Call::kPublic},
    Row{Venue::kBingx, "/openApi/spot/v1/ticker/price", Call::kPublic},
    Row{Venue::kBingx, "/openApi/spot/v1/ticker/24hr", Call::kPublic},
    Row{Venue::kBingx, "/openApi/spot/v1/ticker/bookTicker", Call::kPublic},
    Row{Venue::kBingx, "/openApi/spot/v1/market/depth", Call::kPublic},
    Row{Venue::kBingx, "/openApi/spot/v2/market/depth", Call::kPublic},
    Row{Venue::kBingx, "/openApi/spot/v1/market/trades", Call::kPublic},
    Row{Venue::kBingx, "/openApi/spot/v1/market/kline", Call::kPublic},
    Row{Venue::kBingx, "/openApi/spot/v2/market/kline", Call::kPublic},
    Row{Venue::kBingx, "/openApi/market/his/v1/kline", Call::kPublic},
    Row{Venue::kBingx, "/openApi/market/his/v1/trade", Call::kPublic},
    Row{Venue::kBingx, "/openApi/swap/v2/quote/contracts", Call::kPublic},
    Row{Venue::kBingx, "/openApi/cswap/v1/market/contracts", Call::kPublic},
    Row{Venue::kWhitebit, "/api/v4/order/collateral/oco", Call::kPlace},
    Row{Venue::kWhitebit, "/api/v4/order/new", Call::kPlace},
    Row{Venue::kWhitebit, "/api/v4/order/market", Call::kPlace},
    Row{Venue::kWhitebit, "/api/v4/order/stock_market", Call::kPlace},
    Row{Venue::kWhitebit, "/api/v4/order/stop_limit", Call::kPlace},
    Row{Venue::kWhitebit, "/api/v4/order/stop_market", Call::kPlace},
    Row{Venue::kWhitebit, "/api/v4/order/collateral/limit", Call::kPlace},
    Row{Venue::kWhitebit, "/api/v4/order/collateral/market", Call::kPlace},
    Row{Venue::kWhitebit, "/api/v4/order/collateral/stop-limit", Call::kPlace},
    Row{Venue::kWhitebit, "/api/v4/order/collateral/trigger-market", Call::kPlace},
    Row{Venue::kWhitebit, "/api/v4/order/oco-cancel", Call::kCancel},
    Row{Venue::kWhitebit, "/api/v4/order/conditional-cancel", Call::kCancel},
    Row{Venue::kWhitebit, "/api/v4/order/oto-cancel", Call::kCancel},
    Row{Venue::kWhitebit, "/api/v4/order/cancel", Call::kCancel},
    Row{Venue::kWhitebit, "/api/v4/order/cancel/all", Call::kCancel},
    Row{Venue::kWhitebit, "/api/v4/order/cancel/bulk", Call::kCancel},
    Row{Venue::kWhitebit, "/api/v4/oco-orders", Call::kLookUp},
    Row{Venue::kWhitebit, "/api/v4/conditional-orders", Call::kLookUp},
    Row{Venue::kWhitebit, "/api/v4/orders", Call::kLookUp},
    Row{Venue::kWhitebit, "/api/v4/trade-account/order/history", Call::kLookUp},
    Row{Venue::kWhitebit, "/api/v4/trade-account/order", Call::kLookUp},
    Row{Venue::kWhitebit, "/api/v4/trade-account/executed-history", Call::kLookUp},
    Row{Venue::kWhitebit, "/api/v4/collateral-account/positions/open", Call::kLookUp},
    Row{Venue::kWhitebit, "/api/v4/order/bulk", Call::kOther},
    Row{Venue::kWhitebit, "/api/v4/order/collateral/bulk", Call::kOther},
    Row{Venue::kWhitebit, "/api/v4/order/modify", Call::kOther},
    Row{Venue::kWhitebit, "/api/v4/order/kill-switch", Call::kOther},
    Row{Venue::kWhitebit, "/api/v4/profile/websocket_token", Call::kOther},
    Row{Venue::kWhitebit, "/ws", Call::kStream},
    Row{Venue::kWhitebit, "/api/v4/trade-account/balance", Call::kOther},
};

}  // namespace

Call CallOf(Venue venue, std::string_view path) {
  for (const Row& row : kCalls) {
    if (row.venue == venue && row.path == path) return row.call;
  }
  // Calls that name a market in their path, and older names of calls.
  const std::string_view part = venue == Venue::kWhitebit ? "/public/" : "/openApi/spot/v2/quote/";
  if (path.find(part) != std::string_view::npos) return Call::kPublic;
  return Call::kOther;
}

bool PlacesPlainOrder(Venue venue, std::string_view path) {
  return CallOf(venue, path) == Call::kPlace && path.find("/oco") == std::string_view::npos;
}

bool IsKnownPath(Venue venue, std::string_view path) {
  return std::any_of(kCalls.begin(), kCalls.end(),
                     [&](const Row& row) { return row.venue == venue && row.path == path; });
}

bool IsPrivate(Venue venue, const JournalEntry& entry) {
  const Call call = CallOf(venue, entry.Path());
  return entry.stage != "route" && call != Call::kPublic && call != Call::kStream;
}

Finding ForEach(const Evidence& evidence, const std::function<bool(const JournalEntry&)>& concerned,
                const std::function<std::string(const JournalEntry&)>& wrong,
                std::string_view wanted) {
  Finding finding;
  for (const JournalEntry& entry : evidence.entries) {
    if (!concerned(entry)) continue;
    if (finding.kept == Kept::kNotExercised) finding.kept = Kept::kKept;
    std::string why = wrong(entry);
    if (why.empty()) continue;
    ++finding.broken_by;
    if (finding.kept == Kept::kBroken) continue;
    finding.kept = Kept::kBroken;
    finding.entry = &entry;
    finding.why = entry.Name() + ": " + why;
    finding.wanted = std::string(wanted);
  }
  return finding;
}

Finding ForEachPrivate(const Evidence& evidence,
                       const std::function<std::string(const JournalEntry&)>& wrong,
                       std::string_view wanted) {
  return ForEach(
      evidence, [&](const JournalEntry& entry) { return IsPrivate(evidence.venue, entry); }, wrong,
      wanted);
}

bool IsClientId(std::string_view name) {
  return name == "clientOrderId" || name == "client_order_id" || name == "listClientOrderId" ||
         name == "aboveClientOrderId" || name == "belowClientOrderId" || name == "newClientOrderId";
}

std::string WhatIsAsked(const JournalEntry& entry, bool with_client_ids) {
  static constexpr std::array<std::string_view, 6> kOfOneSending = {
      "timestamp", "recvWindow", "signature", "nonce", "nonceWindow", "request"};
  std::vector<std::string> parts;
  for (const Parameter& parameter : ReadParameters(entry).all) {
    const bool of_one_sending = std::find(kOfOneSending.begin(), kOfOneSending.end(),
                                          parameter.name) != kOfOneSending.end();
    if (!of_one_sending && (with_client_ids || !IsClientId(parameter.name))) {
      parts.push_back(parameter.name + "=" + parameter.value);
    }
  }
  std::sort(parts.begin(), parts.end());
  std::string asked(entry.Path());
  for (const std::string& part : parts) asked += "&" + part;
  return asked;
}

bool IsPlainNumber(std::string_view text) {
  if (!text.empty() && text.front() == '-') text.remove_prefix(1);
  const auto digits = [](std::string_view part) {
    return !part.empty() && std::all_of(part.begin(), part.end(),
                                        [](unsigned char c) { return std::isdigit(c) != 0; });
  };
  const std::size_t point = text.find('.');
  return point == std::string_view::npos
             ? digits(text)
             : digits(text.substr(0, point)) && digits(text.substr(point + 1));
}

std::string Diagnosed(const JournalEntry& entry) {
  return entry.diagnosis.empty() ? std::string() : ": " + entry.diagnosis;
}

}  // namespace ocokit::conform

#pragma once

// What several rules share. The functions that judge are listed in rules.cc.

#include <functional>
#include <string>
#include <string_view>

#include "conformance/client/parameters.h"
#include "conformance/client/rules.h"

namespace ocokit::conform {

// What kind of call a request is, by its path.
// kStream: what opens a WebSocket and needs no signature.
enum class Call { kPlace, kCancel, kLookUp, kOther, kPublic, kStream };
[[nodiscard]] Call CallOf(Venue venue, std::string_view path);

// Whether it places one order by itself.
[[nodiscard]] bool PlacesPlainOrder(Venue venue, std::string_view path);

// Whether it is one of the paths that CallOf knows by name.
[[nodiscard]] bool IsKnownPath(Venue venue, std::string_view path);

// Whether it has to be signed: what is below the venue's paths and not public.
[[nodiscard]] bool IsPrivate(Venue venue, const JournalEntry& entry);

// Looks at every entry that `concerned` takes; the first that `wrong` gives a sentence for breaks
// the rule. Not exercised without any.
[[nodiscard]] Finding ForEach(const Evidence& evidence,
                              const std::function<bool(const JournalEntry&)>& concerned,
                              const std::function<std::string(const JournalEntry&)>& wrong,
                              std::string_view wanted);

// ForEach over the private calls.
[[nodiscard]] Finding ForEachPrivate(const Evidence& evidence,
                                     const std::function<std::string(const JournalEntry&)>& wrong,
                                     std::string_view wanted);

// What a request asks for, without what belongs to this sending of it alone: timestamp, nonce,
// signature and the window. Two requests that ask for the same are equal in it.
[[nodiscard]] std::string WhatIsAsked(const JournalEntry& entry, bool with_client_ids = true);

// -?digits[.digits], at least one digit on either side of the point.
[[nodiscard]] bool IsPlainNumber(std::string_view text);

// ": " and the doctor's finding, or nothing.
[[nodiscard]] std::string Diagnosed(const JournalEntry& entry);

// Whether a parameter is an id that the client has made up for an order.
[[nodiscard]] bool IsClientId(std::string_view name);

// rules_common.cc
Finding PathsAreDocumented(const Evidence& evidence);
Finding RequestsAreAuthenticated(const Evidence& evidence);
Finding KeyIsInItsHeader(const Evidence& evidence);
Finding SecretStaysHome(const Evidence& evidence);
Finding NoParameterTwice(const Evidence& evidence);
Finding NumbersArePlain(const Evidence& evidence);
Finding NumbersAreAsAsked(const Evidence& evidence);
Finding FieldsAreAsAsked(const Evidence& evidence);
// rules_behaviour.cc
Finding RefusedIsNotRepeated(const Evidence& evidence);
Finding PausesAfterLimit(const Evidence& evidence);
Finding CancelsKnownIds(const Evidence& evidence);
Finding LimitsAreKept(const Evidence& evidence);
// rules_lost.cc
Finding LostPlacementIsNotRepeated(const Evidence& evidence);
Finding OutcomeIsLookedUp(const Evidence& evidence);
// rules_orders.cc
Finding OrderIsAsAsked(const Evidence& evidence);
Finding ClientIdsAreNew(const Evidence& evidence);
Finding PlacementsHaveIds(const Evidence& evidence);
Finding MarketDataIsUnsigned(const Evidence& evidence);
Finding MarketDataLimitsAreKept(const Evidence& evidence);
// rules_bingx.cc
Finding BingxSignatureFits(const Evidence& evidence);
Finding BingxSignatureIsLowerHex(const Evidence& evidence);
Finding BingxJsonIsWhole(const Evidence& evidence);
Finding TimestampIsInMs(const Evidence& evidence);
Finding TimestampIsInWindow(const Evidence& evidence);
Finding ClientIdsAreDigits(const Evidence& evidence);
// rules_whitebit.cc
Finding WhitebitSignatureFits(const Evidence& evidence);
Finding PayloadIsBody(const Evidence& evidence);
Finding PayloadIsCompact(const Evidence& evidence);
Finding PayloadIsTheBodysBytes(const Evidence& evidence);
Finding RequestIsPath(const Evidence& evidence);
Finding NonceRises(const Evidence& evidence);
Finding NonceIsUnused(const Evidence& evidence);
Finding NonceIsInMs(const Evidence& evidence);
Finding ContentTypeIsJson(const Evidence& evidence);
Finding AmountsAreTexts(const Evidence& evidence);
Finding ClientIdIsCamelCase(const Evidence& evidence);
// rules_streams.cc
Finding SocketIdsAreUnique(const Evidence& evidence);
Finding HeartbeatsAreAnswered(const Evidence& evidence);
Finding PongsFit(const Evidence& evidence);
Finding ReconnectsWithPauses(const Evidence& evidence);
Finding AuthorizedFirst(const Evidence& evidence);
Finding SubscribesAgain(const Evidence& evidence);
Finding ReadsAfterReconnect(const Evidence& evidence);
Finding ListenKeyIsRenewed(const Evidence& evidence);
Finding ListenKeyIsRenewedSeldom(const Evidence& evidence);
Finding SocketAddressIsBare(const Evidence& evidence);
Finding SocketLimitsAreKept(const Evidence& evidence);
Finding IsNotIdle(const Evidence& evidence);
Finding SocketMessagesAreDocumented(const Evidence& evidence);
Finding ClosesWithAFrame(const Evidence& evidence);
Finding RefusedTopicIsNotRepeated(const Evidence& evidence);
Finding TokenIsFresh(const Evidence& evidence);
Finding OneSocketForAnAccount(const Evidence& evidence);
Finding GapsAreHealed(const Evidence& evidence);

}  // namespace ocokit::conform

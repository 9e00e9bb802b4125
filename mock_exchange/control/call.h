#pragma once

// One call of the control API, on its way to the function that answers it.

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mock_exchange/config/schema.h"
#include "mock_exchange/control/reply.h"
#include "mock_exchange/exchange/exchange.h"
#include "ocokit/mock/server.h"

namespace ocokit::mock::control {

// What a call that is at fault is answered; the functions below throw no exceptions.
template <typename T>
using Or = Result<T, Answer>;

struct Call {
  const Request& request;
  Exchange& exchange;
  const config::SchemaSet& schemas;
  std::vector<std::string> arguments = {};             // of the path, decoded
  std::map<std::string, std::string> parameters = {};  // of the query, decoded

  // The account that the path's first argument names. Errors: 404.
  [[nodiscard]] Or<std::shared_ptr<Tenant>> FindTenant() const;
  // The body by one of the document's schemas. Errors: 400 naming the member.
  [[nodiscard]] Or<nlohmann::json> ReadBody(std::string_view schema) const;
  // A whole number of the query from `least` to `most`. Errors: 400.
  [[nodiscard]] Or<std::uint64_t> ReadNumber(const std::string& name, std::uint64_t otherwise,
                                             std::uint64_t least, std::uint64_t most) const;
  // "true" or "false" of the query. Errors: 400.
  [[nodiscard]] Or<bool> ReadFlag(const std::string& name) const;
};

// Of the account in the path.
Answer ListAccounts(const Call& call);
Answer AddAccount(const Call& call);
Answer GetAccount(const Call& call);
Answer DeleteAccount(const Call& call);
Answer ResetAccount(const Call& call);
Answer PostSnapshot(const Call& call);
Answer PostRestore(const Call& call);
Answer ListSnapshots(const Call& call);
Answer DeleteSnapshot(const Call& call);
Answer PutBalances(const Call& call);
Answer PutPositions(const Call& call);
Answer PutSettings(const Call& call);
Answer GetSettings(const Call& call);
Answer GetPrice(const Call& call);
Answer PutPrice(const Call& call);
Answer PostReplay(const Call& call);
Answer GetBook(const Call& call);
Answer PutBook(const Call& call);
Answer DeleteBook(const Call& call);
Answer GetClock(const Call& call);
Answer PostClock(const Call& call);
Answer GetOrders(const Call& call);
Answer GetEvents(const Call& call);
Answer StreamEvents(const Call& call);
Answer ListStreams(const Call& call);
Answer DeleteStream(const Call& call);
Answer GetFrames(const Call& call);
Answer StreamFrames(const Call& call);
Answer GetJournal(const Call& call);
Answer ClearJournal(const Call& call);
Answer StreamJournal(const Call& call);
Answer GetHar(const Call& call);
Answer ListFaults(const Call& call);
Answer AddFault(const Call& call);
Answer GetFault(const Call& call);
Answer ClearFaults(const Call& call);
Answer DeleteFault(const Call& call);
// Of the server.
Answer GetHealth(const Call& call);
Answer GetOpenApi(const Call& call);
Answer GetStrays(const Call& call);
Answer PostDoctor(const Call& call);

}  // namespace ocokit::mock::control

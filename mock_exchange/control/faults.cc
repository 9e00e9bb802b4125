// An account's faults.

#include <nlohmann/json.hpp>

#include "mock_exchange/config/fault_json.h"
#include "mock_exchange/control/call.h"

namespace ocokit::mock::control {
namespace {

Answer NoFault(const std::string& id) {
  return WriteProblem(404, "the account has no fault \"" + id + "\"; GET .../faults lists them");
}

// None when the account has no such fault.
std::optional<FaultView> Find(const AccountHandle& account, const std::string& id) {
  for (FaultView& fault : account.Faults()) {
    if (fault.id == id) return std::move(fault);
  }
  return std::nullopt;
}

// The errors of an action begin with its type.
std::string MemberOf(const std::string& message) {
  for (const char* name :
       {"match.path", "match.method", "match.nth", "at", "times", "probability"}) {
    if (message.starts_with(name)) return name;
  }
  return "action";
}

}  // namespace

Answer ListFaults(const Call& call) {
  auto tenant = call.FindTenant();
  if (!tenant) return tenant.error();
  Json faults = Json::array();
  for (const FaultView& fault : AccountHandle(std::move(*tenant)).Faults()) {
    faults.push_back(config::WriteFault(fault));
  }
  return WriteJson(200, {{"faults", std::move(faults)}});
}

Answer AddFault(const Call& call) {
  auto tenant = call.FindTenant();
  if (!tenant) return tenant.error();
  if (const auto body = call.ReadBody("fault"); !body) return body.error();
  const Result<Fault> fault = config::ReadFault(call.request.body);
  if (!fault) return WriteProblem(400, fault.error().message, MemberOf(fault.error().message));
  AccountHandle account(std::move(*tenant));
  const Result<std::string> id = account.AddFault(*fault);
  if (!id) return WriteProblem(400, id.error().message, MemberOf(id.error().message));
  Answer out =
      WriteJson(201, config::WriteFault(Find(account, *id).value_or(FaultView{*id, *fault})));
  out.more_headers.push_back(
      {"Location", "/control/v1/accounts/" + account.id() + "/faults/" + *id});
  return out;
}

Answer GetFault(const Call& call) {
  auto tenant = call.FindTenant();
  if (!tenant) return tenant.error();
  const std::string& id = call.arguments[1];
  const auto fault = Find(AccountHandle(std::move(*tenant)), id);
  return fault ? WriteJson(200, config::WriteFault(*fault)) : NoFault(id);
}

Answer ClearFaults(const Call& call) {
  auto tenant = call.FindTenant();
  if (!tenant) return tenant.error();
  AccountHandle(std::move(*tenant)).ClearFaults();
  return WriteNothing();
}

Answer DeleteFault(const Call& call) {
  auto tenant = call.FindTenant();
  if (!tenant) return tenant.error();
  const std::string& id = call.arguments[1];
  if (!AccountHandle(std::move(*tenant)).RemoveFault(id)) return NoFault(id);
  return WriteNothing();
}

}  // namespace ocokit::mock::control

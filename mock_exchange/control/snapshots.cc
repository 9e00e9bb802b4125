// How an account stands, kept under a name, and put back.

#include <nlohmann/json.hpp>

#include "mock_exchange/control/call.h"

namespace ocokit::mock::control {
namespace {

Json Write(const SnapshotView& snapshot) {
  return {{"name", snapshot.name}, {"at_ms", ToUnixMillis(snapshot.at)}};
}

// The body may be missing: then no name is asked for.
Or<std::string> ReadName(const Call& call) {
  if (call.request.body.empty()) return "";
  const auto body = call.ReadBody("snapshot_name");
  if (!body) return tl::unexpected<Answer>(body.error());
  return body->value("name", "");
}

}  // namespace

Answer PostSnapshot(const Call& call) {
  auto tenant = call.FindTenant();
  if (!tenant) return tenant.error();
  const auto name = ReadName(call);
  if (!name) return name.error();
  const auto taken = AccountHandle(std::move(*tenant)).TakeSnapshot(*name);
  if (taken) return WriteJson(200, Write(*taken));
  const bool full = taken.error().kind == ErrorKind::kOutOfRange;
  return WriteProblem(full ? 409 : 400, taken.error().message, full ? "" : "name");
}

Answer PostRestore(const Call& call) {
  auto tenant = call.FindTenant();
  if (!tenant) return tenant.error();
  const auto name = ReadName(call);
  if (!name) return name.error();
  const auto restored = AccountHandle(std::move(*tenant)).Restore(*name);
  if (!restored) return WriteProblem(404, restored.error().message, "name");
  return WriteJson(200, Write(*restored));
}

Answer ListSnapshots(const Call& call) {
  auto tenant = call.FindTenant();
  if (!tenant) return tenant.error();
  Json out = Json::array();
  for (const SnapshotView& snapshot : AccountHandle(std::move(*tenant)).Snapshots()) {
    out.push_back(Write(snapshot));
  }
  return WriteJson(200, {{"snapshots", std::move(out)}});
}

Answer DeleteSnapshot(const Call& call) {
  auto tenant = call.FindTenant();
  if (!tenant) return tenant.error();
  const auto removed = AccountHandle(std::move(*tenant)).RemoveSnapshot(call.arguments[1]);
  return removed ? WriteNothing() : WriteProblem(removed.error());
}

}  // namespace ocokit::mock::control

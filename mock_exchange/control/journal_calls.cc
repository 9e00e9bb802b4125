// The journal, read at once or as it grows.

#include <algorithm>

#include "mock_exchange/control/call.h"
#include "mock_exchange/control/journal.h"
#include "mock_exchange/control/read_after.h"
#include "mock_exchange/control/server_sent.h"
#include "mock_exchange/exchange/examine.h"

namespace ocokit::mock::control {
namespace {

constexpr std::size_t kAll = 1'000'000;

// What one read of a journal asks for.
struct Query : JournalQuery {
  std::optional<std::size_t> tail;  // the latest so many, instead of the first after `after`
};

Or<Query> ReadQuery(const Call& call) {
  const auto after = ReadAfter(call, 0);
  if (!after) return tl::unexpected<Answer>(after.error());
  const auto limit = call.ReadNumber("limit", 100, 1, 10'000);
  if (!limit) return tl::unexpected<Answer>(limit.error());
  const auto full = call.ReadFlag("full");
  if (!full) return tl::unexpected<Answer>(full.error());
  Query out{{*after, static_cast<std::size_t>(*limit), *full}, std::nullopt};
  if (call.parameters.contains("tail")) {
    const auto tail = call.ReadNumber("tail", 0, 1, 10'000);
    if (!tail) return tl::unexpected<Answer>(tail.error());
    for (const char* name : {"after", "limit"}) {
      if (!call.parameters.contains(name)) continue;
      return tl::unexpected<Answer>(
          WriteProblem(400, std::string("tail and ") + name + " contradict each other", name));
    }
    out.tail = static_cast<std::size_t>(*tail);
  }
  return out;
}

// `tenant`: null for what is nobody's.
Answer Page(const Journal& journal, const Tenant* tenant, const Query& query,
            const SecretFilter& secrets) {
  Json entries = Json::array();
  Allowance allowance;
  std::uint64_t next = query.after;
  const auto records =
      query.tail ? journal.Latest(*query.tail) : journal.Read(query.after, query.limit);
  for (const std::shared_ptr<Record>& record : records) {
    entries.push_back(WriteEntry(Show(tenant, *record, query.full, secrets, allowance)));
    next = record->seq;
  }
  return WriteJson(
      200,
      {{"entries", std::move(entries)}, {"next_after", next}, {"last_seq", journal.last_seq()}});
}

// Server-sent events: one for each request, with its number as the id.
class JournalEvents final : public TextSource {
 public:
  JournalEvents(std::shared_ptr<Tenant> tenant, std::uint64_t after, bool full)
      : tenant_(std::move(tenant)), after_(after), full_(full) {}
  // The reader may go while nothing comes.
  ~JournalEvents() override { tenant_->journal.CancelWake(this); }
  JournalEvents(const JournalEvents&) = delete;
  JournalEvents& operator=(const JournalEvents&) = delete;

  std::optional<std::string> Take() override {
    constexpr std::size_t kAtOnce = 100;
    // Asked before it is read, so that nothing is missed.
    const bool closed = tenant_->journal.closed();
    std::string out;
    Allowance allowance;
    for (const std::shared_ptr<Record>& record : tenant_->journal.Read(after_, kAtOnce)) {
      AppendForgotten(after_, record->seq, "requests", out);
      after_ = record->seq;
      const Json entry =
          WriteEntry(Show(tenant_.get(), *record, full_, *tenant_->secrets, allowance));
      AppendEvent("request", after_, entry, out);
    }
    if (closed && out.empty()) return std::nullopt;
    return out;
  }

  void WakeOnce(std::function<void()> wake) override {
    tenant_->journal.WakeOnce(this, after_, std::move(wake));
  }

 private:
  const std::shared_ptr<Tenant> tenant_;
  std::uint64_t after_;
  const bool full_;
};

}  // namespace

Answer GetJournal(const Call& call) {
  const auto tenant = call.FindTenant();
  if (!tenant) return tenant.error();
  const auto query = ReadQuery(call);
  if (!query) return query.error();
  return Page((*tenant)->journal, tenant->get(), *query, call.exchange.secrets());
}

Answer GetStrays(const Call& call) {
  const auto query = ReadQuery(call);
  if (!query) return query.error();
  return Page(call.exchange.strays(), nullptr, *query, call.exchange.secrets());
}

Answer ClearJournal(const Call& call) {
  const auto tenant = call.FindTenant();
  if (!tenant) return tenant.error();
  (*tenant)->journal.Clear();
  return WriteNothing();
}

Answer StreamJournal(const Call& call) {
  auto tenant = call.FindTenant();
  if (!tenant) return tenant.error();
  const auto after = ReadAfterOfStream(call, (*tenant)->journal.last_seq());
  if (!after) return after.error();
  const auto full = call.ReadFlag("full");
  if (!full) return full.error();
  Answer out = WriteText(200, "text/event-stream", ": journal of " + (*tenant)->id + "\n\n");
  out.more = std::make_shared<JournalEvents>(std::move(*tenant), *after, *full);
  return out;
}

Answer GetHar(const Call& call) {
  auto tenant = call.FindTenant();
  if (!tenant) return tenant.error();
  auto query = ReadQuery(call);
  if (!query) return query.error();
  query->limit = kAll;
  const std::string id = (*tenant)->id;
  const AccountHandle account(std::move(*tenant));
  const auto frames = account.Frames({.limit = kAll}, query->full);
  Answer out = WriteJson(200, WriteHar(account.Journal(*query), frames));
  out.more_headers.push_back({"Content-Disposition", "attachment; filename=\"" + id + ".har\""});
  return out;
}

}  // namespace ocokit::mock::control

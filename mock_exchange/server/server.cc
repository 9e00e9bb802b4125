#include "ocokit/mock/server.h"

#include <atomic>
#include <mutex>
#include <optional>
#include <set>
#include <thread>

#include "mock_exchange/account/account_options.h"
#include "mock_exchange/control/control.h"
#include "mock_exchange/exchange/examine.h"
#include "mock_exchange/exchange/exchange.h"
#include "mock_exchange/http/listener.h"
#include "mock_exchange/state/file.h"
#include "ocokit/base/address.h"

namespace ocokit::mock {
namespace {

// What is no address cannot be listened on, which is another error. A zone says nothing here.
bool IsOpen(const std::string& host) {
  return IsAddress(host.substr(0, host.find('%'))) && !IsLoopbackAddress(host);
}

std::string HostInUrl(const std::string& host, std::uint16_t port) {
  const bool v6 = host.find(':') != std::string::npos;
  return (v6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

constexpr std::size_t kLeastMemory = std::size_t{1} << 20;

Result<void> Check(const ServerOptions& options) {
  constexpr std::chrono::milliseconds kLongest = std::chrono::hours(24);
  const auto is_time = [&](std::chrono::milliseconds time) {
    return time >= std::chrono::milliseconds(1) && time <= kLongest;
  };
  if (options.threads < 1 || options.threads > 64) {
    return Fail(ErrorKind::kOutOfRange, "threads must be 1 to 64");
  }
  if (!is_time(options.request_timeout) || !is_time(options.idle_timeout)) {
    return Fail(ErrorKind::kOutOfRange,
                "request_timeout and idle_timeout must be 1 ms to 24 hours");
  }
  if (options.max_header_bytes < 1024 || options.max_header_bytes > 1'000'000 ||
      options.max_body_bytes < 1024 || options.max_body_bytes > 1'000'000'000) {
    return Fail(ErrorKind::kOutOfRange,
                "max_header_bytes must be 1024 to 10^6, max_body_bytes 1024 to 10^9");
  }
  if (options.memory != 0 && options.memory < kLeastMemory) {
    return Fail(ErrorKind::kOutOfRange,
                "memory must be 0, for half of the machine, or 1048576 bytes at least, not " +
                    std::to_string(options.memory));
  }
  if (!options.control_token.empty() && !IsWord(options.control_token)) {
    return Fail(ErrorKind::kInvalidArgument,
                "control_token must be printable ASCII without blanks");
  }
  const bool open = IsOpen(options.host);
  if (options.control_token.empty() && (open || (options.tls && IsOpen(options.tls->host)))) {
    return Fail(ErrorKind::kInvalidArgument,
                (open ? options.host : options.tls->host) +
                    " can be reached from other machines: a control_token is needed, since the "
                    "control API gives its callers everything");
  }
  return {};
}

}  // namespace

class Server::Impl {
 public:
  explicit Impl(const ServerOptions& options)
      : options_(options),
        clock_(options.clock != nullptr ? options.clock : std::make_shared<SystemClock>()),
        exchange_(clock_, {options.on_request, options.diagnose}, options.memory),
        control_(exchange_, options.control_token, [this] { return CountConnections(); }) {}

  Result<void> Start() {
    if (auto ok = Check(options_); !ok) return ok;
    if (auto ok = LoadState(); !ok) return ok;
    if (options_.default_accounts) {
      for (const Venue venue : {Venue::kBingx, Venue::kWhitebit}) {
        AccountOptions account;
        account.venue = venue;
        account.dialect =
            venue == Venue::kBingx ? options_.bingx_dialect : options_.whitebit_dialect;
        account.key = "test-key";
        account.secret = "test-secret";
        account.seed = options_.seed;
        account.settings = options_.default_settings;
        if (auto ok = AddUnlessRestored(account); !ok) return ok;
      }
    }
    for (const AccountOptions& account : options_.accounts) {
      if (auto ok = AddUnlessRestored(account); !ok) return ok;
    }
    restored_keys_.clear();
    if (auto ok = StartListener(listener_, options_.host, options_.port, std::nullopt); !ok) {
      return ok;
    }
    listening_ = listener_.get();
    exchange_.SetUrl("http://" + HostInUrl(options_.host, listener_->port()));
    if (!options_.tls) return {};
    http::Certificate pair{options_.tls->certificate, options_.tls->key};
    if (pair.certificate.empty() && pair.key.empty()) {
      auto made = http::MakeCertificate(options_.tls->host, SystemClock().Now());
      if (!made) return tl::unexpected<Error>(made.error());
      pair = std::move(*made);
    }
    certificate_ = pair.certificate;
    if (auto ok = StartListener(tls_listener_, options_.tls->host, options_.tls->port, pair); !ok) {
      return ok;
    }
    tls_listening_ = tls_listener_.get();
    return {};
  }

  Result<void> LoadState() {
    if (options_.state_file.empty()) return {};
    state_file_ = state::Resolve(options_.state_file);
    if (auto ok = state_lock_.Take(state_file_); !ok) return ok;
    Result<std::optional<state::State>> loaded = state::Load(state_file_);
    if (!loaded) return tl::unexpected<Error>(loaded.error());
    if (!*loaded) return {};
    for (StoredAccount& account : (*loaded)->accounts) {
      if (!(*loaded)->at_end) SkipLostIds(account);
      restored_keys_.emplace(account.options.venue, account.options.key);
      if (auto ok = exchange_.Restore(std::move(account)); !ok) return ok;
    }
    restored_ = restored_keys_.size();
    return {};
  }

  // What the server gave out after it had kept its state is lost, and must not be given out again
  // for something else. BingX's order ids come from the time.
  static void SkipLostIds(StoredAccount& account) {
    constexpr std::uint64_t kMore = 1'000'000;
    if (account.options.venue == Venue::kWhitebit) account.image.ids.last += kMore;
    account.image.engine.next_trade_id += kMore;
    account.image.engine.next_position_id += kMore;
    account.journal_seq += kMore;
  }

  Result<void> AddUnlessRestored(const AccountOptions& account) {
    if (restored_keys_.contains({account.venue, account.key})) return {};
    if (auto added = exchange_.AddAccount(account); !added) {
      return tl::unexpected<Error>(added.error());
    }
    return {};
  }

  Result<void> SaveState() const {
    if (options_.state_file.empty()) {
      return Fail(ErrorKind::kInvalidArgument, "the server has no state_file");
    }
    const std::lock_guard lock(saving_);
    return state::Save(state_file_, {clock_->Now(), stopped_.load(), exchange_.TakeAccounts()});
  }

  Result<void> StartListener(std::unique_ptr<http::Listener>& into, const std::string& host,
                             std::uint16_t port, std::optional<http::Certificate> tls) {
    http::ListenOptions listen;
    listen.host = host;
    listen.port = port;
    listen.tls = std::move(tls);
    listen.threads = options_.threads;
    listen.max_header_bytes = options_.max_header_bytes;
    listen.max_body_bytes = options_.max_body_bytes;
    listen.request_timeout = options_.request_timeout;
    listen.idle_timeout = options_.idle_timeout;
    listen.clock = clock_.get();
    listen.on_failure = [this](const http::Failure& failure) {
      exchange_.RecordFailure(failure.what, failure.request, failure.remote_ip);
    };
    listen.on_refusal = [this](int status) { exchange_.CountRefusal(status); };
    auto started =
        http::Listener::Start(listen, [this](Request&& r) { return AnswerTo(std::move(r)); });
    if (!started) return tl::unexpected<Error>(started.error());
    into = std::move(*started);
    return {};
  }

  Answer AnswerTo(Request request) {
    if (Control::Owns(request.Path())) return control_.AnswerTo(request);
    return exchange_.AnswerTo(std::move(request));
  }

  [[nodiscard]] Control::Connections CountConnections() const {
    Control::Connections out;
    for (const http::Listener* listener : {listening_.load(), tls_listening_.load()}) {
      if (listener == nullptr) continue;
      out.open += listener->connections();
      out.accepted += listener->accepted();
    }
    return out;
  }

  // Both at once, since each waits for its requests.
  void Stop() {
    std::thread tls([this] {
      if (tls_listener_) tls_listener_->Stop();
    });
    if (listener_) listener_->Stop();
    tls.join();
    stopped_ = true;
  }

  const ServerOptions options_;
  const std::shared_ptr<const Clock> clock_;
  Exchange exchange_;
  const Control control_;
  std::string state_file_;  // of the options, without links
  state::FileLock state_lock_;
  std::atomic<bool> stopped_ = false;
  mutable std::mutex saving_;                              // one file is written at a time
  std::set<std::pair<Venue, std::string>> restored_keys_;  // while it starts
  std::size_t restored_ = 0;
  std::string certificate_;  // of the TLS listener
  std::unique_ptr<http::Listener> listener_;
  std::unique_ptr<http::Listener> tls_listener_;
  // The same, for requests that come while Start is still at it.
  std::atomic<const http::Listener*> listening_ = nullptr;
  std::atomic<const http::Listener*> tls_listening_ = nullptr;
};

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Server::~Server() { Stop(); }

Result<std::unique_ptr<Server>> Server::Start(const ServerOptions& options) {
  auto impl = std::make_unique<Impl>(options);
  if (auto started = impl->Start(); !started) return tl::unexpected<Error>(started.error());
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

void Server::Stop() { impl_->Stop(); }

Result<void> Server::SaveState() const { return impl_->SaveState(); }

std::size_t Server::restored_accounts() const { return impl_->restored_; }

std::uint16_t Server::port() const { return impl_->listener_->port(); }

std::string Server::url() const { return "http://" + HostInUrl(impl_->options_.host, port()); }

std::string Server::bingx_ws_url() const {
  return "ws://" + HostInUrl(impl_->options_.host, port()) + "/market";
}

std::string Server::whitebit_ws_url() const {
  return "ws://" + HostInUrl(impl_->options_.host, port()) + "/ws";
}

std::string Server::tls_url() const {
  if (impl_->tls_listener_ == nullptr) return "";
  return "https://" + HostInUrl(impl_->options_.tls->host, impl_->tls_listener_->port());
}

const std::string& Server::tls_certificate() const { return impl_->certificate_; }

std::string Server::control_url() const { return url() + "/control/v1"; }

Result<AccountHandle> Server::AddAccount(const AccountOptions& options) {
  auto account = impl_->exchange_.AddAccount(options);
  if (!account) return tl::unexpected<Error>(account.error());
  return AccountHandle(std::move(*account));
}

Result<AccountHandle> Server::FindAccount(Venue venue, const std::string& key) const {
  auto account = impl_->exchange_.FindAccount(venue, key);
  if (account == nullptr)
    return Fail(ErrorKind::kNotFound, "the venue has no account with this key");
  return AccountHandle(std::move(account));
}

Result<AccountHandle> Server::FindAccount(const std::string& id) const {
  auto account = impl_->exchange_.FindId(id);
  if (account == nullptr) return Fail(ErrorKind::kNotFound, "there is no account " + id);
  return AccountHandle(std::move(account));
}

std::vector<AccountHandle> Server::Accounts() const {
  std::vector<AccountHandle> out;
  for (std::shared_ptr<Tenant>& tenant : impl_->exchange_.Tenants()) {
    out.emplace_back(std::move(tenant));
  }
  return out;
}

std::vector<JournalEntry> Server::Strays(const JournalQuery& query) const {
  std::vector<JournalEntry> out;
  Allowance allowance;
  for (const auto& record : impl_->exchange_.strays().Read(query.after, query.limit)) {
    out.push_back(Show(nullptr, *record, query.full, impl_->exchange_.secrets(), allowance));
  }
  return out;
}

Result<void> Server::RemoveAccount(Venue venue, const std::string& key) {
  if (!impl_->exchange_.RemoveAccount(venue, key)) {
    return Fail(ErrorKind::kNotFound, "the venue has no account with this key");
  }
  return {};
}

}  // namespace ocokit::mock

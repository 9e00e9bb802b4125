#include "conformance/server/account.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string_view>
#include <thread>
#include <utility>

#include "ocokit/base/digest.h"
#include "ocokit/base/encoding.h"

namespace ocokit::conform::server {
namespace {

using nlohmann::json;

std::int64_t MachineMs() {
  using std::chrono::milliseconds;
  using std::chrono::system_clock;
  return std::chrono::duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

std::string Derive(const ServerTarget& target, const std::string& id, std::string_view what) {
  const HmacSha256 from(std::to_string(target.seed));
  return FormatHex(from.Sign(id + "/" + std::string(what))).substr(0, 32);
}

// Method, path below the account's own, and body of a control step.
struct ControlCall {
  std::string method;
  std::string path;
  json body;
};

ControlCall ReadControl(const json& step) {
  const auto what = step.at("control").get<std::string>();
  json body = step;
  body.erase("control");
  if (what == "price") {
    body.erase("market");
    return {"PUT", "/markets/" + step.at("market").get<std::string>() + "/price", body};
  }
  if (what == "book") {
    body.erase("market");
    return {"PUT", "/markets/" + step.at("market").get<std::string>() + "/book", body};
  }
  if (what == "clock") return {"POST", "/clock", body};
  if (what == "settings") return {"PUT", "/settings", step.at("settings")};
  if (what == "balances") return {"PUT", "/balances", step.at("balances")};
  if (what == "positions") return {"PUT", "/positions", step.at("positions")};
  throw std::invalid_argument("no control step " + what);
}

// From the address of an account's streams, which a proxy may stand before:
// ws://HOST/@bingx-2/market gives /@bingx-2.
std::string StreamPrefix(const json& ws_url, Venue venue) {
  if (!ws_url.is_string()) return "";
  const std::string text = ws_url.get<std::string>();
  const std::size_t host = text.find("://");
  const std::size_t path = host == std::string::npos ? host : text.find('/', host + 3);
  const std::string_view own = venue == Venue::kBingx ? "/market" : "/ws";
  if (path == std::string::npos || !text.ends_with(own)) return "";
  return text.substr(path, text.size() - path - own.size());
}

}  // namespace

bool Lacks(const Error& error) {
  for (const char* status : {" gave HTTP 404", " gave HTTP 405", " gave HTTP 501"}) {
    if (error.message.find(status) != std::string::npos) return true;
  }
  return false;
}

Account::Account(const ServerTarget& target, SharedAccount& shared)
    : keys_{target.key, target.secret}, shared_(&shared), lock_(shared.use) {
  ahead_ms_ = shared.ahead_ms;
  last_nonce_ = shared.last_nonce;
}

Account::Account(ControlApi* control, Keys keys) : control_(control), keys_(std::move(keys)) {}

Result<std::unique_ptr<Account>> Account::Make(const ServerTarget& target, ControlApi& control,
                                               const std::string& id, const json& given) {
  json body = given.is_object() ? given : json::object();
  Keys keys{"conform-" + id + "-" + Derive(target, id, "key").substr(0, 8), ""};
  body["venue"] = Name(target.venue);
  if (!target.dialect.empty()) body["dialect"] = target.dialect;
  if (!body.contains("seed")) body["seed"] = target.seed % 1'000'000'000;
  // A run that was killed may have left the account of this case behind, and another may be under
  // way.
  constexpr int kTries = 20;
  Result<json> made = Fail(ErrorKind::kUnavailable, "no key is free");
  const std::string first = keys.key;
  for (int i = 1; i <= kTries && !made; ++i) {
    if (i > 1) keys.key = first + "-" + std::to_string(i);
    // Two runs at a time have not the same secret either: a server may make its tokens and
    // listenKeys of it.
    keys.secret = Derive(target, id, "secret of " + keys.key);
    body["key"] = keys.key;
    body["secret"] = keys.secret;
    made = control.Post("/accounts", body);
    if (!made && made.error().message.find("key") == std::string::npos) break;
  }
  if (!made) return tl::unexpected(made.error());
  std::unique_ptr<Account> account(new Account(&control, std::move(keys)));
  account->name_ = made->at("account").get<std::string>();
  account->stream_prefix_ = StreamPrefix(made->value("ws_url", json()), target.venue);
  if (body.contains("frozen_at_ms")) {
    account->frozen_ms_ = body.at("frozen_at_ms").get<std::int64_t>();
  }
  return account;
}

Account::~Account() {
  if (shared_) shared_->last_nonce = last_nonce_;
  if (name_.empty()) return;
  // What is left behind hurts nobody: the next account gets another key.
  (void)control_->Delete("/accounts/" + name_);
}

std::int64_t Account::NowMs() const { return frozen_ms_ ? *frozen_ms_ : MachineMs() + ahead_ms_; }

std::int64_t Account::NextNonce() const { return std::max(NowMs(), last_nonce_ + 1); }

void Account::UseNonce(std::int64_t nonce) { last_nonce_ = std::max(last_nonce_, nonce); }

void Account::Pace(const Call& call) {
  using std::chrono::milliseconds;
  using std::chrono::steady_clock;
  if (!shared_ || !call.is_signed) return;
  // WhiteBIT's limits are far off; its nonces must not run ahead of the clock. BingX allows 2 or 5
  // calls a second, and an equal order once a second.
  const bool is_bingx = call.path.starts_with("/openApi");
  const int of_bingx = call.effect == Effect::kPlace  ? 1050
                       : call.effect == Effect::kRead ? 210
                                                      : 510;
  const milliseconds apart(is_bingx ? of_bingx : 1);
  auto& sent = shared_->sent[is_bingx ? std::string(call.path) : ""];
  std::this_thread::sleep_until(sent + apart);
  sent = steady_clock::now();
}

Result<std::string> Account::Control(const json& step) {
  const ControlCall call = ReadControl(step);
  const auto answer = control_->Call(call.method, "/accounts/" + name_ + call.path, call.body);
  if (!answer) return tl::unexpected(answer.error());
  if (call.path == "/clock") {
    const auto now = answer->at("now_ms").get<std::int64_t>();
    frozen_ms_.reset();
    if (answer->at("frozen").get<bool>()) frozen_ms_ = now;
    ahead_ms_ = now - MachineMs();
  }
  return call.method + " " + call.path + " " + call.body.dump();
}

}  // namespace ocokit::conform::server

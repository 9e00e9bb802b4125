#include "conformance/server/attempt.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <thread>
#include <utility>

#include "conformance/engine/quotes.h"
#include "conformance/server/calls.h"
#include "conformance/server/expectation.h"
#include "conformance/text/bounded_json.h"
#include "conformance/text/printable.h"
#include "conformance/text/text.h"
#include "ocokit/base/text.h"

namespace ocokit::conform::server {
namespace {

constexpr std::chrono::milliseconds kFirstPieceAlone{100};

using nlohmann::json;
using std::chrono::steady_clock;

std::chrono::microseconds Since(steady_clock::time_point start) {
  return std::chrono::duration_cast<std::chrono::microseconds>(steady_clock::now() - start);
}

// Without the key of a real account: reports are shown around.
std::string Masked(const std::string& text, const std::string& key) {
  return key.size() < 6 ? text : Replaced(text, key, key.substr(0, 4) + "...");
}

std::string Join(const json& strings, const char* between) {
  std::string out;
  for (const json& each : strings) out += (out.empty() ? "" : between) + each.get<std::string>();
  return out;
}

// Whether a request that could place or cancel an order is refused by every reading, as its step
// says with the word `why`.
bool IsSurelyRefused(const std::string& why, Effect effect, const json& step,
                     const Request& request) {
  if (why == "unknown_id") {
    // Nobody's order: a case names it, and no reply.
    static const std::array<json, 4> kNobodys = {1, "1", "abc", "ocokit-no-such-order"};
    const json ids = step.value("set", json::object());
    return effect == Effect::kCancel && std::all_of(ids.begin(), ids.end(), [](const json& id) {
             return std::find(kNobodys.begin(), kNobodys.end(), id) != kNobodys.end();
           });
  }
  if (effect != Effect::kPlace) return false;
  if (why == "bad_signature") return request.signature != request.right_signature;
  const std::string sent = request.target + request.body;
  if (why != "no_amount") return false;
  static constexpr std::array kAmounts = {"amount", "quantity", "quoteOrderQty"};
  return std::none_of(kAmounts.begin(), kAmounts.end(),
                      [&](const char* name) { return sent.find(name) != std::string::npos; });
}

// A path that a step calls in place of its own: one of the venue's, or surely none.
bool IsKnownOrNone(Venue venue, const std::string& path) {
  return IsPathOfVenue(venue, path) || path.find("no-such") != std::string::npos ||
         path.find("no/such") != std::string::npos;
}

// Whether the connection is good for another request after this reply (RFC 9112, 9.3).
bool Persists(const HttpReply& reply) {
  const std::string* text = reply.FindHeader("Connection");
  const std::string options = text ? LowerCase(*text) : "";
  if (options.find("close") != std::string::npos) return false;
  return !reply.raw.starts_with("HTTP/1.0") || options.find("keep-alive") != std::string::npos;
}

}  // namespace

CaseResult Attempt::Run(const json& script) {
  Play(script);
  CaseResult decided = std::move(result_);
  CleanUp();
  return decided;
}

void Attempt::Play(const json& script) {
  for (const json& step : script.at("steps")) {
    for (int i = 0; i < step.value("times", 1); ++i) {
      if (!StepOfEach(step)) return;
    }
  }
  if (Probe(script.value("probe", "list"))) result_.verdict = Verdict::kPass;
}

bool Attempt::StepOfEach(const json& step) {
  if (!step.contains("each")) return Step(step);
  const std::string text = step.dump();
  const json& each = step.at("each");
  return std::all_of(each.begin(), each.end(), [&](const json& one) {
    return Step(json::parse(Replaced(text, "{each}", one.get<std::string>())));
  });
}

void Attempt::Remember(const Call& call, const HttpReply& reply) {
  if (call.effect != Effect::kPlace || !account_.is_shared()) return;
  const json body = ParseBoundedJson(reply.body);
  const bool is_bingx = target_.venue == Venue::kBingx;
  const json::json_pointer id(is_bingx ? "/data/0/orderId" : "/id");
  if (!body.is_structured() || !body.contains(id) || !body.at(id).is_primitive()) return;
  json set = {{"orderId", body.at(id)}};
  const json::json_pointer market("/stop_loss/market");
  if (!is_bingx && body.contains(market) && body.at(market).is_primitive()) {
    set["market"] = body.at(market);
  }
  placed_.push_back(set.dump());
}

void Attempt::CleanUp() {
  for (const std::string& placed : placed_) {
    result_ = {};
    step_name_ = "clean-up";
    // Of those that have ended it is refused, which is as well.
    (void)Exchange({{"set", json::parse(placed)}, {"expect", {{"any", true}}}},
                   FindCall(target_.venue, "cancel"));
  }
}

bool Attempt::Step(const json& step) {
  if (step.contains("control")) return ControlStep(step);
  if (step.contains("stream")) return StreamStep(step);
  if (step.contains("raw")) {
    step_name_ = "raw bytes";
    return Exchange(step, nullptr);
  }
  const auto name = step.at("call").get<std::string>();
  const Call* call = FindCall(target_.venue, name);
  if (!call) throw std::invalid_argument("no call " + name);
  step_name_ = name;
  return Exchange(step, call);
}

bool Attempt::ControlStep(const json& step) {
  const auto start = steady_clock::now();
  const auto done = account_.Control(step);
  if (!done && Lacks(done.error())) {
    result_.verdict = Verdict::kSkipped;
    result_.reason = "the control API lacks what it needs: " + done.error().message;
    return false;
  }
  if (!done) return KitError("control API: " + done.error().message);
  result_.wire.push_back({"control", *done, "", "done by the kit", Since(start)});
  return true;
}

bool Attempt::StreamStep(const json& step) {
  step_name_ = "stream " + step.at("stream").get<std::string>();
  if (target_.live && !SendsNoOrder(step)) {
    return KitError("messages that could name an order are not sent to a real venue");
  }
  const auto mismatch = streams_.Play(step, NewMaker());
  return !mismatch || Missed(*mismatch);
}

Maker Attempt::NewMaker() const {
  Maker maker;
  maker.venue = target_.venue;
  maker.keys = account_.keys();
  maker.authority = target_.url.Authority();
  maker.base_path = target_.url.path;
  maker.now_ms = account_.NowMs();
  maker.next_nonce = account_.NextNonce();
  maker.last_nonce = account_.LastNonce();
  return maker;
}

Request Attempt::Make(const json& step, const Call* call) {
  if (!call) {
    Request request;
    const json& raw = step.at("raw");
    request.bytes = raw.is_array() ? Join(raw, "") : raw.get<std::string>();
    request.bytes = Replaced(request.bytes, "{authority}", target_.url.Authority());
    request.bytes = Replaced(request.bytes, "{base}", target_.url.path);
    return request;
  }
  return MakeRequest(*call, step, NewMaker(), saved_);
}

bool Attempt::MayBeSent(const json& step, const Call* call, const Request& request) {
  if (!target_.live) return true;
  if (!call) {
    for (const char* path : {"/oco/", "/order"}) {
      if (request.bytes.find(path) != std::string::npos) {
        return KitError("raw bytes that name an order call are not sent to a real venue");
      }
    }
    return true;
  }
  const std::string path = step.value("path", std::string(call->path));
  const Effect effect = std::max(call->effect, EffectOfPath(target_.venue, path));
  const std::string why = step.value("cannot_order", "");
  if (effect == Effect::kRead && IsKnownOrNone(target_.venue, path)) return true;
  if (IsSurelyRefused(why, effect, step, request)) return true;
  return KitError("not sent to a real venue: " + step_name_ + " could change the account");
}

tl::expected<HttpReply, ReadFailure> Attempt::Send(const json& step, const Request& request) {
  const auto start = steady_clock::now();
  WireEntry entry{step_name_, request.bytes, "", "", {}};
  if (target_.live) entry.sent = Masked(entry.sent, account_.keys().key);
  const auto shown = [&](const std::string& got) {
    return target_.live ? Masked(Shortened(got, Quotes::kMostOfAPlace), account_.keys().key)
                        : Shortened(got, Quotes::kMostOfAPlace);
  };
  const auto finish = [&](ReadFailure failure) {
    entry.got = shown(failure.raw);
    entry.note = failure.message;
    entry.took = Since(start);
    result_.wire.push_back(entry);
    return tl::unexpected<ReadFailure>(std::move(failure));
  };
  if (!connection_ || !persists_ || step.value("connection", "new") == "new") {
    connection_.reset();
    auto opened = Connection::Open(target_.url, target_.timeout, target_.ca_file);
    if (!opened) return finish({NoReply::kRefused, opened.error().message, ""});
    connection_.emplace(std::move(*opened));
  }
  // In pieces: a byte at a time for a short request, what makes 64 of a long one.
  const std::size_t piece = step.value("wire", "usual") == "pieces"
                                ? std::max<std::size_t>(1, request.bytes.size() / 64)
                                : request.bytes.size();
  for (std::size_t at = 0; at < request.bytes.size(); at += piece) {
    const auto written =
        connection_->Write(std::string_view(request.bytes).substr(at, piece), target_.timeout);
    // Whoever answers before all has come may close at once; the answer still counts.
    if (!written) break;
    // So that it comes by itself, also where the server is slow to look.
    if (at == 0 && piece < request.bytes.size()) std::this_thread::sleep_for(kFirstPieceAlone);
  }
  auto reply = connection_->Read(target_.timeout, request.method == "HEAD");
  if (!reply) return finish(reply.error());
  persists_ = Persists(*reply);
  entry.got = shown(reply->raw);
  entry.took = Since(start);
  result_.wire.push_back(entry);
  return reply;
}

bool Attempt::Exchange(const json& step, const Call* call) {
  if (call) account_.Pace(*call);
  const Request request = Make(step, call);
  if (!MayBeSent(step, call, request)) return false;
  const auto reply = Send(step, request);
  std::int64_t nonce = 0;
  const auto [end, error] =
      std::from_chars(request.nonce.data(), request.nonce.data() + request.nonce.size(), nonce);
  const bool is_usual = !step.contains("time");
  if (!request.nonce.empty() && error == std::errc() && *end == '\0' &&
      (is_usual || (reply && reply->status == 200))) {
    account_.UseNonce(nonce);
  }
  if (call && reply) Remember(*call, *reply);
  if (!reply) {
    const bool answered =
        reply.error().why == NoReply::kClosed || reply.error().why == NoReply::kMalformed;
    if (answered && step.at("expect").value("any", false)) return true;
    return Failed(reply.error().message, "a whole HTTP reply");
  }
  return Judge(step, *reply);
}

bool Attempt::Judge(const json& step, const HttpReply& reply) {
  if (auto mismatch = Check(step.at("expect"), target_.venue, reply, saved_)) {
    return Missed(*mismatch);
  }
  if (step.contains("follows") && !Follow(step, reply)) return false;
  if (step.contains("save_headers") && !SaveHeaders(step.at("save_headers"), reply)) return false;
  return !step.contains("save") || Save(step.at("save"), reply);
}

bool Attempt::Follow(const json& step, const HttpReply& reply) {
  const json& follows = step.at("follows");
  const auto docs = Check(follows.at("docs"), target_.venue, reply, saved_);
  const auto live = Check(follows.at("live"), target_.venue, reply, saved_);
  result_.follows = !docs && !live ? "both" : !docs ? "docs" : !live ? "live" : "neither";
  if (docs && live) {
    return Missed({docs->where, "docs: " + docs->wanted + "; live: " + live->wanted, docs->got});
  }
  const bool either = target_.live || target_.dialect.empty() || step.value("any_dialect", false);
  if (either) return true;
  const auto& own = target_.dialect == "live" ? live : docs;
  if (own) {
    return Missed({own->where, own->wanted + ", in the dialect " + target_.dialect, own->got});
  }
  return true;
}

bool Attempt::Save(const json& names, const HttpReply& reply) {
  const auto body = ParseJson(reply.body);
  for (const auto& [name, pointer] : names.items()) {
    const auto where = pointer.get<std::string>();
    const JsonValue* value = body ? body->At(where) : nullptr;
    if (!value) return Missed({where, "a value", "nothing"});
    saved_[name] = *value;
  }
  return true;
}

bool Attempt::SaveHeaders(const json& names, const HttpReply& reply) {
  for (const auto& [name, header] : names.items()) {
    const auto of = header.get<std::string>();
    const std::string* text = reply.FindHeader(of);
    if (!text) return Missed({"header " + of, "a value", "nothing"});
    JsonValue value;
    value.kind = JsonValue::Kind::kString;
    value.text = *text;
    saved_[name] = value;
  }
  return true;
}

bool Attempt::Probe(const std::string& which) {
  if (which == "none") return true;
  const Call& call = which == "time" ? TimeCall(target_.venue) : ListCall(target_.venue);
  step_name_ = "liveness probe";
  return Exchange(json{{"expect", {{"accepted", true}}}}, &call);
}

bool Attempt::Missed(const Mismatch& mismatch) {
  const std::string got = target_.live ? Masked(mismatch.got, account_.keys().key) : mismatch.got;
  return Failed(step_name_ + ": " + mismatch.where + " is " + got + ", not " + mismatch.wanted,
                mismatch.where + ": " + mismatch.wanted);
}

bool Attempt::Failed(std::string reason, std::string wanted) {
  result_.verdict = Verdict::kFail;
  result_.reason = std::move(reason);
  result_.wanted = std::move(wanted);
  if (!result_.wire.empty()) {
    const WireEntry& last = result_.wire.back();
    result_.got = last.got.empty() ? last.note : last.got;
    // What a stream says has no request of its own: the latest that was sent stands for it.
    const auto sent = std::find_if(result_.wire.rbegin(), result_.wire.rend(),
                                   [](const WireEntry& entry) { return !entry.sent.empty(); });
    if (sent != result_.wire.rend()) result_.sent = sent->sent;
  }
  return false;
}

bool Attempt::KitError(std::string reason) {
  result_.verdict = Verdict::kKitError;
  result_.reason = std::move(reason);
  return false;
}

}  // namespace ocokit::conform::server

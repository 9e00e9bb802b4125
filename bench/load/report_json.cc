#include <cmath>
#include <nlohmann/json.hpp>

#include "bench/load/report.h"

namespace ocokit::load {
namespace {

using Json = nlohmann::ordered_json;

Json Percentiles(const LatencyHistogram& histogram) {
  if (histogram.count() == 0) return nullptr;
  return {{"count", histogram.count()},
          {"mean", std::llround(histogram.Mean())},
          {"p50", histogram.Percentile(50)},
          {"p90", histogram.Percentile(90)},
          {"p99", histogram.Percentile(99)},
          {"p99_9", histogram.Percentile(99.9)},
          {"p99_99", histogram.Percentile(99.99)},
          {"max", histogram.max()}};
}

Json Asked(const LoadOptions& o) {
  Json faults = Json::object();
  for (const FaultShare& fault : o.faults) faults[fault.type] = fault.probability;
  Json mix = Json::object();
  for (std::size_t i = 0; i < kCalls; ++i) {
    mix[std::string(Name(static_cast<Call>(i)))] = o.mix.weights[i];
  }
  return {{"venue", Name(o.venue)},
          {"url", o.url},
          {"rate", o.rate},
          {"arrivals", o.poisson ? "poisson" : "even"},
          {"seed", o.seed},
          {"connections", o.connections},
          {"accounts", o.key.empty() ? o.accounts : 1},
          {"threads", o.threads},
          {"mix", mix},
          {"faults", faults},
          {"streams", o.streams},
          {"duration_ns", o.duration.count()},
          {"warmup_ns", o.warmup.count()},
          {"drain_ns", o.drain.count()},
          {"timeout_ns", o.timeout.count()}};
}

Json Counts(const Report& r) {
  return {{"intended", r.intended},
          {"sent", r.tally.sent()},
          {"accepted", r.tally.accepted()},
          {"refused", r.tally.Count(Trouble::kRefused)},
          {"transport", r.tally.Count(Trouble::kTransport)},
          {"reply", r.tally.Count(Trouble::kReply)},
          {"unanswered", r.tally.unanswered()},
          {"warmup_requests", r.tally.warmup()},
          {"written", r.tally.written()},
          {"reconnects", r.reconnects}};
}

Json Errors(const Tally& tally) {
  Json out = Json::array();
  for (const auto& [key, trouble] : tally.troubles()) {
    out.push_back({{"kind", Name(key.first)},
                   {"label", key.second},
                   {"count", trouble.count},
                   {"latency_ns", Percentiles(trouble.latency)}});
  }
  return out;
}

Json Seconds(const Tally& tally) {
  Json out = Json::array();
  for (std::size_t i = 0; i < tally.seconds().size(); ++i) {
    const SecondRow& row = tally.seconds()[i];
    Json line = {{"second", i},          {"sent", row.sent}, {"answered", row.answered},
                 {"errors", row.errors}, {"p50", nullptr},   {"p99", nullptr},
                 {"max", nullptr}};
    if (row.answered != 0) {
      line["p50"] = PercentileOf(row, 50);
      line["p99"] = PercentileOf(row, 99);
      line["max"] = row.max;
    }
    out.push_back(std::move(line));
  }
  return out;
}

Json BooksOf(const Books& books) {
  if (!books.kept) return nullptr;
  return {{"agree", books.differences.empty()},
          {"journal", books.journal},
          {"metrics", books.counted},
          {"faults", books.faults},
          {"differences", books.differences}};
}

Json Generator(const Report& r) {
  Json out = Json::array();
  for (const ThreadCost& thread : r.threads) {
    out.push_back({{"busy", thread.busy},
                   {"waiting", thread.waiting < 0 ? Json(nullptr) : Json(thread.waiting)}});
  }
  return out;
}

Json Streams(const std::optional<StreamFigures>& streams) {
  if (!streams) return nullptr;
  return {{"subscribers", streams->subscribers},
          {"frames", streams->frames},
          {"lost", streams->lost},
          {"missing", streams->missing},
          {"delay_ns", Percentiles(streams->delay)}};
}

}  // namespace

std::string FormatJson(const Report& r) {
  Json phases = Json::object();
  for (std::size_t i = 0; i < kPhases; ++i) {
    const Phase phase = static_cast<Phase>(i);
    phases[std::string(Name(phase))] = Percentiles(r.tally.phase(phase));
  }
  Json bins = Json::array();
  for (const auto& [upper, count] : r.tally.latency().Bins()) bins.push_back({upper, count});
  const Json out = {{"schema", 1},
                    {"ocokit", r.version},
                    {"started_ms", r.started_ms},
                    {"machine",
                     {{"cpu", r.machine.cpu},
                      {"cores", r.machine.cores},
                      {"kernel", r.machine.kernel},
                      {"compiler", r.machine.compiler}}},
                    {"asked", Asked(r.options)},
                    {"measured_ns", std::llround(r.measured * 1e9)},
                    {"counts", Counts(r)},
                    {"latency_ns", Percentiles(r.tally.latency())},
                    {"service_ns", Percentiles(r.tally.service())},
                    {"phases_ns", phases},
                    {"errors", Errors(r.tally)},
                    {"latency_bins", bins},
                    {"seconds", Seconds(r.tally)},
                    {"streams", Streams(r.streams)},
                    {"generator", Generator(r)},
                    {"books", BooksOf(r.books)},
                    {"warnings", Warnings(r)}};
  return out.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace ocokit::load

#include "mock_exchange/control/metrics.h"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <limits>
#include <utility>

namespace ocokit::mock::control {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;
using Labels = std::vector<ClientMetric::Label>;

MetricFamily Family(const char* name, const char* help, MetricType type) {
  MetricFamily out;
  out.name = name;
  out.help = help;
  out.type = type;
  return out;
}

void AddCounter(MetricFamily& family, Labels labels, std::uint64_t value) {
  ClientMetric& metric = family.metric.emplace_back();
  metric.label = std::move(labels);
  metric.counter.value = static_cast<double>(value);
}

void AddGauge(MetricFamily& family, Labels labels, std::size_t value) {
  ClientMetric& metric = family.metric.emplace_back();
  metric.label = std::move(labels);
  metric.gauge.value = static_cast<double>(value);
}

void AddHistogram(MetricFamily& family, Labels labels, const Delays::Buckets& buckets,
                  std::chrono::nanoseconds total) {
  ClientMetric& metric = family.metric.emplace_back();
  metric.label = std::move(labels);
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < buckets.size(); ++i) {
    sum += buckets[i];
    const double bound = i < kLatencyBounds.size() ? static_cast<double>(kLatencyBounds[i]) / 1e9
                                                   : std::numeric_limits<double>::infinity();
    metric.histogram.bucket.push_back({sum, bound});
  }
  metric.histogram.sample_count = sum;
  metric.histogram.sample_sum = static_cast<double>(total.count()) / 1e9;
}

std::vector<MetricFamily> CountRequests(const Counts& counts) {
  MetricFamily requests =
      Family("ocokit_requests_total", "Requests decided, by how they ended", MetricType::Counter);
  MetricFamily latency = Family("ocokit_request_duration_seconds",
                                "From the whole request to its answer", MetricType::Histogram);
  for (const Counts::Call& call : counts.Calls()) {
    for (const auto& [ending, times] : call.endings) {
      AddCounter(requests,
                 {{"venue", call.venue},
                  {"call", call.path},
                  {"status", std::to_string(ending.first)},
                  {"code", std::to_string(ending.second)}},
                 times);
    }
    AddHistogram(latency, {{"venue", call.venue}, {"call", call.path}}, call.buckets, call.sum);
  }
  MetricFamily faults =
      Family("ocokit_faults_applied_total", "Faults that hit a request", MetricType::Counter);
  for (const auto& [kind, times] : counts.Faults()) AddCounter(faults, {{"fault", kind}}, times);
  MetricFamily refusals =
      Family("ocokit_http_refusals_total",
             "Requests that the listener refused before any venue saw them", MetricType::Counter);
  for (const auto& [status, times] : counts.Refusals()) {
    AddCounter(refusals, {{"status", std::to_string(status)}}, times);
  }
  MetricFamily failures = Family(
      "ocokit_exceptions_total",
      "Requests and connections that ended by an exception of the simulator", MetricType::Counter);
  AddCounter(failures, {}, counts.Failures());
  return {std::move(requests), std::move(latency), std::move(faults), std::move(refusals),
          std::move(failures)};
}

std::vector<MetricFamily> CountAccounts(const Exchange& exchange) {
  std::map<std::string, std::pair<std::size_t, std::size_t>> by_venue = {{"bingx", {}},
                                                                         {"whitebit", {}}};
  for (const std::shared_ptr<Tenant>& tenant : exchange.Tenants()) {
    auto& [accounts, pairs] = by_venue[std::string(Name(tenant->account.options.venue))];
    ++accounts;
    const AccountLock lock(tenant->account);
    pairs += tenant->account.engine.orders().open_count();
  }
  MetricFamily accounts = Family("ocokit_accounts", "Accounts there are", MetricType::Gauge);
  MetricFamily pairs =
      Family("ocokit_open_pairs", "Orders that wait; a pair counts as one", MetricType::Gauge);
  for (const auto& [venue, numbers] : by_venue) {
    AddGauge(accounts, {{"venue", venue}}, numbers.first);
    AddGauge(pairs, {{"venue", venue}}, numbers.second);
  }
  return {std::move(accounts), std::move(pairs)};
}

std::vector<MetricFamily> CountMemory(const MemoryMeter& memory) {
  MetricFamily bytes =
      Family("ocokit_memory_bytes", "What journals and orders take, about", MetricType::Gauge);
  AddGauge(bytes, {{"of", "journals"}}, memory.journals());
  AddGauge(bytes, {{"of", "orders"}}, memory.orders());
  MetricFamily limit =
      Family("ocokit_memory_limit_bytes", "What they may take together", MetricType::Gauge);
  AddGauge(limit, {}, memory.limit());
  MetricFamily forgotten =
      Family("ocokit_memory_forgotten_total",
             "Requests and ended pairs that were forgotten for the limit", MetricType::Counter);
  AddCounter(forgotten, {{"what", "requests"}}, memory.forgotten_requests());
  AddCounter(forgotten, {{"what", "pairs"}}, memory.forgotten_orders());
  return {std::move(bytes), std::move(limit), std::move(forgotten)};
}

std::vector<MetricFamily> CountStreams(const Exchange& exchange) {
  const OpenStreams& streams = exchange.open_streams();
  MetricFamily delays =
      Family("ocokit_stream_delay_seconds",
             "From when something had happened until a message of it was handed to the system",
             MetricType::Histogram);
  MetricFamily open = Family("ocokit_streams", "WebSockets open now", MetricType::Gauge);
  MetricFamily opened = Family("ocokit_streams_total", "WebSockets opened", MetricType::Counter);
  MetricFamily messages =
      Family("ocokit_stream_messages_total", "Messages that came from clients and went to them",
             MetricType::Counter);
  const auto totals = streams.totals();
  for (const Venue venue : {Venue::kBingx, Venue::kWhitebit}) {
    const std::string name(Name(venue));
    const OpenStreams::Totals& of = totals[static_cast<std::size_t>(venue)];
    AddGauge(open, {{"venue", name}}, of.open);
    AddCounter(opened, {{"venue", name}}, of.opened);
    AddCounter(messages, {{"venue", name}, {"way", "received"}}, of.received);
    AddCounter(messages, {{"venue", name}, {"way", "sent"}}, of.sent);
  }
  for (const Venue venue : {Venue::kBingx, Venue::kWhitebit}) {
    const Delays& of = exchange.stream_delays()[static_cast<std::size_t>(venue)];
    AddHistogram(delays, {{"venue", std::string(Name(venue))}}, of.buckets(), of.sum());
  }
  return {std::move(open), std::move(opened), std::move(messages), std::move(delays)};
}

}  // namespace

Answer GetMetrics(const Exchange& exchange, const Control::Connections& connections) {
  std::vector<MetricFamily> all = CountRequests(exchange.counts());
  for (MetricFamily& family : CountAccounts(exchange)) all.push_back(std::move(family));
  for (MetricFamily& family : CountMemory(exchange.memory())) all.push_back(std::move(family));
  for (MetricFamily& family : CountStreams(exchange)) {
    all.push_back(std::move(family));
  }
  MetricFamily open = Family("ocokit_connections", "Connections open now", MetricType::Gauge);
  AddGauge(open, {}, connections.open);
  MetricFamily accepted =
      Family("ocokit_connections_total", "Connections accepted", MetricType::Counter);
  AddCounter(accepted, {}, connections.accepted);
  all.push_back(std::move(open));
  all.push_back(std::move(accepted));
  // What has nothing to show yet is left out: a family without samples is no valid text.
  std::erase_if(all, [](const MetricFamily& family) { return family.metric.empty(); });
  return {.response =
              Share({.headers = {{"Content-Type", "text/plain; version=0.0.4; charset=utf-8"}},
                     .body = prometheus::TextSerializer().Serialize(all)})};
}

}  // namespace ocokit::mock::control

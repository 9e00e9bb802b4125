#include "conformance/engine/run.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <optional>
#include <random>
#include <thread>

#include "conformance/engine/quotes.h"

namespace ocokit::conform {
namespace {

// The same on every machine: std::shuffle is not.
std::vector<std::size_t> Order(std::size_t count, std::uint64_t seed) {
  std::vector<std::size_t> order(count);
  for (std::size_t i = 0; i < count; ++i) order[i] = i;
  std::mt19937_64 random(seed);
  for (std::size_t i = count; i > 1; --i) std::swap(order[i - 1], order[random() % i]);
  return order;
}

Judged JudgeOne(Worker& worker, const Case& tried, const RunOptions& options, Quotes& quotes) {
  Judged out;
  out.tried = tried;
  out.known_failing = options.known_failing.contains(tried.id);
  const auto start = std::chrono::steady_clock::now();
  try {
    out.result = worker.Try(tried);
  } catch (const std::exception& error) {
    // No memory, say: the other cases can still be judged.
    out.result.verdict = Verdict::kKitError;
    out.result.reason = std::string("the kit gave the case up: ") + error.what();
  }
  quotes.Bound(out.result);
  out.result.took = std::chrono::duration_cast<std::chrono::microseconds>(
      std::chrono::steady_clock::now() - start);
  if (out.result.verdict == Verdict::kFail && tried.level == Level::kShould) {
    out.result.verdict = Verdict::kNonStrict;
  }
  return out;
}

Result<std::unique_ptr<Worker>> NewWorker(Judge& judge) {
  try {
    return judge.NewWorker();
  } catch (const std::exception& error) {
    return Fail(ErrorKind::kUnavailable, std::string("no case could be begun: ") + error.what());
  }
}

}  // namespace

std::optional<Verdict> ParseVerdict(std::string_view name) {
  for (const Verdict verdict : {Verdict::kPass, Verdict::kFail, Verdict::kNonStrict,
                                Verdict::kUnsupported, Verdict::kSkipped, Verdict::kKitError}) {
    if (Name(verdict) == name) return verdict;
  }
  return std::nullopt;
}

bool AsExpected(const Judged& judged) {
  const Verdict verdict = judged.result.verdict;
  if (verdict == Verdict::kKitError) return false;
  if (!judged.known_failing) return verdict != Verdict::kFail;
  return verdict == Verdict::kFail || verdict == Verdict::kNonStrict;
}

Result<std::vector<Judged>> RunCases(const std::vector<Case>& cases, Judge& judge,
                                     const RunOptions& options,
                                     const std::function<void(const Progress&)>& progress) {
  const std::vector<std::size_t> order = Order(cases.size(), options.seed);
  std::vector<std::optional<Judged>> results(cases.size());
  std::atomic<std::size_t> next = 0;
  std::mutex mutex;
  Quotes quotes;
  int done = 0;
  std::optional<Error> error;
  const auto work = [&] {
    const auto stopped = [&] { return options.stop != nullptr && *options.stop; };
    if (stopped()) return;
    Result<std::unique_ptr<Worker>> worker = NewWorker(judge);
    if (!worker) {
      const std::lock_guard lock(mutex);
      error = worker.error();
      next = order.size();
      return;
    }
    for (std::size_t i = next++; i < order.size() && !stopped(); i = next++) {
      Judged judged = JudgeOne(**worker, cases[order[i]], options, quotes);
      const std::lock_guard lock(mutex);
      results[order[i]] = std::move(judged);
      if (progress) progress({++done, static_cast<int>(order.size()), &*results[order[i]]});
    }
  };
  std::vector<std::thread> threads;
  const int jobs = std::clamp(options.jobs, 1, std::max(1, static_cast<int>(cases.size())));
  for (int i = 1; i < jobs; ++i) threads.emplace_back(work);
  work();
  for (std::thread& thread : threads) thread.join();
  if (error) return tl::unexpected(*error);
  std::vector<Judged> judged;
  for (std::optional<Judged>& result : results) {
    if (result) judged.push_back(std::move(*result));
  }
  return judged;
}

}  // namespace ocokit::conform

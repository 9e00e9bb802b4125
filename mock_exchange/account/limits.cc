#include "mock_exchange/account/limits.h"

#include <algorithm>

namespace ocokit::mock {

Limiter::Window Limiter::At(const NamedLimit& named, TimePoint now) const {
  const auto it = windows_.find(named.window);
  // A clock set back starts the window again, too.
  if (it == windows_.end() || now >= it->second.start + named.limit.per || now < it->second.start) {
    return {now, 0};
  }
  return it->second;
}

WindowState Limiter::Count(const std::vector<NamedLimit>& limits, TimePoint now) {
  const auto state = [&](const NamedLimit& named, const Window& window) {
    return WindowState{
        .allowed = window.used <= named.limit.count,
        .remaining = std::max(0, named.limit.count - window.used),
        .expires_in = std::chrono::ceil<milliseconds>(window.start + named.limit.per - now)};
  };
  for (const NamedLimit& named : limits) {
    const Window window = At(named, now);
    if (window.used >= named.limit.count) {
      WindowState full = state(named, window);
      full.allowed = false;
      return full;
    }
  }
  WindowState first;
  for (const NamedLimit& named : limits) {
    Window window = At(named, now);
    ++window.used;
    windows_.insert_or_assign(named.window, window);
    if (&named == &limits.front()) first = state(named, window);
  }
  return first;
}

std::optional<TimePoint> Blocks::Until(const std::string& name, TimePoint now) const {
  const auto it = blocks_.find(name);
  if (it == blocks_.end() || now < it->second.start || now >= it->second.until) {
    return std::nullopt;
  }
  return it->second.until;
}

Admission Admit(const std::string& name, const std::vector<NamedLimit>& limits, milliseconds block,
                Limiter& limiter, Blocks& blocks, TimePoint now) {
  const auto blocked = [&](TimePoint until) {
    const auto left = std::chrono::ceil<milliseconds>(until - now);
    return Admission{{.allowed = false, .remaining = 0, .expires_in = left}, until};
  };
  if (block == milliseconds(0)) return {limiter.Count(limits, now), std::nullopt};
  if (const auto until = blocks.Until(name, now)) return blocked(*until);
  const WindowState window = limiter.Count(limits, now);
  if (window.allowed) return {window, std::nullopt};
  // After a block that is shorter than what is left of the window, the window would still be full.
  const TimePoint until = now + std::max(block, window.expires_in);
  blocks.Start(name, now, until);
  return blocked(until);
}

void ErrorFlood::Add(const std::string& name, int code, TimePoint now) {
  std::deque<TimePoint>& times = errors_[name][code];
  times.push_back(now);
  if (times.size() > count_) times.pop_front();
}

std::optional<Flood> ErrorFlood::Check(const std::string& name, TimePoint now) const {
  const auto named = errors_.find(name);
  if (named == errors_.end()) return std::nullopt;
  for (const auto& [code, times] : named->second) {
    if (times.size() < count_) continue;
    const TimePoint until = times.front() + within_;
    // A clock set back before the errors makes them undone.
    if (now < until && now >= times.front()) return Flood{code, until};
  }
  return std::nullopt;
}

void Bans::Count(const std::string& address, const BanRule& rule, TimePoint now) {
  int& refused = refused_[address];
  if (++refused < rule.after) return;
  refused = 0;
  bans_.Start(address, now, now + rule.length);
}

bool RecentSet::Contains(const std::string& what, TimePoint now) const {
  const auto it = seen_.find(what);
  return it != seen_.end() && IsRecent(it->second, now);
}

void RecentSet::Add(const std::string& what, TimePoint now) {
  while (!order_.empty() && !IsRecent(order_.front().first, now)) {
    const auto it = seen_.find(order_.front().second);
    // It may have been seen again since.
    if (it != seen_.end() && it->second == order_.front().first) seen_.erase(it);
    order_.pop_front();
  }
  seen_[what] = now;
  order_.emplace_back(now, what);
}

}  // namespace ocokit::mock

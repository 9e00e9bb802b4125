// What takes many tries to find, and is looked for last.

#include <algorithm>
#include <array>
#include <bit>

#include "mock_exchange/doctor/bingx_texts.h"
#include "mock_exchange/doctor/text.h"
#include "ocokit/base/text.h"

namespace ocokit::mock::doctor::bingx {
namespace {

// More than this many parameters are not tried in every order: six have 720.
constexpr std::size_t kMostPermuted = 5;

std::string JoinWithout(const Pairs& pairs, std::size_t left_out) {
  std::string out;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    if (i == left_out) continue;
    if (!out.empty()) out += '&';
    out += pairs[i].name;
    out += '=';
    out += pairs[i].value;
  }
  return out;
}

void TryOneMissing(const View& view, Search& search) {
  for (std::size_t i = 0; i < view.pairs.size() && !search.done(); ++i) {
    search.Try("parameter_not_signed", JoinWithout(view.sorted, i));
  }
  if (view.sorted == view.pairs) return;
  for (std::size_t i = 0; i < view.pairs.size() && !search.done(); ++i) {
    search.Try("parameter_not_signed", JoinWithout(view.pairs, i));
  }
}

// The optional parameters of the calls; a program that fills in nothing fills in several.
void TryTwoOrThreeAdded(const View& view, Search& search) {
  constexpr std::array<std::string_view, 7> kOptional = {
      "listClientOrderId", "aboveClientOrderId", "belowClientOrderId", "clientOrderId",
      "orderId",           "orderListId",        "recvWindow"};
  const auto bits = [](unsigned set) { return std::popcount(set); };
  for (unsigned set = 1; set < 1u << kOptional.size(); ++set) {
    if (search.done()) return;
    if (bits(set) < 2 || bits(set) > 3) continue;
    for (const char* nothing : {"", "undefined", "null", "None"}) {
      Pairs pairs = view.sorted;
      for (std::size_t i = 0; i < kOptional.size(); ++i) {
        const bool added = (set >> i & 1u) != 0 && view.Count(kOptional[i]) == 0;
        if (added) pairs.push_back({std::string(kOptional[i]), nothing, {}});
      }
      search.Try("signed_but_not_sent", Join(Sorted(std::move(pairs))));
    }
  }
}

// What clients sign and drop before they send.
void TryOneAdded(const View& view, Search& search) {
  constexpr std::array<std::string_view, 14> kNames = {"symbol",
                                                       "side",
                                                       "quantity",
                                                       "limitPrice",
                                                       "orderPrice",
                                                       "triggerPrice",
                                                       "type",
                                                       "listClientOrderId",
                                                       "aboveClientOrderId",
                                                       "belowClientOrderId",
                                                       "orderId",
                                                       "orderListId",
                                                       "clientOrderId",
                                                       "recvWindow"};
  constexpr std::array<std::string_view, 4> kNothing = {"", "undefined", "null", "None"};
  const auto add = [&](std::string_view name, std::string_view value) {
    std::string text;
    bool placed = false;
    const auto append = [&](std::string_view n, std::string_view v) {
      if (!text.empty()) text += '&';
      text.append(n).append("=").append(v);
    };
    for (const Pair& pair : view.sorted) {
      if (!placed && name < pair.name) append(name, value);
      placed = placed || name < pair.name;
      append(pair.name, pair.value);
    }
    if (!placed) append(name, value);
    search.Try("signed_but_not_sent", text);
  };
  for (const std::string_view name : kNames) {
    if (view.Count(name) != 0) continue;
    for (const std::string_view value : kNothing) add(name, value);
  }
  TryTwoOrThreeAdded(view, search);
  if (view.Count("recvWindow") != 0) return;
  for (const std::string_view window : {"5000", "0", "10000", "60000", "1000"}) {
    add("recvWindow", window);
  }
}

void TryChanged(const View& view, Search& search, const Pair& changed, std::string_view value) {
  if (changed.value == value) return;
  search.Try("changed_after_signing", JoinWritten(view.sorted, [&](const Pair& pair) {
               return &pair == &changed ? std::string(value) : pair.value;
             }));
}

// A clock that was read twice, with a good deal of work between.
void TryFarTimestamps(const View& view, Search& search) {
  constexpr std::int64_t kMostApart = 1000;
  const Pair* stamp = view.Find("timestamp");
  if (stamp == nullptr || !IsDigits(stamp->value) || stamp->value.size() > 17) return;
  const std::int64_t sent = std::stoll(stamp->value);
  const std::string mark = "timestamp=" + stamp->value;
  std::string text = Join(view.sorted);
  const std::size_t at = text.find(mark);
  if (at == std::string::npos) return;
  for (std::int64_t apart = 1; apart <= kMostApart && !search.done(); ++apart) {
    for (const std::int64_t made : {sent - apart, sent + apart}) {
      const std::string digits = std::to_string(made);
      if (digits.size() != stamp->value.size()) continue;
      text.replace(at + mark.size() - digits.size(), digits.size(), digits);
      search.Try("timestamp_made_twice", text);
    }
  }
}

// A value that was rounded, turned or spelled differently after signing.
void TryOneChanged(const View& view, Search& search) {
  for (const Pair& pair : view.sorted) {
    if (search.done()) return;
    std::string value = pair.value;
    if (value == "BUY") TryChanged(view, search, pair, "SELL");
    if (value == "SELL") TryChanged(view, search, pair, "BUY");
    TryChanged(view, search, pair, Lower(value));
    TryChanged(view, search, pair, Upper(value));
    for (const char* between : {"", "_", "/"}) {
      if (pair.name == "symbol") TryChanged(view, search, pair, Replaced(value, "-", between));
    }
    if (value.empty() || value.back() < '0' || value.back() > '9') continue;
    for (char digit = '0'; digit <= '9'; ++digit) {
      value.back() = digit;
      TryChanged(view, search, pair, value);
    }
  }
}

void TryEveryOrder(const View& view, Search& search) {
  if (view.pairs.size() > kMostPermuted) return;
  std::vector<std::size_t> order(view.pairs.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  do {
    Pairs pairs;
    for (const std::size_t i : order) pairs.push_back(view.pairs[i]);
    search.Try("keys_in_written_order", Join(pairs));
  } while (!search.done() && std::ranges::next_permutation(order).found);
}

}  // namespace

void TryAtLength(const View& view, Search& search) {
  constexpr std::array kTries = {&TryOneMissing, &TryOneAdded, &TryEveryOrder, &TryOneChanged,
                                 &TryFarTimestamps};
  constexpr std::array<std::string_view, 5> kRows = {
      "parameter_not_signed", "signed_but_not_sent", "keys_in_written_order",
      "changed_after_signing", "timestamp_made_twice"};
  for (std::size_t i = 0; i < kTries.size(); ++i) {
    if (search.done()) {
      search.Skip(kRows[i]);
    } else {
      kTries[i](view, search);
    }
  }
}

}  // namespace ocokit::mock::doctor::bingx

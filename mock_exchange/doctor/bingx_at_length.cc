// What takes many tries to find, and is looked for last.

#include <algorithm>
#include <array>

#include "mock_exchange/doctor/bingx_texts.h"
#include "mock_exchange/doctor/text.h"

namespace ocokit::mock::doctor::bingx {
namespace {

// More than this many parameters are not tried in every order: six have 720.
constexpr std::size_t kMostPermuted = 5;

void TryBoth(Search& search, std::string_view row, const Pairs& pairs) {
  search.Try(row, Join(Sorted(pairs)));
  search.Try(row, Join(pairs));
}

void TryOneMissing(const View& view, Search& search) {
  for (std::size_t i = 0; i < view.pairs.size(); ++i) {
    Pairs rest = view.pairs;
    rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(i));
    TryBoth(search, "parameter_not_signed", rest);
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
    Pairs pairs = view.pairs;
    pairs.push_back({.name = std::string(name), .value = std::string(value), .sent = {}});
    search.Try("signed_but_not_sent", Join(Sorted(pairs)));
  };
  for (const std::string_view name : kNames) {
    if (view.Count(name) != 0) continue;
    for (const std::string_view value : kNothing) add(name, value);
  }
  if (view.Count("recvWindow") != 0) return;
  for (const std::string_view window : {"5000", "0", "10000", "60000", "1000"}) {
    add("recvWindow", window);
  }
}

void TryChanged(const View& view, Search& search, std::size_t at, std::string value) {
  Pairs pairs = view.pairs;
  if (pairs[at].value == value) return;
  pairs[at].value = std::move(value);
  search.Try("changed_after_signing", Join(Sorted(pairs)));
}

// A value that was rounded, turned or spelled differently after signing.
void TryOneChanged(const View& view, Search& search) {
  for (std::size_t i = 0; i < view.pairs.size(); ++i) {
    const std::string& value = view.pairs[i].value;
    if (value == "BUY") TryChanged(view, search, i, "SELL");
    if (value == "SELL") TryChanged(view, search, i, "BUY");
    TryChanged(view, search, i, Lower(value));
    TryChanged(view, search, i, Upper(value));
    for (const char* between : {"", "_", "/"}) {
      if (view.pairs[i].name == "symbol") {
        TryChanged(view, search, i, Replace(value, "-", between));
      }
    }
    if (value.empty() || value.back() < '0' || value.back() > '9') continue;
    for (char digit = '0'; digit <= '9'; ++digit) {
      TryChanged(view, search, i, value.substr(0, value.size() - 1) + digit);
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
  constexpr std::array kTries = {&TryOneMissing, &TryOneAdded, &TryEveryOrder, &TryOneChanged};
  for (const auto& attempt : kTries) {
    if (search.done()) return;
    attempt(view, search);
  }
}

}  // namespace ocokit::mock::doctor::bingx

// The order books of markets.

#include <nlohmann/json.hpp>

#include "mock_exchange/control/call.h"

namespace ocokit::mock::control {
namespace {

Json WriteSide(const std::vector<BookLevel>& levels) {
  Json out = Json::array();
  for (const BookLevel& level : levels) {
    out.push_back({level.price.Format(), level.amount.Format()});
  }
  return out;
}

Answer WriteBook(const AccountHandle& account, const std::string& market) {
  const Result<OrderBook> book = account.Book(market);
  if (!book) return WriteProblem(404, book.error().message);
  return WriteJson(
      200, {{"market", market}, {"bids", WriteSide(book->bids)}, {"asks", WriteSide(book->asks)}});
}

// What of the body an error is about: the first member that its text names.
std::string BookMemberIn(const std::string& message) {
  for (const char* name : {"spread", "levels must", "amount_per_level", "bids", "asks"}) {
    if (message.find(std::string(": ") + name) != std::string::npos) {
      return std::string(name).substr(0, std::string_view(name).find(' '));
    }
  }
  return "bids";
}

Result<Decimal> ReadDecimal(const nlohmann::json& text) {
  return Decimal::Parse(text.get_ref<const std::string&>());
}

Result<std::vector<BookLevel>> ReadSide(const nlohmann::json& body, const char* side) {
  std::vector<BookLevel> out;
  if (!body.contains(side)) return out;
  for (const nlohmann::json& pair : body[side]) {
    const Result<Decimal> price = ReadDecimal(pair[0]);
    if (!price) return tl::unexpected<Error>(price.error());
    const Result<Decimal> amount = ReadDecimal(pair[1]);
    if (!amount) return tl::unexpected<Error>(amount.error());
    out.push_back({*price, *amount});
  }
  return out;
}

Result<void> SetLevels(AccountHandle& account, const std::string& market,
                       const nlohmann::json& body) {
  OrderBook book;
  for (const auto& [name, into] : {std::pair{"bids", &book.bids}, std::pair{"asks", &book.asks}}) {
    auto side = ReadSide(body, name);
    if (!side) return tl::unexpected<Error>(side.error());
    *into = std::move(*side);
  }
  return account.SetBook(market, book);
}

Result<void> Keep(AccountHandle& account, const std::string& market, const nlohmann::json& body) {
  SyntheticBook book;
  for (const auto& [name, into] :
       {std::pair{"spread", &book.spread}, std::pair{"amount_per_level", &book.amount_per_level}}) {
    if (!body.contains(name)) continue;
    const Result<Decimal> number = ReadDecimal(body[name]);
    if (!number) return tl::unexpected<Error>(number.error());
    *into = *number;
  }
  book.levels = body.value("levels", book.levels);
  return account.KeepBook(market, book);
}

}  // namespace

Answer GetBook(const Call& call) {
  auto tenant = call.FindTenant();
  if (!tenant) return tenant.error();
  return WriteBook(AccountHandle(std::move(*tenant)), call.arguments[1]);
}

Answer PutBook(const Call& call) {
  auto tenant = call.FindTenant();
  if (!tenant) return tenant.error();
  const auto body = call.ReadBody("book_change");
  if (!body) return body.error();
  const bool levels = body->contains("bids") || body->contains("asks");
  const bool kept = body->contains("amount_per_level");
  if (levels == kept) {
    return WriteProblem(400,
                        "the change must have bids or asks, or else amount_per_level, not both",
                        kept ? "amount_per_level" : "bids");
  }
  for (const char* name : {"spread", "levels"}) {
    if (levels && body->contains(name)) {
      return WriteProblem(400, std::string(name) + " goes with amount_per_level alone", name);
    }
  }
  AccountHandle account(std::move(*tenant));
  const std::string& market = call.arguments[1];
  const Result<void> done =
      levels ? SetLevels(account, market, *body) : Keep(account, market, *body);
  if (!done && done.error().kind == ErrorKind::kNotFound) return WriteProblem(done.error());
  if (!done) return WriteProblem(400, done.error().message, BookMemberIn(done.error().message));
  return WriteBook(account, market);
}

Answer DeleteBook(const Call& call) {
  auto tenant = call.FindTenant();
  if (!tenant) return tenant.error();
  AccountHandle account(std::move(*tenant));
  if (auto ok = account.ClearBook(call.arguments[1]); !ok) {
    return WriteProblem(404, ok.error().message);
  }
  return WriteNothing();
}

}  // namespace ocokit::mock::control

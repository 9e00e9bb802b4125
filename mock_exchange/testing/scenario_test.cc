// Every conversation of fixtures/wire and fixtures/errors, replayed byte for byte.

#include "mock_exchange/testing/scenario.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>

#include "mock_exchange/account/order_book.h"
#include "mock_exchange/exchange/exchange.h"
#include "mock_exchange/state/stored_account.h"

namespace ocokit::fixtures {

// What a failing test calls its scenario.
void PrintTo(const Scenario& scenario, std::ostream* out) { *out << scenario.title; }

}  // namespace ocokit::fixtures

namespace ocokit::mock {
namespace {

using fixtures::Scenario;
using fixtures::Step;
using testing::MakeRequest;

class ScenarioTest : public ::testing::TestWithParam<Scenario> {};

std::vector<BookLevel> ReadLevels(const Step::Levels& levels) {
  std::vector<BookLevel> out;
  for (const auto& level : levels) {
    out.push_back({testing::D(level.at(0)), testing::D(level.at(1))});
  }
  return out;
}

// Writes all of the account down and goes on from what was read of it.
void WriteAndRead(Tenant& tenant) {
  StoredAccount stored;
  stored.options = tenant.account.options;
  stored.image = tenant.account.TakeImage();
  std::map<std::int64_t, std::vector<std::string>> pieces;
  const auto keep = [&](std::int64_t list, std::string piece) {
    pieces[list].push_back(std::move(piece));
  };
  const std::string whole = state::WriteAccount(stored, keep);
  Result<StoredAccount> read = state::ReadAccount(
      whole, [&](std::int64_t list, const std::function<bool(std::string_view)>& take) {
        const auto of = pieces.find(list);
        if (of == pieces.end()) return;
        for (const std::string& piece : of->second) ASSERT_TRUE(take(piece));
      });
  ASSERT_TRUE(read) << read.error().message;
  const auto before = std::exchange(pieces, {});
  ASSERT_EQ(state::WriteAccount(*read, keep), whole);
  ASSERT_EQ(pieces, before);
  tenant.account.Restore(std::move(read->image));
  pieces.clear();
  stored.image = tenant.account.TakeImage();
  ASSERT_EQ(state::WriteAccount(stored, keep), whole);
  ASSERT_EQ(pieces, before);
}

// `written_down`: the account is written down and read again before each step.
void Replay(const Scenario& scenario, bool written_down) {
  const auto clock = std::make_shared<ManualClock>(TimePoint(microseconds(scenario.given.now_us)));
  Exchange exchange(clock);
  const auto added = exchange.AddAccount(testing::MakeAccountOptions(scenario));
  ASSERT_TRUE(added) << added.error().message;
  Account& account = (*added)->account;
  for (std::size_t i = 0; i < scenario.steps.size(); ++i) {
    SCOPED_TRACE("step " + std::to_string(i));
    const Step& step = scenario.steps[i];
    if (written_down) WriteAndRead(**added);
    if (step.kind == Step::Kind::kAdvance) {
      account.clock.Advance(milliseconds(step.advance_ms));
      clock->Advance(milliseconds(step.advance_ms));
    } else if (step.kind == Step::Kind::kLast) {
      const auto market = account.engine.FindMarket(step.market);
      ASSERT_TRUE(market) << step.market;
      account.SetLast(*market, testing::D(step.price), testing::D(step.fill),
                      account.Rules(std::nullopt), account.clock.Now());
    } else if (step.kind == Step::Kind::kBook) {
      const auto market = account.engine.FindMarket(step.market);
      ASSERT_TRUE(market) << step.market;
      const OrderBook book{ReadLevels(step.bids), ReadLevels(step.asks)};
      account.SetBook(*market, ReadBook(book, account.engine.markets()[*market].spec).value());
    } else {
      const Response got = exchange.Handle(MakeRequest(step.request)).response;
      EXPECT_EQ(got.body, step.response.body);
      EXPECT_EQ(got.status, step.response.status);
      for (const auto& [name, value] : step.response.headers) {
        EXPECT_THAT(got.headers, ::testing::Contains(Header{name, value}));
      }
    }
  }
}

TEST_P(ScenarioTest, AnswersByteForByte) {
  SCOPED_TRACE(GetParam().title);
  Replay(GetParam(), /*written_down=*/false);
}

TEST_P(ScenarioTest, AnAccountThatIsWrittenDownAnswersTheSame) {
  SCOPED_TRACE(GetParam().title);
  Replay(GetParam(), /*written_down=*/true);
}

std::vector<Scenario> Replayable(const std::vector<Scenario>& all) {
  std::vector<Scenario> out;
  for (const Scenario& scenario : all) {
    if (scenario.mock) out.push_back(scenario);
  }
  return out;
}

std::string TestName(const ::testing::TestParamInfo<Scenario>& info) {
  std::string name = info.param.id;
  std::ranges::replace(name, '-', '_');
  return name;
}

using fixtures::Venue;
INSTANTIATE_TEST_SUITE_P(BingxWire, ScenarioTest,
                         ::testing::ValuesIn(Replayable(fixtures::Wire(Venue::kBingx))), TestName);
INSTANTIATE_TEST_SUITE_P(WhitebitWire, ScenarioTest,
                         ::testing::ValuesIn(Replayable(fixtures::Wire(Venue::kWhitebit))),
                         TestName);
INSTANTIATE_TEST_SUITE_P(BingxCalls, ScenarioTest,
                         ::testing::ValuesIn(Replayable(fixtures::Calls(Venue::kBingx))), TestName);
INSTANTIATE_TEST_SUITE_P(WhitebitCalls, ScenarioTest,
                         ::testing::ValuesIn(Replayable(fixtures::Calls(Venue::kWhitebit))),
                         TestName);
INSTANTIATE_TEST_SUITE_P(BingxErrors, ScenarioTest,
                         ::testing::ValuesIn(Replayable(fixtures::Errors(Venue::kBingx))),
                         TestName);
INSTANTIATE_TEST_SUITE_P(WhitebitErrors, ScenarioTest,
                         ::testing::ValuesIn(Replayable(fixtures::Errors(Venue::kWhitebit))),
                         TestName);

}  // namespace
}  // namespace ocokit::mock

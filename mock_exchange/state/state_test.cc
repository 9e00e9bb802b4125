// Accounts written down and read again, and the file they are in.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <boost/pfr.hpp>
#include <filesystem>
#include <fstream>

#include "base/testing/decimal.h"
#include "base/testing/temporary_folder.h"
#include "mock_exchange/account/account_options.h"
#include "mock_exchange/state/file.h"
#include "mock_exchange/state/members.h"
#include "mock_exchange/state/sqlite.h"

namespace ocokit::mock {

// Counted only.
template <typename Archive>
void Members(Archive& archive, Settings& settings);
template <typename Archive>
void Members(Archive& archive, Fault& fault);

namespace state {
namespace {

using ::testing::HasSubstr;

// How many members a type names.
class Counter {
 public:
  static constexpr bool kReads = false;
  template <typename T>
  void operator()(std::string_view /*name*/, T& /*value*/) {
    ++count;
  }
  template <typename T>
  void Long(std::string_view /*name*/, T& /*list*/) {
    ++count;
  }
  std::size_t count = 0;
};

// Expects that a plain value names all members it has but `left_out`.
template <typename T>
void ExpectAllNamed(std::size_t left_out = 0) {
  T value{};
  Counter counter;
  Members(counter, value);
  EXPECT_EQ(counter.count + left_out, boost::pfr::tuple_size_v<T>) << typeid(T).name();
}

template <typename T>
void ExpectAllInRow() {
  EXPECT_EQ(std::tuple_size_v<decltype(Row(std::declval<T&>()))>, boost::pfr::tuple_size_v<T>)
      << typeid(T).name();
}

TEST(StateMembers, AreAllThatThereAre) {
  using namespace engine;  // NOLINT(google-build-using-namespace)
  ExpectAllNamed<Order>(/*list=*/1);
  ExpectAllNamed<ListFacts>();
  ExpectAllNamed<ListImage>();
  ExpectAllNamed<StoreImage>();
  ExpectAllNamed<Depth>();
  ExpectAllNamed<Position>();
  ExpectAllNamed<engine::Trade>();
  ExpectAllNamed<PositionChange>();
  ExpectAllNamed<ClosedPosition>();
  ExpectAllNamed<IdState>();
  ExpectAllInRow<Level>();
  ExpectAllInRow<engine::Balance>();
  ExpectAllInRow<OrderPlaced>();
  ExpectAllInRow<OrderTriggered>();
  ExpectAllInRow<OrderTraded>();
  ExpectAllInRow<OrderDone>();
  ExpectAllInRow<AmountChanged>();
  ExpectAllInRow<BalanceChanged>();
  ExpectAllInRow<PositionChanged>();
  ExpectAllInRow<LeverageChanged>();
  ExpectAllInRow<HedgeModeChanged>();
  ExpectAllInRow<Event>();
  // Liquidity's two, and the positions.
  EXPECT_EQ(boost::pfr::tuple_size_v<Liquidity>, 2U);
  EXPECT_EQ(boost::pfr::tuple_size_v<MarketImage>, 2U);
  // All but the two pointers; and the sequences that stand for those.
  EXPECT_EQ(boost::pfr::tuple_size_v<Exits>, 10U);
  EXPECT_EQ(boost::pfr::tuple_size_v<ExitsImage>, 3U);

  ExpectAllNamed<MarketData>();
  ExpectAllNamed<PriceWalk>();
  ExpectAllNamed<ReplayRows>();
  ExpectAllNamed<OrderBook>();
  ExpectAllNamed<SyntheticBook>();
  ExpectAllNamed<CancelTimer>();
  ExpectAllNamed<NonceState>();
  ExpectAllNamed<AccountClock::State>();
  ExpectAllNamed<KeyRights>();
  ExpectAllNamed<MarketSpec>();
  ExpectAllNamed<PriceReplay>();
  ExpectAllNamed<AccountOptions>();
  ExpectAllInRow<PublicTrade>();
  ExpectAllInRow<PriceStep>();
  ExpectAllInRow<ReplayRow>();
  ExpectAllInRow<BookLevel>();
  ExpectAllInRow<PositionOptions>();
#ifdef __clang__
  // GCC 12 breaks off over them with an internal error.
  ExpectAllNamed<Image>();
  ExpectAllNamed<AccountImage>();
#endif
}

struct Odd {
  std::string text;
  std::uint64_t large = 0;
  std::int8_t small = 0;
  Int128 wide = 0;
  std::optional<Decimal> number;
  std::map<std::string, std::vector<int>> map;
  std::variant<int, std::string> either;
  std::vector<int> list;

  template <typename Archive>
  void Members(Archive& archive) {
    archive("text", text);
    archive("large", large);
    archive("small", small);
    archive("wide", wide);
    archive("number", number);
    archive("map", map);
    archive("either", either);
    archive.Long("list", list);
  }
};

TEST(StateArchive, ReadsWhatItWrote) {
  Odd odd;
  odd.text = std::string("\xff\0\"\n", 4);
  odd.large = ~std::uint64_t{0};
  odd.small = -128;
  odd.wide = -(static_cast<Int128>(1) << 100) + 7;
  odd.number = D("-0.00000000000000000001");
  odd.map = {{"", {}}, {"a", {1, -2}}};
  odd.either = "b";
  for (int i = 0; i < 200'000; ++i) odd.list.push_back(i);
  std::vector<std::string> pieces;
  const std::string whole = Writer([&](std::int64_t /*list*/, std::string piece) {
                              pieces.push_back(std::move(piece));
                            }).Whole(odd);
  EXPECT_GT(pieces.size(), 3U);
  EXPECT_LT(whole.size(), 1000U);
  Odd read;
  const auto hand_out = [&](std::int64_t list, const std::function<bool(std::string_view)>& take) {
    EXPECT_EQ(list, 1);
    for (const std::string& piece : pieces) ASSERT_TRUE(take(piece));
  };
  ASSERT_TRUE(Reader(hand_out).Whole(whole, read));
  EXPECT_EQ(read.text, odd.text);
  EXPECT_EQ(read.large, odd.large);
  EXPECT_EQ(read.small, odd.small);
  EXPECT_TRUE(read.wide == odd.wide);
  EXPECT_EQ(read.number, odd.number);
  EXPECT_EQ(read.map, odd.map);
  EXPECT_EQ(read.either, odd.either);
  EXPECT_EQ(read.list, odd.list);
}

TEST(StateArchive, NamesTheFirstMemberThatIsWrong) {
  const struct {
    const char* json;
    const char* wrong;  // null: nothing
  } kRows[] = {
      {R"({})", nullptr},
      {R"({"later":1,"small":-128})", nullptr},
      {R"({"small":128})", "small"},
      {R"({"small":-129})", "small"},
      {R"({"small":1.5})", "small"},
      {R"({"large":-1})", "large"},
      {R"({"large":"18446744073709551616"})", "large"},
      {R"({"text":1})", "text"},
      {R"({"text":["0"]})", "text"},
      {R"({"number":"x"})", "number"},
      {R"({"number":1})", "number"},
      {R"({"map":[["a"]]})", "an element"},
      {R"({"map":{}})", "map"},
      {R"({"either":[2,1]})", "either"},
      {R"({"wide":[1]})", "wide"},
      {R"([])", "an element"},
  };
  for (const auto& row : kRows) {
    Odd odd;
    const auto nothing = [](std::int64_t, const std::function<bool(std::string_view)>&) {};
    const Result<void> read = Reader(nothing).Whole(row.json, odd);
    EXPECT_EQ(read.has_value(), row.wrong == nullptr) << row.json;
    if (!read && row.wrong != nullptr) {
      EXPECT_EQ(read.error().message, "\"" + std::string(row.wrong) + "\" is wrong") << row.json;
    }
  }
}

class StateFile : public ::testing::Test {
 protected:
  // One account whose USDT tell it from others.
  static State Make(std::int64_t dollars) {
    StoredAccount stored;
    stored.id = "bingx-3";
    stored.serial = 7;
    stored.journal_seq = 11;
    AccountOptions options;
    options.secret = "the-secret";
    options.balances = {{"USDT", Decimal(dollars)}};
    stored.options = CompleteOptions(options, 1).value();
    Account account(stored.options, std::make_shared<SystemClock>());
    stored.image = account.TakeImage();
    State out;
    out.saved_at = FromUnixMillis(1'700'000'000'123);
    out.at_end = dollars > 1;
    out.accounts.push_back(std::move(stored));
    return out;
  }
  static Decimal DollarsIn(const State& state) {
    return state.accounts.at(0).image.engine.balances[0].at("USDT").free;
  }
  std::string Read(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  void Write(std::string_view bytes) {
    std::ofstream(path_, std::ios::binary | std::ios::trunc) << bytes;
  }
  // Why the file is refused.
  std::string Refusal() {
    const auto loaded = Load(path_);
    EXPECT_FALSE(loaded);
    if (loaded) return "";
    EXPECT_THAT(loaded.error().message, HasSubstr(path_.string()));
    return loaded.error().message;
  }

  testing::TemporaryFolder folder_;
  const std::filesystem::path path_ = folder_.path() / "state";
};

TEST_F(StateFile, GivesBackWhatItGot) {
  EXPECT_EQ(Load(path_).value(), std::nullopt);
  ASSERT_TRUE(Save(path_, Make(5)));
  const State read = Load(path_).value().value();
  EXPECT_EQ(read.saved_at, FromUnixMillis(1'700'000'000'123));
  EXPECT_TRUE(read.at_end);
  EXPECT_EQ(read.accounts.at(0).journal_seq, 11U);
  ASSERT_EQ(read.accounts.size(), 1U);
  EXPECT_EQ(read.accounts[0].id, "bingx-3");
  EXPECT_EQ(read.accounts[0].serial, 7U);
  EXPECT_EQ(read.accounts[0].options.secret, "the-secret");
  EXPECT_EQ(DollarsIn(read), Decimal(5));
  // The secret is the owner's alone.
  struct stat found {};
  ASSERT_EQ(stat(path_.c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777, 0600U);
}

TEST_F(StateFile, KeepsTheOneBefore) {
  ASSERT_TRUE(Save(path_, Make(1)));
  EXPECT_FALSE(std::filesystem::exists(path_.string() + ".previous"));
  ASSERT_TRUE(Save(path_, Make(2)));
  ASSERT_TRUE(Save(path_, Make(3)));
  EXPECT_EQ(DollarsIn(*Load(path_).value()), Decimal(3));
  EXPECT_EQ(DollarsIn(*Load(path_.string() + ".previous").value()), Decimal(2));
}

TEST_F(StateFile, ASaveThatFailsLeavesWhatIsThere) {
  ASSERT_TRUE(Save(path_, Make(1)));
  // A folder stands where the new file is to be.
  std::filesystem::create_directory(path_.string() + ".new");
  const auto saved = Save(path_, Make(2));
  ASSERT_FALSE(saved);
  EXPECT_EQ(saved.error().kind, ErrorKind::kUnavailable);
  EXPECT_THAT(saved.error().message, HasSubstr(path_.string() + ".new"));
  EXPECT_EQ(DollarsIn(*Load(path_).value()), Decimal(1));
  // One that was left by a save that broke off is in nobody's way.
  std::filesystem::remove(path_.string() + ".new");
  std::ofstream(path_.string() + ".new") << "half";
  EXPECT_TRUE(Save(path_, Make(2)));
}

TEST_F(StateFile, IsRefusedByNameWhereverItIsTorn) {
  ASSERT_TRUE(Save(path_, Make(1)));
  const std::string whole = Read(path_);
  for (std::size_t length = 0; length < whole.size(); length += 509) {
    Write(whole.substr(0, length));
    EXPECT_THAT(Refusal(), HasSubstr(".previous")) << length;
  }
  Write("");
  EXPECT_THAT(Refusal(), HasSubstr("is empty"));
  // As if the disk had lost a part of it.
  for (std::size_t at = 0; at < whole.size(); at += 1021) {
    std::string torn = whole;
    std::fill_n(torn.begin() + static_cast<std::ptrdiff_t>(at),
                std::min<std::size_t>(512, torn.size() - at), '\0');
    Write(torn);
    const auto loaded = Load(path_);
    // SQLite's own pages have room that nothing is in.
    if (loaded) {
      EXPECT_EQ(DollarsIn(**loaded), Decimal(1)) << at;
    }
  }
  Write(whole);
  EXPECT_TRUE(Load(path_));
}

TEST_F(StateFile, IsRefusedWhenSomebodyHasChangedIt) {
  const auto change = [&](const char* sql) {
    std::filesystem::remove(path_);
    EXPECT_TRUE(Save(path_, Make(1)));
    Database database;
    EXPECT_TRUE(database.Open(path_, true));
    EXPECT_TRUE(database.Run(sql));
    EXPECT_TRUE(database.Close());
  };
  for (const char* sql :
       {"UPDATE accounts SET whole = replace(whole, '\"1\"', '\"2\"')", "DELETE FROM accounts",
        "DELETE FROM pieces", "DELETE FROM state", "DROP TABLE pieces",
        "INSERT INTO pieces VALUES ('bingx-3', 99, 1, '[]')"}) {
    change(sql);
    EXPECT_THAT(Refusal(), HasSubstr("is damaged")) << sql;
  }
  change("PRAGMA user_version = 2");
  EXPECT_THAT(Refusal(), HasSubstr("has form 2, and this version of ocokit"));
  change("PRAGMA application_id = 1");
  EXPECT_THAT(Refusal(), HasSubstr("is no state file of ocokit"));
  Write("{\"accounts\":[]}");
  EXPECT_THAT(Refusal(), HasSubstr("is no state file of ocokit"));
}

TEST_F(StateFile, ThatIsLockedIsNotDamaged) {
  ASSERT_TRUE(Save(path_, Make(1)));
  Database other;
  ASSERT_TRUE(other.Open(path_, true));
  ASSERT_TRUE(other.Run("BEGIN EXCLUSIVE"));
  const auto locked = Load(path_);
  ASSERT_FALSE(locked);
  EXPECT_EQ(locked.error().kind, ErrorKind::kUnavailable);
  EXPECT_THAT(locked.error().message, HasSubstr("locked"));
  ASSERT_TRUE(other.Run("ROLLBACK"));
  EXPECT_TRUE(Load(path_));
}

TEST_F(StateFile, ThatIsMissedWhereThereIsOneBeforeIsNotMadeAnew) {
  ASSERT_TRUE(Save(path_, Make(1)));
  ASSERT_TRUE(Save(path_, Make(2)));
  std::filesystem::remove(path_);
  EXPECT_THAT(Refusal(), HasSubstr("is not there, and " + path_.string() + ".previous is"));
}

TEST_F(StateFile, HasOneNameWhateverLinksLeadToIt) {
  const std::string file = path_.string();
  std::filesystem::create_symlink("state", file + ".link");
  std::filesystem::create_symlink(file + ".link", file + ".link2");
  EXPECT_EQ(Resolve(file), file);
  // Also of a file that is not there yet.
  EXPECT_EQ(std::filesystem::path(Resolve(file + ".link")).lexically_normal(), path_);
  EXPECT_EQ(std::filesystem::path(Resolve(file + ".link2")).lexically_normal(), path_);
}

TEST_F(StateFile, WhatIsNoFileIsRefused) {
  std::filesystem::create_directory(path_);
  EXPECT_THAT(Refusal(), HasSubstr("is not a file"));
}

TEST_F(StateFile, OneServerHasItAtATime) {
  FileLock other;
  {
    FileLock lock;
    ASSERT_TRUE(lock.Take(path_));
    const auto taken = other.Take(path_);
    ASSERT_FALSE(taken);
    EXPECT_EQ(taken.error().kind, ErrorKind::kAlreadyExists);
  }
  // Nothing of it stays.
  EXPECT_FALSE(std::filesystem::exists(path_.string() + ".lock"));
  FileLock later;
  EXPECT_TRUE(later.Take(path_));
}

}  // namespace
}  // namespace state
}  // namespace ocokit::mock

#include "mock_exchange/state/file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "mock_exchange/state/sqlite.h"
#include "ocokit/base/digest.h"
#include "ocokit/base/encoding.h"

namespace ocokit::mock::state {
namespace {

constexpr std::int64_t kApplication = 0x6f636f6b;  // "ocok"
constexpr std::int64_t kForm = 1;

constexpr const char* kTables = R"(
PRAGMA journal_mode = OFF;
PRAGMA synchronous = FULL;
PRAGMA application_id = 1868787563;
PRAGMA user_version = 1;
BEGIN;
CREATE TABLE state(saved_at_ms INTEGER NOT NULL, program TEXT NOT NULL, digest TEXT NOT NULL);
CREATE TABLE accounts(serial INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, whole TEXT NOT NULL);
CREATE TABLE pieces(account TEXT NOT NULL, list INTEGER NOT NULL, number INTEGER NOT NULL,
                    piece TEXT NOT NULL, PRIMARY KEY (account, list, number)) WITHOUT ROWID;
)";
static_assert(kApplication == 1868787563 && kForm == 1, "as the statements have them");

tl::unexpected<Error> Unavailable(const std::string& path, const std::string& why) {
  return Fail(ErrorKind::kUnavailable, path + ": " + why);
}

tl::unexpected<Error> Unreadable(const std::string& path, const std::string& why) {
  return Fail(ErrorKind::kInvalidArgument,
              path + " " + why + "; nothing was changed. The state before it is in " + path +
                  ".previous, if that is there: move it here to go on from it, or move " + path +
                  " away to begin anew");
}

// Over rows, in their order.
class RowDigest {
 public:
  void Add(std::string_view key, std::string_view text) {
    digest_ = Hash(HashKind::kSha256, digest_ + std::to_string(key.size()) + ":");
    digest_ = Hash(HashKind::kSha256, digest_.append(key));
    digest_ = Hash(HashKind::kSha256, digest_.append(text));
  }
  [[nodiscard]] std::string Text() const {
    return FormatHex({reinterpret_cast<const std::uint8_t*>(digest_.data()), digest_.size()});
  }

 private:
  std::string digest_;
};

std::string PieceKey(std::string_view account, std::int64_t list, std::int64_t number) {
  return std::string(account) + "/" + std::to_string(list) + "/" + std::to_string(number);
}

// Its secrets are for the owner alone. An old one that a broken save has left is in the way.
Result<void> MakeEmpty(const std::string& path) {
  ::unlink(path.c_str());
  const int descriptor =
      ::open(path.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (descriptor < 0) return Unavailable(path, std::strerror(errno));
  ::close(descriptor);
  return {};
}

// So that the move itself outlives a crash.
void SyncFolder(const std::string& path) {
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  const int descriptor =
      ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

// There is a whole file of that name at each moment.
Result<void> MoveIntoPlace(const std::string& from, const std::string& to) {
  const std::string previous = to + ".previous";
  ::unlink(previous.c_str());
  if (::link(to.c_str(), previous.c_str()) != 0 && errno != ENOENT) {
    return Unavailable(previous, std::strerror(errno));
  }
  if (::rename(from.c_str(), to.c_str()) != 0) return Unavailable(to, std::strerror(errno));
  SyncFolder(to);
  return {};
}

Result<void> Fill(Database& database, const State& state) {
  if (auto made = database.Run(kTables); !made) return made;
  bool ok = true;
  RowDigest digest;
  {
    Statement account(database, "INSERT INTO accounts VALUES (?, ?, ?)");
    Statement piece(database, "INSERT INTO pieces VALUES (?, ?, ?, ?)");
    for (const StoredAccount& stored : state.accounts) {
      std::int64_t list = 0;
      std::int64_t number = 0;
      const std::string whole = WriteAccount(stored, [&](std::int64_t of, std::string text) {
        number = of == list ? number + 1 : 1;
        list = of;
        piece.Bind(1, stored.id).Bind(2, list).Bind(3, number).Bind(4, text).Run();
        digest.Add(PieceKey(stored.id, list, number), text);
      });
      account.Bind(1, static_cast<std::int64_t>(stored.serial)).Bind(2, stored.id).Bind(3, whole);
      account.Run();
      digest.Add(stored.id, whole);
    }
    Statement last(database, "INSERT INTO state VALUES (?, ?, ?)");
    const std::string sum = digest.Text();
    last.Bind(1, ToUnixMillis(state.saved_at)).Bind(2, OCOKIT_VERSION).Bind(3, sum).Run();
    ok = account.ok() && piece.ok() && last.ok();
  }
  if (!ok) return tl::unexpected<Error>(database.LastError());
  if (auto done = database.Run("COMMIT"); !done) return done;
  return database.Close();
}

std::int64_t ReadPragma(Database& database, const char* sql) {
  Statement pragma(database, sql);
  return pragma.Next() ? pragma.Number(0) : -1;
}

// Whether the rows are those that were written.
bool IsWhole(Database& database) {
  Statement state(database, "SELECT digest FROM state");
  if (!state.Next()) return false;
  RowDigest digest;
  Statement accounts(database, "SELECT id, whole FROM accounts ORDER BY serial");
  while (accounts.Next()) {
    Statement pieces(database,
                     "SELECT list, number, piece FROM pieces WHERE account = ? "
                     "ORDER BY list, number");
    const std::string id(accounts.Text(0));
    pieces.Bind(1, id);
    while (pieces.Next()) {
      digest.Add(PieceKey(id, pieces.Number(0), pieces.Number(1)), pieces.Text(2));
    }
    if (!pieces.ok()) return false;
    digest.Add(id, accounts.Text(1));
  }
  return accounts.ok() && digest.Text() == state.Text(0);
}

Result<State> Read(Database& database) {
  State out;
  Statement state(database, "SELECT saved_at_ms FROM state");
  if (state.Next()) out.saved_at = FromUnixMillis(state.Number(0));
  Statement accounts(database, "SELECT id, whole FROM accounts ORDER BY serial");
  while (accounts.Next()) {
    const std::string id(accounts.Text(0));
    Result<StoredAccount> account = ReadAccount(
        accounts.Text(1),
        [&](std::int64_t list, const std::function<bool(std::string_view)>& take) {
          Statement pieces(
              database, "SELECT piece FROM pieces WHERE account = ? AND list = ? ORDER BY number");
          pieces.Bind(1, id).Bind(2, list);
          while (pieces.Next() && take(pieces.Text(0))) {
          }
        });
    if (!account) return Fail(ErrorKind::kInvalidArgument, id + ": " + account.error().message);
    out.accounts.push_back(std::move(*account));
  }
  return out;
}

}  // namespace

Result<void> Save(const std::string& path, const State& state) {
  const std::string beside = path + ".new";
  if (auto made = MakeEmpty(beside); !made) return made;
  Result<void> done;
  {
    Database database;
    done = database.Open(beside, /*to_write=*/true);
    if (done) done = Fill(database, state);
  }
  if (!done) {
    ::unlink(beside.c_str());
    return Unavailable(beside, done.error().message);
  }
  return MoveIntoPlace(beside, path);
}

Result<std::optional<State>> Load(const std::string& path) {
  struct stat found {};
  if (::stat(path.c_str(), &found) != 0) {
    if (errno == ENOENT) return std::optional<State>();
    return Unavailable(path, std::strerror(errno));
  }
  if (!S_ISREG(found.st_mode)) return Unavailable(path, "is not a file");
  if (found.st_size == 0) return Unreadable(path, "is empty");
  Database database;
  if (auto opened = database.Open(path, /*to_write=*/false); !opened) {
    return Unavailable(path, opened.error().message);
  }
  if (ReadPragma(database, "PRAGMA application_id") != kApplication) {
    return Unreadable(path, "is no state file of ocokit, or damaged");
  }
  if (const std::int64_t form = ReadPragma(database, "PRAGMA user_version"); form != kForm) {
    return Unreadable(path, "has form " + std::to_string(form) + ", and this version of ocokit, " +
                                OCOKIT_VERSION + ", reads form " + std::to_string(kForm));
  }
  if (!IsWhole(database)) return Unreadable(path, "is damaged");
  Result<State> state = Read(database);
  if (!state) return Unreadable(path, "cannot be read, " + state.error().message);
  return std::optional<State>(std::move(*state));
}

FileLock::~FileLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<void> FileLock::Take(const std::string& path) {
  const std::string name = path + ".lock";
  descriptor_ = ::open(name.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (descriptor_ < 0) return Unavailable(name, std::strerror(errno));
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) return {};
  if (errno != EWOULDBLOCK) return Unavailable(name, std::strerror(errno));
  return Fail(ErrorKind::kAlreadyExists, "another server uses the state file " + path);
}

}  // namespace ocokit::mock::state

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
CREATE TABLE state(saved_at_ms INTEGER NOT NULL, at_end INTEGER NOT NULL, program TEXT NOT NULL,
                   digest TEXT NOT NULL);
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

bool IsFolder(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::is_directory(path, ignored);
}

// Its secrets are for the owner alone. An old one that a broken save has left is in the way.
Result<void> MakeEmpty(const std::string& path) {
  if (IsFolder(path)) return Unavailable(path, "is a folder");
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
  if (IsFolder(previous)) return Unavailable(previous, "is a folder");
  // Not all file systems have links; a copy is as good, if the disk has room for it.
  ::unlink(previous.c_str());
  if (::link(to.c_str(), previous.c_str()) != 0 && errno != ENOENT) {
    std::error_code problem;
    std::filesystem::copy_file(to, previous, problem);
    if (problem) return Unavailable(previous, problem.message());
  }
  if (::rename(from.c_str(), to.c_str()) != 0) return Unavailable(to, std::strerror(errno));
  SyncFolder(to);
  return {};
}

Result<void> Fill(Database& database, const State& state) {
  if (auto made = database.Run(kTables); !made) return made;
  RowDigest digest;
  {
    Statement account(database, "INSERT INTO accounts VALUES (?, ?, ?)");
    Statement piece(database, "INSERT INTO pieces VALUES (?, ?, ?, ?)");
    for (const StoredAccount& stored : state.accounts) {
      std::int64_t list = 0;
      std::int64_t number = 0;
      const std::string whole = WriteAccount(stored, [&](std::int64_t of, const std::string& text) {
        number = of == list ? number + 1 : 1;
        list = of;
        piece.Bind(1, stored.id).Bind(2, list).Bind(3, number).Bind(4, text).Run();
        digest.Add(PieceKey(stored.id, list, number), text);
      });
      account.Bind(1, static_cast<std::int64_t>(stored.serial)).Bind(2, stored.id).Bind(3, whole);
      account.Run();
      digest.Add(stored.id, whole);
    }
    Statement last(database, "INSERT INTO state VALUES (?, ?, ?, ?)");
    const std::string sum = digest.Text();
    last.Bind(1, ToUnixMillis(state.saved_at)).Bind(2, state.at_end ? 1 : 0);
    last.Bind(3, OCOKIT_VERSION).Bind(4, sum).Run();
    for (const Statement* statement : {&account, &piece, &last}) {
      if (auto done = statement->Outcome(); !done) return done;
    }
  }
  if (auto done = database.Run("COMMIT"); !done) return done;
  return database.Close();
}

Result<std::int64_t> ReadPragma(Database& database, const char* sql) {
  Statement pragma(database, sql);
  const std::int64_t number = pragma.Next() ? pragma.Number(0) : -1;
  if (auto done = pragma.Outcome(); !done) return tl::unexpected<Error>(done.error());
  return number;
}

// Whether the rows are those that were written. Errors: Database::LastError's.
Result<bool> IsWhole(Database& database) {
  Statement state(database, "SELECT digest FROM state");
  if (!state.Next()) {
    if (auto done = state.Outcome(); !done) return tl::unexpected<Error>(done.error());
    return false;
  }
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
    if (auto done = pieces.Outcome(); !done) return tl::unexpected<Error>(done.error());
    digest.Add(id, accounts.Text(1));
  }
  if (auto done = accounts.Outcome(); !done) return tl::unexpected<Error>(done.error());
  return digest.Text() == state.Text(0);
}

// What is wrong with a file that no statement can be made of.
tl::unexpected<Error> Report(const std::string& path, const Error& error) {
  if (error.kind == ErrorKind::kUnavailable) return Unavailable(path, error.message);
  return Unreadable(path, "is no state file of ocokit, or damaged");
}

Result<State> Read(Database& database) {
  State out;
  Statement state(database, "SELECT saved_at_ms, at_end FROM state");
  if (state.Next()) {
    out.saved_at = FromUnixMillis(state.Number(0));
    out.at_end = state.Number(1) != 0;
  }
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
    if (errno != ENOENT) return Unavailable(path, std::strerror(errno));
    const std::string previous = path + ".previous";
    if (::stat(previous.c_str(), &found) != 0) return std::optional<State>();
    return Fail(ErrorKind::kInvalidArgument, path + " is not there, and " + previous +
                                                 " is: move that to " + path +
                                                 " to go on from it, or away to begin anew");
  }
  if (!S_ISREG(found.st_mode)) return Unavailable(path, "is not a file");
  if (found.st_size == 0) return Unreadable(path, "is empty");
  Database database;
  if (auto opened = database.Open(path, /*to_write=*/false); !opened) {
    return Unavailable(path, opened.error().message);
  }
  const Result<std::int64_t> application = ReadPragma(database, "PRAGMA application_id");
  if (!application) return Report(path, application.error());
  if (*application != kApplication) {
    return Unreadable(path, "is no state file of ocokit, or damaged");
  }
  const Result<std::int64_t> form = ReadPragma(database, "PRAGMA user_version");
  if (!form) return Report(path, form.error());
  if (*form != kForm) {
    return Unreadable(path, "has form " + std::to_string(*form) + ", and this version of ocokit, " +
                                OCOKIT_VERSION + ", reads form " + std::to_string(kForm));
  }
  const Result<bool> whole = IsWhole(database);
  if (!whole && whole.error().kind == ErrorKind::kUnavailable) {
    return Unavailable(path, whole.error().message);
  }
  if (!whole || !*whole) return Unreadable(path, "is damaged");
  Result<State> state = Read(database);
  if (!state) return Unreadable(path, "cannot be read, " + state.error().message);
  return std::optional<State>(std::move(*state));
}

std::string Resolve(const std::string& path) {
  std::filesystem::path out = path;
  std::error_code problem;
  // As many as the kernel follows.
  constexpr int kMostLinks = 40;
  for (int i = 0; i < kMostLinks && std::filesystem::is_symlink(out, problem); ++i) {
    const std::filesystem::path target = std::filesystem::read_symlink(out, problem);
    if (problem) break;
    out = target.is_absolute() ? target : out.parent_path() / target;
  }
  return out.string();
}

FileLock::~FileLock() {
  if (descriptor_ < 0) return;
  ::unlink(name_.c_str());
  ::close(descriptor_);
}

Result<void> FileLock::Take(const std::string& path) {
  const std::string name = path + ".lock";
  const auto refuse = [&](int error) {
    return Unavailable(path,
                       "the state cannot be kept there: " + name + ": " + std::strerror(error));
  };
  // Whoever had the file before takes the lock's file away: then it is another one's by now.
  constexpr int kTries = 100;
  for (int i = 0; i < kTries; ++i) {
    const int descriptor = ::open(name.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (descriptor < 0) return refuse(errno);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
      const int error = errno;
      ::close(descriptor);
      if (error != EWOULDBLOCK) return refuse(error);
      break;
    }
    struct stat held {};
    struct stat there {};
    const bool same = ::fstat(descriptor, &held) == 0 && ::stat(name.c_str(), &there) == 0 &&
                      held.st_ino == there.st_ino && held.st_dev == there.st_dev;
    if (same) {
      descriptor_ = descriptor;
      name_ = name;
      return {};
    }
    ::close(descriptor);
  }
  return Fail(ErrorKind::kAlreadyExists, "another server uses the state file " + path);
}

}  // namespace ocokit::mock::state

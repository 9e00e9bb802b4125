#pragma once

// A database of SQLite, closed when it is gone. Its errors are Results.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "ocokit/base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace ocokit::mock::state {

class Database {
 public:
  Database() = default;
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // A file that is there; SQLite takes an empty one for an empty database. Errors: kUnavailable.
  [[nodiscard]] Result<void> Open(const std::string& path, bool to_write);
  // Any number of statements without results.
  [[nodiscard]] Result<void> Run(const char* sql);
  // Errors: what closing finds out.
  [[nodiscard]] Result<void> Close();
  // kInvalidArgument when what is in the file is no database, or damaged; kUnavailable for anything
  // else, as a file that is locked or a disk that fails.
  [[nodiscard]] Error LastError() const;
  [[nodiscard]] sqlite3* get() const { return handle_; }

 private:
  sqlite3* handle_ = nullptr;
};

// One statement. After an error it does nothing more, and Outcome tells.
class Statement {
 public:
  Statement(Database& database, const char* sql);
  ~Statement();
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  // Parameters, from 1.
  Statement& Bind(int index, std::string_view text);
  Statement& Bind(int index, std::int64_t number);
  // The next row; false at the end, or after an error.
  bool Next();
  // Carries it out and makes it ready for other parameters.
  void Run();
  // Columns of the row, from 0. A text holds until the next row.
  [[nodiscard]] std::string_view Text(int column) const;
  [[nodiscard]] std::int64_t Number(int column) const;

  // Errors: those of Database::LastError, of the first that went wrong.
  [[nodiscard]] Result<void> Outcome() const;

 private:
  void Check(int code);

  Database& database_;
  sqlite3_stmt* handle_ = nullptr;
  std::optional<Error> error_;
};

}  // namespace ocokit::mock::state

#include "mock_exchange/state/sqlite.h"

#include <sqlite3.h>

namespace ocokit::mock::state {

Database::~Database() { sqlite3_close_v2(handle_); }

Result<void> Database::Open(const std::string& path, bool to_write) {
  const int flags = to_write ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
  if (sqlite3_open_v2(path.c_str(), &handle_, flags, nullptr) != SQLITE_OK) {
    return tl::unexpected<Error>(LastError());
  }
  return {};
}

Result<void> Database::Run(const char* sql) {
  if (sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr) == SQLITE_OK) return {};
  return tl::unexpected<Error>(LastError());
}

Result<void> Database::Close() {
  if (sqlite3_close(handle_) != SQLITE_OK) return tl::unexpected<Error>(LastError());
  handle_ = nullptr;
  return {};
}

Error Database::LastError() const {
  if (handle_ == nullptr) return {ErrorKind::kUnavailable, "no memory"};
  const int code = sqlite3_errcode(handle_);
  // SQLITE_ERROR: a statement asks for a table that is not there.
  const bool damaged = code == SQLITE_CORRUPT || code == SQLITE_NOTADB || code == SQLITE_ERROR;
  return {damaged ? ErrorKind::kInvalidArgument : ErrorKind::kUnavailable, sqlite3_errmsg(handle_)};
}

Statement::Statement(Database& database, const char* sql) : database_(database) {
  Check(sqlite3_prepare_v2(database.get(), sql, -1, &handle_, nullptr));
}

Statement::~Statement() { sqlite3_finalize(handle_); }

void Statement::Check(int code) {
  if (!error_ && code != SQLITE_OK) error_ = database_.LastError();
}

Result<void> Statement::Outcome() const {
  if (error_) return tl::unexpected<Error>(*error_);
  return {};
}

Statement& Statement::Bind(int index, std::string_view text) {
  // The text outlives the step that it is for.
  Check(sqlite3_bind_text64(handle_, index, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8));
  return *this;
}

Statement& Statement::Bind(int index, std::int64_t number) {
  Check(sqlite3_bind_int64(handle_, index, number));
  return *this;
}

bool Statement::Next() {
  if (error_) return false;
  const int code = sqlite3_step(handle_);
  if (code != SQLITE_ROW && code != SQLITE_DONE) Check(code);
  return code == SQLITE_ROW;
}

void Statement::Run() {
  (void)Next();
  Check(sqlite3_reset(handle_));
}

std::string_view Statement::Text(int column) const {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(handle_, column));
  if (text == nullptr) return {};
  return {text, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
}

std::int64_t Statement::Number(int column) const { return sqlite3_column_int64(handle_, column); }

}  // namespace ocokit::mock::state

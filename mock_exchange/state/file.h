#pragma once

// The state file: accounts that outlive their server, in a SQLite database. A new one is written
// beside it, as FILE.new, and moved into its place; the one before stays as FILE.previous. Its
// form:
//
//   state(saved_at_ms, at_end, program, digest)   one row; `digest` is over all other rows
//   accounts(serial, id, whole)           `whole` is JSON (state/members.h)
//   pieces(account, list, number, piece)  of the long lists that `whole` names by number
//
// `application_id` marks it as one of ocokit, `user_version` is the number of this form.

#include <optional>
#include <string>
#include <vector>

#include "mock_exchange/state/stored_account.h"

namespace ocokit::mock::state {

struct State {
  TimePoint saved_at;
  // Nothing came after it: the server had stopped. Else what was confirmed later is lost.
  bool at_end = false;
  std::vector<StoredAccount> accounts;  // in the order in which they were made
};

// Errors: kUnavailable, naming the file that cannot be written. What was there before stays.
[[nodiscard]] Result<void> Save(const std::string& path, const State& state);
// None: there is no such file. Errors, naming the file: kUnavailable if it cannot be read;
// kInvalidArgument if it is another file, of a form that is not known, or damaged, or if it is not
// there and FILE.previous is.
[[nodiscard]] Result<std::optional<State>> Load(const std::string& path);

// Where the links of a path lead, so that a file has one name, and the link stays one.
[[nodiscard]] std::string Resolve(const std::string& path);

// Keeps other servers off the file while it is there, by FILE.lock.
class FileLock {
 public:
  FileLock() = default;
  ~FileLock();
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

  // Errors: kAlreadyExists when another server has it, kUnavailable.
  [[nodiscard]] Result<void> Take(const std::string& path);

 private:
  int descriptor_ = -1;
  std::string name_;
};

}  // namespace ocokit::mock::state

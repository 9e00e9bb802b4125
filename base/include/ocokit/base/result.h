#pragma once

// Result<T>: the value, or the Error that says what was wrong and what would be right.
// Everything that can go wrong in normal use returns one; exceptions do not cross a public header.

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace ocokit {

// What kind of thing went wrong, for a caller that wants to branch on it.
enum class ErrorKind {
  kInvalidArgument,  // the input is malformed; it can never succeed as it is
  kOutOfRange,       // well formed, but larger, smaller or longer than what is supported
  kNotFound,         // names something that does not exist
  kAlreadyExists,    // names something that exists and may not be replaced
  kUnavailable,      // the environment refused: a port in use, a file that cannot be read
};

struct Error {
  ErrorKind kind = ErrorKind::kInvalidArgument;
  std::string message;  // for a person; never holds a secret

  friend bool operator==(const Error&, const Error&) = default;
};

template <typename T, typename E = Error>
using Result = tl::expected<T, E>;

// The failing side of a Result: `return Fail(ErrorKind::kNotFound, "no market X");`
[[nodiscard]] inline tl::unexpected<Error> Fail(ErrorKind kind, std::string message) {
  return tl::unexpected<Error>(Error{kind, std::move(message)});
}

}  // namespace ocokit

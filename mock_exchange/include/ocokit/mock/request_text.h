#pragma once

// Requests as people have them at hand: pasted from a terminal, a log, a network viewer. For the
// doctor. Pure functions; any thread may call them.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ocokit/base/clock.h"
#include "ocokit/base/result.h"
#include "ocokit/mock/message.h"

namespace ocokit::mock {

// An HTTP request: request line, headers, an empty line, body. Lines may end without CR, and may
// all begin with `> `, as `curl -v` shows them. Chunks are put together where they are well-formed.
// The body is cut to Content-Length where one is given; without one, a single line break at its end
// is taken for the text file's own. Errors: kInvalidArgument naming the line that is no such thing.
[[nodiscard]] Result<Request> ReadHttpRequest(std::string_view text);

// The text of a file that a curl command names.
using ReadNamedFile = std::function<Result<std::string>(const std::string& path)>;

// What a curl command line sends, with or without `curl` before it: --request, --header, --data and
// its kin, --json, --get, --url, --url-query, --head; options that do not change the request are
// passed over. Quotes as sh and bash have them; a prompt `$` before it. Errors: kInvalidArgument
// for an option that is not known, --form, a command or a variable before curl, `^"` of Windows, a
// missing URL, or something that only the shell knows, like $NAME; those of `read_file`, without
// which a named file is an error, too.
[[nodiscard]] Result<Request> ReadCurl(std::string_view command,
                                       const ReadNamedFile& read_file = {});

// A request of a HAR file and when it was sent.
struct HarRequest {
  Request request = {};
  std::optional<TimePoint> at = {};  // none: not told, or not readable
};

// All requests of a HAR 1.1 or 1.2 document, in its order. A form told by its fields alone is
// encoded as browsers do. Errors: kInvalidArgument for what is no HAR, and for a request whose key
// or signature was shortened when it was exported.
[[nodiscard]] Result<std::vector<HarRequest>> ReadHar(std::string_view json);

}  // namespace ocokit::mock

#include "cli/control_token.h"

#include <cstdlib>

#include "cli/read_file.h"
#include "ocokit/base/header_text.h"

namespace ocokit::cli {

Result<std::string> ReadControlToken(const std::string& file, const char* option) {
  Result<std::string> token{};
  if (file.empty()) {
    const char* given = std::getenv("OCOKIT_CONTROL_TOKEN");
    if (given != nullptr) token = given;
    if (token->empty()) return token;
  } else {
    token = ReadFirstLine(file, option);
    if (!token) return token;
  }
  const std::string what =
      file.empty() ? "OCOKIT_CONTROL_TOKEN" : "the first line of " + std::string(option);
  if (auto ok = CheckHeaderWord(*token, what); !ok) return tl::unexpected<Error>(ok.error());
  return token;
}

}  // namespace ocokit::cli

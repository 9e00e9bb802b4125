#include "cli/doctor_options.h"

#include <CLI/CLI.hpp>

namespace ocokit::cli {

void AddDoctor(CLI::App& app, DoctorOptions& o, int& status) {
  CLI::App* doctor = app.add_subcommand("doctor", "Say what is wrong with a signed request");
  doctor->add_option("--venue", o.venue, "bingx or whitebit")
      ->required()
      ->check(CLI::IsMember({"bingx", "whitebit"}));
  doctor->add_option("--secret-file", o.secret_file,
                     "File with the account's secret; without it OCOKIT_SECRET");
  doctor->add_option("--key", o.key, "The account's API key; without it the one in the request");
  CLI::Option_group* what = doctor->add_option_group("The request, one of");
  what->add_option("--curl", o.curl, "A curl command in quotes, @FILE, or - for standard input");
  what->add_option("--request", o.request, "File with the raw HTTP request, or -");
  what->add_option("--har", o.har, "HAR file; every request of the venue in it is examined");
  what->require_option(1);
  doctor->add_option("--now-ms", o.now_ms,
                     "When it was sent, in milliseconds since 1970; without it nothing is said of "
                     "how old a timestamp or nonce is, except as a HAR file has it");
  doctor->add_option("--last-nonce", o.last_nonce, "WhiteBIT: the largest nonce used before it")
      ->check([](const std::string& text) {
        const bool digits = text.find_first_not_of("0123456789") == std::string::npos;
        return digits ? std::string() : std::string("digits are wanted");
      });
  doctor->add_flag("--json", o.json, "A line of JSON for each request");
  doctor->footer(
      "Exit status: 0 nothing wrong, 1 something is, 2 wrong usage, 3 a file that cannot be read.\n"
      "The secret is never printed. A HAR file may have 256 MiB, a request or curl command 16 MiB, "
      "a\n"
      "secret 64 KiB; a FIFO must get a writer within 5 s.\n\n"
      "Example:\n"
      "  ocokit doctor --venue bingx --secret-file secret --curl \"curl "
      "'https://host/openApi/...'\n"
      "    -H 'X-BX-APIKEY: ...'\"\n");
  doctor->callback([&o, &status] { status = Examine(o); });
}

}  // namespace ocokit::cli

#include "cli/conform_options.h"

#include <CLI/CLI.hpp>

namespace ocokit::cli {
namespace {

constexpr const char* kExits =
    "Exit status: 0 all as expected, 1 the subject fails, 2 wrong usage, 3 no subject, or an "
    "error\n"
    "of the kit itself; 128 and a signal's number when it was interrupted, which a second signal "
    "does\n"
    "at once. What was judged until then is reported.\n\n";

void AddCases(CLI::App& command, ConformOptions& o) {
  command.add_flag("--list", o.list, "List the cases that would be run, and run none");
  CLI::Option* run =
      command
          .add_option(
              "--run", o.run,
              "Only cases whose id or section fits: wb-auth-020, wb-auth-*, Authentication; "
              "may be given more than once")
          ->take_all();
  CLI::Option* skip =
      command.add_option("--skip", o.skip, "Not those that fit; as --run")->take_all();
  command
      .add_option("--level", o.level,
                  "must: only what documents demand; should: also what they advise")
      ->check(CLI::IsMember({"must", "should"}))
      ->capture_default_str();
  command.add_option("--known-failing", o.known_failing,
                     "File with an id or pattern on each line: these cases are run and must still "
                     "fail; # begins a comment");
  command.add_option("--seed", o.seed, "Of the order of the cases and of what is made up for them")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  command.add_option("--name", o.name, "The subject's name in reports");
  command
      .add_option("--trace", o.trace, "Run this case alone and show all that went over the wire")
      ->excludes(run)
      ->excludes(skip)
      ->check([](const std::string& text) {
        return text.find('*') == std::string::npos ? std::string()
                                                   : std::string("must be the id of one case");
      });
  command.add_option("--junit", o.junit, "Also write JUnit XML to this file");
  command.add_option("--json", o.json,
                     "Also write JSON to this file; `ocokit conform report` reads it");
  command.add_option("--html", o.html, "Also write a page for browsers to this file");
}

void AddRunning(CLI::App& command, ConformOptions& o, const char* timeout_help) {
  command.add_option("--jobs", o.jobs, "Cases at a time")
      ->check(CLI::Range(1, 64))
      ->capture_default_str();
  command.add_option("--timeout", o.timeout_ms, timeout_help)->check(CLI::Range(10, 600000));
}

CLI::Option* AddDialect(CLI::App& command, ConformOptions& o, const char* help) {
  return command.add_option("--dialect", o.dialect, help)
      ->check(CLI::IsMember({"docs", "live"}))
      ->capture_default_str();
}

void AddToken(CLI::App& command, std::string& token_file) {
  command.add_option("--control-token-file", token_file,
                     "File whose first line is the token of the control API; without it "
                     "OCOKIT_CONTROL_TOKEN, or none");
}

void AddServer(CLI::App& conform, ConformCommands& c, int& status) {
  CLI::App* server = conform.add_subcommand("server", "Judge a server");
  ConformServerOptions& o = c.server;
  server->add_option("--venue", o.venue, "Whose contract: bingx or whitebit")
      ->required()
      ->check(CLI::IsMember({"bingx", "whitebit"}));
  server->add_option("--url", o.url, "Base URL of the server; needed unless --list");
  server->add_option(
      "--stream-url", o.stream_url,
      "Where its streams are, as wss://HOST, before /market or /ws; --url without it");
  server->add_option("--key", o.key, "API key")->capture_default_str();
  CLI::Option* secret =
      server->add_option("--secret", o.secret,
                         "Of a key that is worth nothing: other users of the machine can see it");
  server
      ->add_option("--secret-file", o.secret_file,
                   "File whose first line is the secret; without it OCOKIT_SECRET, and on a "
                   "loopback URL test-secret")
      ->excludes(secret);
  server->add_option(
      "--control", o.control,
      "URL of the server's control API (docs/control.md), or none. Without it it is "
      "looked for at /control/v1 of a loopback URL. With it each case has an account "
      "of its own; without, the key is used and what needs more is skipped");
  AddToken(*server, o.token_file);
  server->add_option("--ca-file", o.ca_file,
                     "PEM file of certificate authorities to trust, or the server's certificate");
  AddDialect(*server, c.options, "What the server claims to speak: docs or live");
  CLI::Option* may_order = server->add_flag(
      "--may-order", o.may_order,
      "Place orders with the key that is given, too, and cancel them; on a loopback URL that is so "
      "without it. For servers without a control API, never for a real venue");
  server
      ->add_flag(
          "--live", o.live,
          "A real venue: only cases from which no order can result, and which dialect each answer "
          "follows")
      ->excludes(may_order);
  AddCases(*server, c.options);
  AddRunning(*server, c.options, "Milliseconds that a reply may take; 2000 unless given");
  server->footer(
      std::string(kExits) +
      "Examples:\n"
      "  ocokit conform server --venue whitebit --url http://127.0.0.1:8787\n"
      "  ocokit conform server --venue bingx --url http://127.0.0.1:8787 --run 'bx-life-*' "
      "\\\n    --html report.html\n"
      "  ocokit conform server --live --venue whitebit --url https://whitebit.com \\\n"
      "    --key KEY --secret-file secret\n");
  server->callback([&c, &status] { status = ConformServer(c.options, c.server); });
}

void AddClient(CLI::App& conform, ConformCommands& c, int& status) {
  CLI::App* client =
      conform.add_subcommand("client", "Judge a client by an adapter (docs/adapter.md)");
  ConformClientOptions& o = c.client;
  client->add_option("--venue", o.venue, "bingx or whitebit; without it both")
      ->check(CLI::IsMember({"bingx", "whitebit"}));
  client->add_option("--url", o.url,
                     "Of a running `ocokit serve`; without it one is started for the run");
  AddToken(*client, o.token_file);
  AddDialect(*client, c.options, "What the simulator speaks to it: docs or live");
  AddCases(*client, c.options);
  AddRunning(*client, c.options, "Milliseconds that an operation may take; 5000 unless given");
  client->add_option("COMMAND", o.command,
                     "The adapter and its arguments, after --; needed unless --list");
  client->footer(std::string(kExits) +
                 "Examples:\n"
                 "  ocokit conform client -- python3 conformance/adapters/python/adapter.py\n"
                 "  ocokit conform client --venue whitebit --junit report.xml -- ./my-adapter\n");
  client->callback([&c, &status] { status = ConformClient(c.options, c.client); });
}

void AddObserve(CLI::App& conform, ConformCommands& c, int& status) {
  CLI::App* observe = conform.add_subcommand(
      "observe", "Judge what a client has sent to a running `ocokit serve`, without an adapter");
  ConformObserveOptions& o = c.observe;
  observe->add_option("--url", o.url, "Of the server")->capture_default_str();
  observe->add_option("--account", o.account, "Its id, like whitebit-1; needed unless --list");
  AddToken(*observe, o.token_file);
  AddCases(*observe, c.options);
  observe->footer(std::string(kExits) +
                  "Example:\n  ocokit conform observe --account whitebit-1\n");
  observe->callback([&c, &status] { status = ConformObserve(c.options, c.observe); });
}

void AddReport(CLI::App& conform, ConformCommands& c, int& status) {
  CLI::App* report =
      conform.add_subcommand("report", "Put runs side by side on one page for browsers");
  report->add_option("FILE", c.report.files, "What --json has written, of one run each")
      ->required();
  report->add_option("--html", c.report.html, "The page to write")->required();
  report->footer("Example:\n  ocokit conform report ours.json theirs.json --html report.html\n");
  report->callback([&c, &status] { status = ConformReport(c.report); });
}

}  // namespace

void AddConform(CLI::App& app, ConformCommands& commands, int& status) {
  CLI::App* conform = app.add_subcommand(
      "conform", "Judge servers and clients by the venues' contracts, case by case");
  conform->require_subcommand(1);
  AddServer(*conform, commands, status);
  AddClient(*conform, commands, status);
  AddObserve(*conform, commands, status);
  AddReport(*conform, commands, status);
}

}  // namespace ocokit::cli

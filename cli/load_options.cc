#include "cli/load_options.h"

#include <CLI/CLI.hpp>

namespace ocokit::cli {
namespace {

void AddWhat(CLI::App& load, LoadCommand& o) {
  load.add_option("--venue", o.venue, "bingx or whitebit; needed unless --compare")
      ->check(CLI::IsMember({"bingx", "whitebit"}));
  load.add_option("--url", o.url, "Base URL of the server")->capture_default_str();
  load.add_option("--rate", o.rate,
                  "Requests a second, from 0.01 to 10000000, sent at their times whatever is "
                  "answered")
      ->capture_default_str();
  load.add_option("--duration", o.duration, "How long is measured, like 30s, 500ms or 2m")
      ->capture_default_str();
  load.add_option("--warmup", o.warmup, "How long the same is sent before, and not reported")
      ->capture_default_str();
  load.add_option("--drain", o.drain,
                  "How long is waited for replies after the last request; what has none then is "
                  "counted as unanswered, with its age")
      ->capture_default_str();
  load.add_option("--timeout", o.timeout, "How long a reply may take from when it was written")
      ->capture_default_str();
  load.add_option("--connections", o.connections, "Each has one request under way at most")
      ->check(CLI::Range(1, 20000))
      ->capture_default_str();
  load.add_option("--threads", o.threads, "That send; connections are shared out to them")
      ->check(CLI::Range(1, 64))
      ->capture_default_str();
  load.add_option("--arrivals", o.arrivals, "even, or poisson: as many independent users send")
      ->check(CLI::IsMember({"even", "poisson"}))
      ->capture_default_str();
  load.add_option("--seed", o.seed, "Of arrivals by poisson and of faults")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  load.add_option("--mix", o.mix,
                  "Weights of place, cancel and list; a cancel with nothing to cancel is a place")
      ->capture_default_str();
}

void AddWhom(CLI::App& load, LoadCommand& o) {
  load.add_option("--accounts", o.accounts,
                  "That the simulator makes for the load and removes again; without it one for "
                  "each connection, so that nonces keep their order")
      ->check(CLI::Range(1, 20000));
  load.add_option("--streams", o.streams,
                  "WebSockets that listen for the orders of the accounts meanwhile; how late they "
                  "hear of them is reported")
      ->check(CLI::Range(0, 20000));
  load.add_option("--control-token", o.control_token,
                  "Of the simulator's control API; without it OCOKIT_CONTROL_TOKEN, or none");
  load.add_option("--faults", o.faults,
                  "Shares of the simulator's faults, like lost_reply=0.01,delay=0.05. There are "
                  "delay (20 ms), slow_drip, reset, lost_reply, half_close, close_early, "
                  "malformed_json, empty, status (500), html_5xx (502), rate_limit_now");
  load.add_option("--key", o.key,
                  "API key, for a server that is not ocokit's: no accounts, no "
                  "faults, no books");
  load.add_option("--secret-file", o.secret_file,
                  "File whose first line is the secret of --key; without it OCOKIT_SECRET, and on "
                  "a loopback URL test-secret");
  load.add_option("--ca-file", o.ca_file,
                  "PEM file of certificate authorities to trust, or the server's certificate");
  load.add_flag("--i-own-this-server", o.own_server,
                "Also where the URL does not lead to this machine. Never for a venue");
}

}  // namespace

void AddLoad(CLI::App& app, LoadCommand& o, int& status) {
  CLI::App* load = app.add_subcommand(
      "load", "Send signed requests at a steady rate and report how long replies took");
  AddWhat(*load, o);
  AddWhom(*load, o);
  load->add_option("--json", o.json, "Also write JSON to this file; --compare reads it");
  load->add_option("--html", o.html, "Also write a page with plots to this file");
  CLI::Option* compare =
      load->add_option("--compare", o.compare,
                       "Send nothing; tell whether the second of two JSON reports is slower, or "
                       "had more failed or unanswered requests")
          ->expected(2);
  // All that is there so far asks for a load.
  for (CLI::Option* option : load->get_options()) {
    if (option != compare && option != load->get_help_ptr()) compare->excludes(option);
  }
  load->add_option("--tolerance", o.tolerance,
                   "By how much the median may grow: 0.05 is 5 %. More is a regression if a rank "
                   "test of the seconds' medians has p < 0.05")
      ->capture_default_str()
      ->needs(compare);
  load->footer(
      "Latency counts from when a request was meant to leave, so a server that stops is seen in\n"
      "every request that it kept waiting. Ctrl-C ends early with what was done.\n"
      "Exit status: 0 done, 1 nothing was accepted, the server's books differ, a stream missed\n"
      "something or --compare found a regression, 2 wrong usage or --compare cannot tell, 3 no "
      "server or file. docs/load.md\n"
      "says what each number means.\n\n"
      "Examples:\n"
      "  ocokit load --venue whitebit --rate 20000 --duration 30s --html load.html\n"
      "  ocokit load --venue bingx --rate 2000 --mix place=2,cancel=2,list=1 \\\n"
      "    --faults lost_reply=0.01,delay=0.05,reset=0.01,status=0.02\n"
      "  ocokit load --venue bingx --rate 1000 --streams 100\n"
      "  ocokit load --compare before.json after.json --tolerance 0.1\n");
  load->callback([&o, &status] { status = Load(o); });
}

}  // namespace ocokit::cli

#include "cli/control_options.h"

#include <CLI/CLI.hpp>
#include <array>

#include "ocokit/base/encoding.h"

namespace ocokit::cli {
namespace {

// A command below `ctl`, with the options that each has.
CLI::App* Add(CLI::App& ctl, const char* name, const char* help, const char* example,
              ControlCommands& c) {
  CLI::App* out = ctl.add_subcommand(name, help);
  out->add_option("--url", c.options.url, "Of the server")->capture_default_str();
  out->add_option("--token-file", c.options.token_file,
                  "File whose first line is the control token; without it OCOKIT_CONTROL_TOKEN");
  out->add_option("--ca-file", c.options.ca_file,
                  "PEM file of certificate authorities to trust, or the server's certificate");
  out->add_option("--timeout", c.options.timeout_ms, "Milliseconds that a reply may take")
      ->check(CLI::Range(10, 600'000))
      ->capture_default_str();
  out->footer(std::string("Example:\n  ") + example + "\n");
  return out;
}

// An option of a path: an unset variable of the shell must not name another, larger thing.
CLI::Option* AddPart(CLI::App& command, const char* name, std::string& value, const char* help) {
  return command.add_option(name, value, help)->check([](const std::string& text) {
    return text.empty() ? std::string("must not be empty") : std::string();
  });
}

void AddAccountOption(CLI::App& command, ControlCommands& c) {
  AddPart(command, "ACCOUNT", c.command.account, "Its id, like whitebit-1")->required();
}

constexpr const char* kJsonHelp = "JSON text, @FILE, or - for standard input";

void AddSnapshots(CLI::App& ctl, ControlCommands& c) {
  CLI::App* take = Add(ctl, "snapshot", "Keep how an account stands, under a name",
                       "ocokit ctl snapshot whitebit-1 before", c);
  AddAccountOption(*take, c);
  AddPart(*take, "NAME", c.command.snapshot,
          "Without blanks, in place of one that has it; made up if absent");
  take->callback([&c] { c.status = CallSnapshot(c.options, c.command, "snapshot"); });
  CLI::App* restore = Add(ctl, "restore", "Put an account back to a snapshot",
                          "ocokit ctl restore whitebit-1 before", c);
  AddAccountOption(*restore, c);
  AddPart(*restore, "NAME", c.command.snapshot, "The latest one if absent");
  restore->callback([&c] { c.status = CallSnapshot(c.options, c.command, "restore"); });
  CLI::App* remove = Add(ctl, "remove-snapshot", "Remove a snapshot",
                         "ocokit ctl remove-snapshot whitebit-1 before", c);
  AddAccountOption(*remove, c);
  AddPart(*remove, "NAME", c.command.snapshot, "As it was taken")->required();
  remove->callback([&c] {
    const std::string rest = "/snapshots/" + PercentEncode(c.command.snapshot);
    c.status = CallControl(c.options, {"DELETE", AccountPath(c.command, rest)});
  });
}

void AddAccountCommands(CLI::App& ctl, ControlCommands& c) {
  Add(ctl, "accounts", "List the accounts", "ocokit ctl accounts", c)->callback([&c] {
    c.status = CallControl(c.options, {"GET", "/accounts"});
  });
  CLI::App* add = Add(ctl, "add-account", "Add an account",
                      R"(ocokit ctl add-account '{"venue":"whitebit","hedge_mode":true}')", c);
  add->add_option("JSON", c.command.json, kJsonHelp)->required();
  add->callback([&c] {
    c.status = CallWithJson(c.options, {"POST", "/accounts"}, c.command.json);
  });
  const struct {
    const char* name;
    const char* help;
    const char* method;
    const char* rest;
    const char* example;
  } kPlain[] = {
      {"account", "Show an account's state", "GET", "", "ocokit ctl account bingx-1"},
      {"remove-account", "Remove an account", "DELETE", "", "ocokit ctl remove-account bingx-2"},
      {"reset", "Put an account back to its first state", "POST", "/reset",
       "ocokit ctl reset whitebit-1"},
      {"snapshots", "List an account's snapshots", "GET", "/snapshots",
       "ocokit ctl snapshots whitebit-1"},
      {"clear-journal", "Forget what came to an account so far", "DELETE", "/journal",
       "ocokit ctl clear-journal whitebit-1"},
      {"faults", "List an account's faults", "GET", "/faults", "ocokit ctl faults whitebit-1"},
  };
  for (const auto& plain : kPlain) {
    CLI::App* command = Add(ctl, plain.name, plain.help, plain.example, c);
    AddAccountOption(*command, c);
    command->callback([&c, plain] {
      c.status = CallControl(c.options, {plain.method, AccountPath(c.command, plain.rest)});
    });
  }
  AddSnapshots(ctl, c);
  CLI::App* orders = Add(ctl, "orders", "Show an account's orders and what happened to them",
                         "ocokit ctl orders whitebit-1 --open", c);
  AddAccountOption(*orders, c);
  orders->add_flag("--open", c.command.open, "Only open ones");
  orders->callback([&c] {
    const char* rest = c.command.open ? "/orders?open=true" : "/orders";
    c.status = CallControl(c.options, {"GET", AccountPath(c.command, rest)});
  });
}

void AddChanges(CLI::App& ctl, ControlCommands& c) {
  CLI::App* balances = Add(ctl, "balances", "Set what is free of each asset",
                           "ocokit ctl balances whitebit-1 USDT=100000 BTC=2", c);
  AddAccountOption(*balances, c);
  balances->add_option("ASSET=AMOUNT", c.command.values, "Assets not named have nothing any more")
      ->required();
  balances->callback([&c] { c.status = SetBalances(c.options, c.command); });

  CLI::App* positions = Add(ctl, "positions", "Set an account's positions (WhiteBIT)",
                            "ocokit ctl positions whitebit-1 '[{\"market\":\"BTC_USDT\","
                            "\"side\":\"long\",\"amount\":\"0.5\",\"base_price\":\"40000\"}]'",
                            c);
  AddAccountOption(*positions, c);
  positions->add_option("JSON", c.command.json, kJsonHelp)->required();
  positions->callback([&c] {
    c.status =
        CallWithJson(c.options, {"PUT", AccountPath(c.command, "/positions")}, c.command.json);
  });

  CLI::App* settings =
      Add(ctl, "settings", "Show settings and rights, or change some",
          "ocokit ctl settings bingx-1 rate_limits=off permissions='[\"read\"]'", c);
  AddAccountOption(*settings, c);
  settings->add_option("NAME=VALUE", c.command.values,
                       "A value that is JSON is taken as such, any other as a text");
  settings->callback([&c] { c.status = ShowOrChangeSettings(c.options, c.command); });

  CLI::App* price = Add(ctl, "price", "Show or move a market's last price",
                        "ocokit ctl price whitebit-1 BTC_USDT 41000 --fill 0.25", c);
  AddAccountOption(*price, c);
  AddPart(*price, "MARKET", c.command.market, "Like BTC_USDT")->required();
  CLI::Option* last = price->add_option("LAST", c.command.last, "The new last price");
  CLI::Option* fill = price->add_option("--fill", c.command.fill,
                                        "Share that is filled of each order crossed, 1 if absent");
  fill->needs(last);
  price->add_option("--json", c.command.json, "A path, a walk or a stop, as the API takes it")
      ->excludes(last);
  price->callback([&c] { c.status = ShowOrSetPrice(c.options, c.command); });

  CLI::App* replay = Add(ctl, "replay", "Let prices of the past come again, from a file",
                         "ocokit ctl replay bingx-1 BTC-USDT BTCUSDT-1m-2026-10.csv --speed 60", c);
  AddAccountOption(*replay, c);
  AddPart(*replay, "MARKET", c.command.market, "Like BTC-USDT")->required();
  AddPart(*replay, "FILE", c.command.file,
          "Lines of time, open, high, low, close, volume, or of time, price, amount; the server "
          "reads it")
      ->required();
  replay->add_option("--speed", c.command.speed, "Times as fast, 1 if absent");
  replay->add_option("--at-ms", c.command.at_ms,
                     "The moment of the file that is now, in milliseconds since 1970; its first "
                     "line if absent. What lies before is the market's past");
  replay->callback([&c] { c.status = StartReplay(c.options, c.command); });

  CLI::App* book = Add(ctl, "book", "Show or set what orders of a market find to take",
                       "ocokit ctl book bingx-1 BTC-USDT --spread 0.5 --levels 20 --amount 0.2\n"
                       "  ocokit ctl book bingx-1 BTC-USDT --json '{\"bids\":[[\"63999\",\"1\"]],"
                       "\"asks\":[[\"64001\",\"1\"]]}'",
                       c);
  AddAccountOption(*book, c);
  AddPart(*book, "MARKET", c.command.market, "Like BTC-USDT")->required();
  CLI::Option* json =
      book->add_option("--json", c.command.json, "Levels of both sides, as the API takes them");
  CLI::Option* amount = book->add_option("--amount", c.command.amount,
                                         "Keep a book around the last price: base in each level")
                            ->excludes(json);
  book->add_option("--spread", c.command.spread, "Between best bid and ask, 0 if absent")
      ->needs(amount);
  book->add_option("--levels", c.command.levels, "Of each side, 20 if absent")->needs(amount);
  book->add_flag("--clear", c.command.clear, "Everything is at the last price again")
      ->excludes(json)
      ->excludes(amount);
  book->callback([&c] { c.status = ShowOrSetBook(c.options, c.command); });

  CLI::App* clock = Add(ctl, "clock", "Show or move an account's time",
                        "ocokit ctl clock whitebit-1 --freeze --advance-ms 5000", c);
  AddAccountOption(*clock, c);
  clock->add_flag("--freeze", c.command.freeze, "Stop it where it stands");
  clock->add_option("--set-ms", c.command.set_ms, "Milliseconds since 1970");
  clock->add_option("--advance-ms", c.command.advance_ms, "Milliseconds to move on");
  clock->add_flag("--run", c.command.run, "Let it run on");
  clock->callback([&c] { c.status = ShowOrSetClock(c.options, c.command); });
}

void AddFaults(CLI::App& ctl, ControlCommands& c) {
  CLI::App* add = Add(ctl, "add-fault", "Let something go wrong on an account's requests",
                      R"(ocokit ctl add-fault bingx-1 '{"action":{"type":"reset"},"times":1}')", c);
  AddAccountOption(*add, c);
  add->add_option("JSON", c.command.json, kJsonHelp)->required();
  add->callback([&c] {
    c.status = CallWithJson(c.options, {"POST", AccountPath(c.command, "/faults")}, c.command.json);
  });
  CLI::App* show = Add(ctl, "fault", "Show a fault and how often it was applied",
                       "ocokit ctl fault bingx-1 fault-1", c);
  AddAccountOption(*show, c);
  AddPart(*show, "FAULT", c.command.fault, "Its id, like fault-1")->required();
  CLI::App* remove = Add(ctl, "remove-fault", "Remove a fault, or all of an account",
                         "ocokit ctl remove-fault bingx-1 fault-1", c);
  AddAccountOption(*remove, c);
  AddPart(*remove, "FAULT", c.command.fault, "Its id, like fault-1; without it, all");
  const auto call = [&c](const char* method) {
    const std::string rest = c.command.fault.empty() ? "" : "/" + PercentEncode(c.command.fault);
    c.status = CallControl(c.options, {method, AccountPath(c.command, "/faults") + rest});
  };
  show->callback([call] { call("GET"); });
  remove->callback([call] { call("DELETE"); });
}

// Which entries; returns --tail and --limit, which --follow excludes.
std::array<CLI::Option*, 2> AddJournalOptions(CLI::App& journal, ControlCommands& c) {
  CLI::Option* after =
      journal.add_option("--after", c.command.after, "Only what came after this number");
  CLI::Option* limit =
      journal.add_option("--limit", c.command.limit, "At most so many, 1 to 10000")
          ->capture_default_str();
  CLI::Option* tail = journal.add_option("--tail", c.command.tail, "The latest so many");
  tail->excludes(after)->excludes(limit);
  journal.add_flag("--full", c.command.full, "Keys and signatures as they came");
  return {tail, limit};
}

void AddJournal(CLI::App& ctl, ControlCommands& c) {
  CLI::App* journal = Add(ctl, "journal", "Show what came and what was answered",
                          "ocokit ctl journal whitebit-1 --follow\n"
                          "  ocokit ctl journal whitebit-1 --tail 5",
                          c);
  AddAccountOption(*journal, c);
  const auto [tail, limit] = AddJournalOptions(*journal, c);
  journal->add_flag("--follow", c.command.follow, "Go on, one line of JSON for each request")
      ->excludes(limit)
      ->excludes(tail);
  journal->callback([&c] { c.status = ShowJournal(c.options, c.command); });

  CLI::App* strays =
      Add(ctl, "strays", "Show requests that reached no account", "ocokit ctl strays --tail 5", c);
  (void)AddJournalOptions(*strays, c);
  strays->callback([&c] { c.status = ShowJournal(c.options, c.command); });

  CLI::App* har = Add(ctl, "har", "The journal as HAR 1.2, for network viewers",
                      "ocokit ctl har whitebit-1 > whitebit-1.har", c);
  AddAccountOption(*har, c);
  har->add_flag("--full", c.command.full, "Keys and signatures as they came");
  har->callback([&c] {
    const char* rest = c.command.full ? "/journal.har?full=true" : "/journal.har";
    c.status = CallControl(c.options, {"GET", AccountPath(c.command, rest)});
  });
}

void AddStreams(CLI::App& ctl, ControlCommands& c) {
  CLI::App* events = Add(ctl, "stream", "Print what happens in an account, as it happens",
                         "ocokit ctl stream whitebit-1\n"
                         "  ocokit ctl stream whitebit-1 --after 0",
                         c);
  AddAccountOption(*events, c);
  events->add_option("--after", c.command.after_event,
                     "Begin after this number; 0: with the first that is kept");
  events->callback([&c] { c.status = FollowEvents(c.options, c.command); });

  CLI::App* streams = Add(ctl, "streams", "List the WebSockets that show an account",
                          "ocokit ctl streams whitebit-1", c);
  AddAccountOption(*streams, c);
  streams->callback([&c] {
    c.status = CallControl(c.options, {"GET", AccountPath(c.command, "/streams")});
  });

  CLI::App* cut = Add(ctl, "cut-stream", "End a WebSocket, without a closing frame",
                      "ocokit ctl cut-stream whitebit-1 stream-1 --code 1012", c);
  AddAccountOption(*cut, c);
  AddPart(*cut, "STREAM", c.command.stream, "Its id, like stream-1")->required();
  CLI::Option* code = cut->add_option("--code", c.command.code, "With a closing frame of this code")
                          ->check(CLI::Range(1000, 4999));
  cut->add_flag("--reset", c.command.reset, "Reset the connection")->excludes(code);
  cut->callback([&c] { c.status = CutStream(c.options, c.command); });

  CLI::App* frames = Add(ctl, "frames", "Show what went through an account's WebSockets",
                         "ocokit ctl frames whitebit-1 --stream stream-1\n"
                         "  ocokit ctl frames whitebit-1 --follow",
                         c);
  AddAccountOption(*frames, c);
  AddPart(*frames, "--stream", c.command.stream, "Only of this one");
  frames->add_option("--after", c.command.after, "Only what came after this number");
  CLI::Option* limit = frames->add_option("--limit", c.command.limit, "At most so many, 1 to 10000")
                           ->capture_default_str();
  frames->add_flag("--full", c.command.full, "Keys and tokens as they came");
  frames->add_flag("--follow", c.command.follow, "Go on, one line of JSON for each message")
      ->excludes(limit);
  frames->callback([&c] { c.status = ShowFrames(c.options, c.command); });
}

void AddExamine(CLI::App& ctl, ControlCommands& c) {
  CLI::App* examine =
      Add(ctl, "examine", "Say what is wrong with a request that was signed for an account",
          "ocokit ctl examine bingx-1 --curl \"curl 'https://host/openApi/...' -H "
          "'X-BX-APIKEY: ...'\"\n"
          "  ocokit ctl examine whitebit-1 --request request.txt",
          c);
  AddAccountOption(*examine, c);
  CLI::Option_group* what = examine->add_option_group("The request, one of");
  what->add_option("--curl", c.command.curl,
                   "A curl command in quotes, @FILE, or - for standard input");
  what->add_option("--request", c.command.request, "File with the raw HTTP request, or -");
  what->require_option(1);
  examine->callback([&c] { c.status = ExamineThere(c.options, c.command); });
}

}  // namespace

void AddControl(CLI::App& app, ControlCommands& c) {
  CLI::App* ctl = app.add_subcommand("ctl", "Drive a running `ocokit serve`");
  ctl->require_subcommand(1);
  ctl->footer(
      "Replies are JSON, as docs/control.md has them. Exit status: 1 refused, 2 wrong usage, 3 no\n"
      "reply, or one that cannot be written. A reply may have 256 MiB, a file that is sent 16 "
      "MiB,\n"
      "the line of a token 64 KiB; a FIFO must get a writer within 5 s.\n");
  Add(*ctl, "health", "Whether the server is up", "ocokit ctl health", c)->callback([&c] {
    c.status = CallControl(c.options, {"GET", "/health"});
  });
  AddAccountCommands(*ctl, c);
  AddChanges(*ctl, c);
  AddFaults(*ctl, c);
  AddJournal(*ctl, c);
  AddStreams(*ctl, c);
  AddExamine(*ctl, c);
  Add(*ctl, "metrics", "Counters and times, as Prometheus reads them", "ocokit ctl metrics", c)
      ->callback([&c] { c.status = CallControl(c.options, {.path = "/metrics", .base = ""}); });
  Add(*ctl, "openapi", "The control API's OpenAPI document",
      "ocokit ctl openapi > control.openapi.json", c)
      ->callback([&c] {
        c.status = CallControl(c.options, {"GET", "/openapi.json"});
      });
}

}  // namespace ocokit::cli

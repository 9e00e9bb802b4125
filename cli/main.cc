// The command line: what there is to say, and which function does it.

#include <fcntl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include "cli/conform_options.h"
#include "cli/control_options.h"
#include "cli/doctor_options.h"
#include "cli/exit_codes.h"
#include "cli/load_options.h"
#include "cli/order_bingx.h"
#include "cli/order_whitebit.h"
#include "cli/serve.h"
#include "cli/terminal.h"
#include "conformance/text/printable.h"
#include "ocokit/base/text.h"

namespace ocokit::cli {
namespace {

// What a subcommand's options are read into, and the exit status of the one that ran.
struct Commands {
  ServeOptions serve;
  ConnectionOptions connection;
  BingxPlaceOptions bingx_place;
  BingxListOptions bingx_list;
  BingxCancelOptions bingx_cancel;
  WhitebitPlaceOptions whitebit_place;
  WhitebitListOptions whitebit_list;
  WhitebitCancelOptions whitebit_cancel;
  ControlCommands control;
  DoctorOptions doctor;
  ConformCommands conform;
  LoadCommand load;
  int status = kOk;
};

void AddServe(CLI::App& app, Commands& c) {
  CLI::App* serve = app.add_subcommand(
      "serve", "Serve both venues on one HTTP port, until SIGINT, SIGTERM or SIGHUP");
  ServeOptions& o = c.serve;
  serve->add_option("--listen", o.listen, "HOST:PORT; port 0 picks a free one")
      ->capture_default_str();
  serve->add_option("--ready-file", o.ready_file,
                    "Also write the ready line to this file, once connections are accepted; a "
                    "device or FIFO is written itself");
  CLI::Option* config = serve->add_option(
      "--config", o.config, "JSON file of accounts, markets, prices, dialects and settings");
  CLI::Option* seed = serve->add_option("--seed", o.seed, "Order ids follow from it and the clock")
                          ->check(CLI::NonNegativeNumber)
                          ->capture_default_str();
  CLI::Option* dialect =
      serve
          ->add_option("--dialect", o.dialects,
                       "VENUE=docs or VENUE=live: as the venue's documents say (the default) or "
                       "as later statements and captures do; once for each venue")
          ->check(CLI::IsMember({"bingx=docs", "bingx=live", "whitebit=docs", "whitebit=live"}));
  serve->add_option("--threads", o.threads, "Threads that serve connections")
      ->check(CLI::Range(1, 64))
      ->capture_default_str();
  serve
      ->add_option(
          "--memory", o.memory,
          "What journals and orders of all accounts may take together, like 512MiB; without "
          "it half of the machine or its container. The oldest go first")
      ->transform(CLI::AsSizeValue(false));
  CLI::Option* strict = serve->add_flag("--strict-signing", o.strict_signing,
                                        "BingX: accept the documented signature rule alone");
  CLI::Option* limits =
      serve
          ->add_option_function<std::string>(
              "--rate-limits", [&o](const std::string& value) { o.rate_limits = value != "off"; },
              "documented (the default) or off")
          ->check(CLI::IsMember({"documented", "off"}));
  // They are of the default accounts, which a config file takes the place of.
  for (CLI::Option* of_defaults : {seed, dialect, strict, limits}) config->excludes(of_defaults);
  CLI::Option* state = serve->add_option(
      "--state", o.state,
      "File that the accounts are taken from at the start, and kept in at the end");
  serve
      ->add_option("--state-every", o.state_every,
                   "Keep them so often, too, in seconds; 0: only at the end")
      ->check(CLI::Range(0, 86400))
      ->capture_default_str()
      ->needs(state);
  serve->add_option("--control-token", o.control_token,
                    "What callers of the control API must bear; without it OCOKIT_CONTROL_TOKEN, "
                    "or none. Needed where other machines can connect");
  CLI::Option* tls = serve->add_option("--tls-listen", o.tls_listen,
                                       "HOST:PORT of a second listener, in TLS; without "
                                       "--tls-cert its certificate is made up, and the ready "
                                       "line names the file it is in");
  CLI::Option* cert = serve->add_option("--tls-cert", o.tls_cert, "PEM file of its certificate");
  CLI::Option* key = serve->add_option("--tls-key", o.tls_key, "PEM file of the key to it");
  cert->needs(tls)->needs(key);
  key->needs(cert);
  serve->add_flag("--quiet", o.quiet, "Print no line for each request");
  serve->add_flag("--exit-with-parent", o.exit_with_parent,
                  "End when the program that has started this one ends, even if that is killed");
  for (CLI::Option* path : {serve->get_option("--ready-file"), config, state, cert, key}) {
    path->check([](const std::string& text) {
      return text.empty() ? std::string("must not be empty") : std::string();
    });
  }
  serve->footer(
      "When ready, one JSON line on standard output names the URLs. Each request has a line on\n"
      "standard error, JSON where that is no terminal. `ocokit ctl --help` drives the server.\n"
      "Each venue has one account: key test-key, secret test-secret, 1,000,000\n"
      "USDT, 10 BTC, 100 ETH, no position. Markets and last prices: BTC-USDT 64000, ETH-USDT 3200\n"
      "(BingX); BTC_USDT 40500, ETH_USDT 2500, BTC_PERP 40500 (WhiteBIT).\n\n"
      "Examples:\n  ocokit serve --listen 127.0.0.1:8787 --rate-limits off\n"
      "  ocokit serve --dialect bingx=live --dialect whitebit=live\n"
      "  ocokit serve --config examples/config/ocokit.json\n"
      "  ocokit serve --tls-listen 127.0.0.1:8788\n"
      "  ocokit serve --state ocokit.state\n");
  serve->callback([&c] { c.status = Serve(c.serve); });
}

void AddConnection(CLI::App& command, ConnectionOptions& o) {
  command.add_option("--url", o.url, "Base URL of the venue or of `ocokit serve`")
      ->capture_default_str();
  command.add_option("--key", o.key, "API key")->capture_default_str();
  command.add_option("--secret-file", o.secret_file,
                     "File whose first line is the secret; without it OCOKIT_SECRET, and on a "
                     "loopback URL test-secret");
  command.add_option("--ca-file", o.ca_file, "PEM file of certificate authorities to trust");
  command.add_flag(
      "--json", o.json,
      "One line of JSON on standard output, also for an error of the call; a command line "
      "that cannot be read is told as text on standard error");
}

void AddBingx(CLI::App& order, Commands& c) {
  CLI::App* venue = order.add_subcommand("bingx", "BingX spot OCO");
  venue->require_subcommand(1);

  CLI::App* place =
      venue->add_subcommand("place", "Place a limit and a stop-limit order as a pair");
  BingxPlaceOptions& p = c.bingx_place;
  place->add_option("--symbol", p.symbol, "Like BTC-USDT")->required();
  place->add_option("--side", p.side, "BUY or SELL, of both orders")
      ->required()
      ->check(CLI::IsMember({"BUY", "SELL"}));
  place->add_option("--quantity", p.quantity, "In the base asset")->required();
  place->add_option("--limit-price", p.limit_price, "Of the limit order (take-profit)")->required();
  place->add_option("--trigger-price", p.trigger_price, "At which the stop-limit order is placed")
      ->required();
  place->add_option("--order-price", p.order_price, "Of the stop-limit order, once triggered")
      ->required();
  place->add_option("--list-client-order-id", p.list_client_order_id, "Digits; of the pair");
  place->add_option("--above-client-order-id", p.above_client_order_id,
                    "Digits; of the limit order");
  place->add_option("--below-client-order-id", p.below_client_order_id,
                    "Digits; of the stop-limit order");
  place->add_option("--format", p.format, "How the parameters travel")
      ->check(CLI::IsMember({"json", "form", "query"}))
      ->capture_default_str();
  AddConnection(*place, c.connection);
  place->footer(
      "Example, the documents' own:\n"
      "  ocokit order bingx place --symbol BTC-USDT --side BUY --quantity 0.001 \\\n"
      "    --limit-price 48000 --trigger-price 87000 --order-price 88000\n");
  place->callback([&c] { c.status = PlaceBingx(c.connection, c.bingx_place); });

  CLI::App* list = venue->add_subcommand("list", "List open pairs, finished ones, or one");
  BingxListOptions& l = c.bingx_list;
  CLI::Option* id =
      list->add_option("--order-list-id", l.order_list_id, "The one pair with this list id");
  CLI::Option* client_id = list->add_option("--client-order-id", l.client_order_id,
                                            "The one pair with this client list id");
  id->excludes(client_id);
  // One pair, wherever it is, has no pages.
  for (CLI::Option* of_pages :
       {list->add_flag("--history", l.history, "Finished pairs"),
        list->add_option("--page", l.page, "From 1")->capture_default_str(),
        list->add_option("--page-size", l.page_size, "Orders a page, 1 to 1000")
            ->capture_default_str()}) {
    of_pages->excludes(id)->excludes(client_id);
  }
  AddConnection(*list, c.connection);
  list->footer("Example:\n  ocokit order bingx list --history --json\n");
  list->callback([&c] { c.status = ListBingx(c.connection, c.bingx_list); });

  CLI::App* cancel = venue->add_subcommand("cancel", "Cancel a pair by either of its orders");
  cancel->add_option("--order-id", c.bingx_cancel.order_id, "Of either order");
  cancel->add_option("--client-order-id", c.bingx_cancel.client_order_id,
                     "The client's id of either order");
  AddConnection(*cancel, c.connection);
  cancel->footer("Example:\n  ocokit order bingx cancel --order-id 1827963624962916352\n");
  cancel->callback([&c] { c.status = CancelBingx(c.connection, c.bingx_cancel); });
}

void AddWhitebit(CLI::App& order, Commands& c) {
  CLI::App* venue = order.add_subcommand("whitebit", "WhiteBIT collateral OCO");
  venue->require_subcommand(1);

  CLI::App* place =
      venue->add_subcommand("place", "Place a take-profit and a stop-loss order as a pair");
  WhitebitPlaceOptions& p = c.whitebit_place;
  place->add_option("--market", p.market, "Like BTC_USDT or BTC_PERP")->required();
  place->add_option("--side", p.side, "buy or sell, of both orders")
      ->required()
      ->check(CLI::IsMember({"buy", "sell"}));
  place->add_option("--amount", p.amount, "In the stock currency")->required();
  place->add_option("--price", p.price, "Of the take-profit order")->required();
  place
      ->add_option("--activation-price", p.activation_price,
                   "At which the stop-loss order is placed")
      ->required();
  place
      ->add_option("--stop-limit-price", p.stop_limit_price,
                   "Of the stop-loss order, once activated")
      ->required();
  place->add_option("--client-order-id", p.client_order_id, "Letters, digits, - . _; of the pair");
  place->add_flag("--reduce-only", p.reduce_only, "Only reduce or close a position");
  AddConnection(*place, c.connection);
  place->footer(
      "Example, the documents' own:\n"
      "  ocokit order whitebit place --market BTC_USDT --side buy --amount 0.001 \\\n"
      "    --price 40000 --activation-price 41000 --stop-limit-price 42000\n");
  place->callback([&c] { c.status = PlaceWhitebit(c.connection, c.whitebit_place); });

  CLI::App* list = venue->add_subcommand("list", "List open pairs, newest first");
  WhitebitListOptions& l = c.whitebit_list;
  list->add_option("--market", l.market, "Only this market");
  list->add_option("--limit", l.limit, "1 to 100")->capture_default_str();
  list->add_option("--offset", l.offset, "Pairs to leave out first")->capture_default_str();
  list->add_flag("--conditional", l.conditional, "By conditional-orders instead of oco-orders");
  AddConnection(*list, c.connection);
  list->footer("Example:\n  ocokit order whitebit list --market BTC_USDT --json\n");
  list->callback([&c] { c.status = ListWhitebit(c.connection, c.whitebit_list); });

  CLI::App* cancel = venue->add_subcommand("cancel", "Cancel a pair");
  WhitebitCancelOptions& o = c.whitebit_cancel;
  cancel->add_option("--market", o.market, "Of the pair")->required();
  CLI::Option* id = cancel->add_option("--id", o.id, "Of the pair, not of one of its orders");
  CLI::Option* client_id =
      cancel->add_option("--client-order-id", o.client_order_id, "The client's id of the pair");
  client_id->excludes(id);
  cancel
      ->add_flag("--conditional", o.conditional,
                 "By conditional-cancel instead of oco-cancel; takes --id alone")
      ->excludes(client_id);
  AddConnection(*cancel, c.connection);
  cancel->footer("Example:\n  ocokit order whitebit cancel --market BTC_USDT --id 117703764513\n");
  cancel->callback([&c] { c.status = CancelWhitebit(c.connection, c.whitebit_cancel); });
}

// A descriptor that the caller has closed would be given to the next file or connection, which then
// gets what is meant for the standard streams.
void OpenStandardStreams() {
  int descriptor = 0;
  do {
    descriptor = open("/dev/null", O_RDWR);
  } while (descriptor >= 0 && descriptor <= STDERR_FILENO);
  if (descriptor >= 0) close(descriptor);
}

// As the parser's own, but for what its message quotes: a pasted command may stand there.
int Exit(const CLI::App& app, const CLI::Error& error) {
  std::ostringstream message;
  const int status = app.exit(error, std::cout, message);
  std::string shown = conform::ForTerminal(conform::Shortened(message.str(), std::size_t{8} << 10));
  while (shown.ends_with('\n')) shown.pop_back();
  if (!shown.empty()) std::cerr << Replaced(shown, "\n", "\n  ") << '\n';
  return status;
}

int Main(int argc, char** argv) {
  OpenStandardStreams();
  CLI::App app{"ocokit: BingX spot OCO and WhiteBIT collateral OCO without real money"};
  app.require_subcommand(1);
  app.set_version_flag("--version", OCOKIT_VERSION);
  app.set_help_all_flag("--help-all", "Help of every subcommand");
  app.footer(
      "Exit status: 0 done, 1 refused by the venue or judged to fail, 2 wrong usage or input, 3 "
      "no\n"
      "connection, port or file.\n");
  Commands commands;
  AddServe(app, commands);
  CLI::App* order = app.add_subcommand("order", "Place, list and cancel OCO orders");
  order->require_subcommand(1);
  AddBingx(*order, commands);
  AddWhitebit(*order, commands);
  AddControl(app, commands.control);
  AddDoctor(app, commands.doctor, commands.status);
  AddConform(app, commands.conform, commands.status);
  AddLoad(app, commands.load, commands.status);
  try {
    app.parse(argc, argv);
  } catch (const CLI::RequiredError& error) {
    // What is missing may stand there misspelt; then that is what to say.
    const std::vector<std::string> unknown = app.remaining(true);
    if (unknown.empty()) {
      (void)Exit(app, error);
    } else {
      (void)Exit(app, CLI::ExtrasError({unknown.front()}));
    }
    return kUsage;
  } catch (const CLI::ParseError& error) {
    // Zero for --help and --version.
    return Exit(app, error) == 0 ? kOk : kUsage;
  } catch (const std::exception& error) {
    // No memory, say. What came of the command is not known.
    PrintError(error.what());
    return kEnvironment;
  }
  const int status = commands.control.status != kOk ? commands.control.status : commands.status;
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return status;
  PrintError("standard output cannot be written");
  return status != kOk ? status : kEnvironment;
}

}  // namespace
}  // namespace ocokit::cli

int main(int argc, char** argv) { return ocokit::cli::Main(argc, argv); }

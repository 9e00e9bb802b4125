#pragma once

// `ocokit serve`: the simulator as a process of its own.

#include <cstdint>
#include <string>
#include <vector>

namespace ocokit::cli {

struct ServeOptions {
  std::string listen = "127.0.0.1:8787";  // HOST:PORT; port 0 picks a free one
  std::string ready_file;                 // gets the ready line, too; empty: none
  std::string config;                     // a JSON file of accounts; empty: the default ones
  std::vector<std::string> dialects;      // VENUE=DIALECT, of the default accounts
  std::uint64_t seed = 0;
  int threads = 2;
  std::uint64_t memory = 0;  // bytes of journals and orders; 0: half of the machine
  bool strict_signing = false;
  bool rate_limits = true;
  std::string tls_listen;  // HOST:PORT of a second listener, in TLS; empty: none
  std::string tls_cert;    // PEM files, both or neither: else a certificate is made up
  std::string tls_key;
  std::string state;               // a file that the accounts outlive the server in; empty: none
  std::uint64_t state_every = 30;  // seconds; 0: only at the end
  std::string control_token;       // empty: OCOKIT_CONTROL_TOKEN, or none
  bool quiet = false;              // no line for each request
  bool exit_with_parent = false;
};

// Serves until SIGINT, SIGTERM or SIGHUP; returns the exit status.
[[nodiscard]] int Serve(const ServeOptions& options);

}  // namespace ocokit::cli

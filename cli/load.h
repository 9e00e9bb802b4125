#pragma once

// `ocokit load`: signed requests at a steady rate, and how long their replies took.

#include <cstdint>
#include <string>
#include <vector>

namespace ocokit::cli {

struct LoadCommand {
  std::string venue;
  std::string url = "http://127.0.0.1:8787";
  double rate = 1000;
  int connections = 16;
  int threads = 1;
  int accounts = 0;  // 0: one for each connection
  std::string duration = "10s";
  std::string warmup = "2s";
  std::string drain = "5s";
  std::string timeout = "10s";
  std::string arrivals = "even";
  std::uint64_t seed = 1;
  std::string mix = "place=1,cancel=1";
  std::string faults;
  int streams = 0;
  bool own_server = false;
  std::string key;  // empty: the simulator's control API makes accounts
  std::string secret_file;
  std::string ca_file;
  std::string control_token;  // empty: OCOKIT_CONTROL_TOKEN, or none
  std::string json;
  std::string html;
  std::vector<std::string> compare;  // two files
  double tolerance = 0.05;
};

// Runs the load, or compares two reports of one. Prints what came of it and returns the exit
// status: 1 when nothing was accepted, when the server's books differ from the load's, or when the
// second report is slower or failed more; 2 also when two reports are too short to tell.
[[nodiscard]] int Load(const LoadCommand& command);

}  // namespace ocokit::cli

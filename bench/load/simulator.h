#pragma once

// The simulator that is loaded, by its control API: accounts for the load, and its books.

#include <cstdint>
#include <string>
#include <vector>

#include "bench/load/books.h"
#include "bench/load/options.h"
#include "bench/load/target.h"
#include "conformance/net/control_api.h"

namespace ocokit::load {

class Simulator {
 public:
  Simulator(const LoadOptions& options, const Target& target);
  // Removes what accounts it has made.
  ~Simulator();
  Simulator(const Simulator&) = delete;
  Simulator& operator=(const Simulator&) = delete;

  struct Account {
    std::string id;
    std::string key;
    std::string secret;
  };
  // Makes that many accounts. Errors: no control API there, or one that refuses.
  [[nodiscard]] Result<std::vector<Account>> Prepare(int count);
  // The load begins: sets the options' faults, and notes what the server has counted so far.
  // Errors: as above.
  [[nodiscard]] Result<void> Begin();
  // Compares the server's books with `tally`, waiting a moment for what it has still under way.
  // Errors: it does not answer.
  [[nodiscard]] Result<Books> Compare(const Tally& tally);

 private:
  [[nodiscard]] Result<void> AddAccount(bool timing_header);
  [[nodiscard]] Result<void> SetFaults();
  [[nodiscard]] Result<ServerCounts> ReadCounts();
  [[nodiscard]] Result<std::uint64_t> ReadJournals();

  const LoadOptions& options_;
  const Target& target_;
  conform::ControlApi api_;
  std::vector<Account> accounts_;
  ServerCounts before_;
  std::uint64_t journals_before_ = 0;
};

}  // namespace ocokit::load

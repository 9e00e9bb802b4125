#pragma once

// Passage: the way of one request through the exchange, from whom it is for to how its answer goes
// out.

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "mock_exchange/account/fault_set.h"
#include "mock_exchange/exchange/exchange.h"
#include "mock_exchange/wire/answer.h"
#include "mock_exchange/wire/reply.h"

namespace ocokit::mock {

class Passage {
 public:
  Passage(Exchange& exchange, Request request);

  // The way to its end. When faults hold the request up first, the answer's `next` is what is left
  // of it, and this is empty.
  [[nodiscard]] Answer Go();

 private:
  // With the account's lock, when there is an account:
  void MatchFaults();
  [[nodiscard]] Answer CarryOut();
  // Keeps what became of the request and completes the answer. `delay`: by faults on the reply.
  [[nodiscard]] Answer Conclude(Reply reply, std::chrono::microseconds delay);

  // Has the connection become a stream.
  void OpenStream(Answer& answer);

  // Without it:
  [[nodiscard]] Answer Later();
  [[nodiscard]] Answer Finish(Answer answer);
  // Asks the doctor, who takes his time, and tells the observer, who may look at the account: now,
  // or when the answer is out.
  void TakeCareOf(Answer& answer);

  Exchange* exchange_;
  Request request_;
  Addressee to_;
  std::vector<FaultHit> hits_;
  std::chrono::microseconds waited_{0};  // by faults before commit
  std::chrono::steady_clock::time_point start_;
  // What is left to do when the lock is released.
  std::optional<RequestRecord> told_;  // what the observer is to be told
  std::shared_ptr<Record> sick_;       // what the doctor is to look at; may be null
  std::uint64_t stream_ = 0;           // that the connection becomes, by number
  std::uint64_t seq_ = 0;              // its number, also where it is not kept
};

}  // namespace ocokit::mock

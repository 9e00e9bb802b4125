#pragma once

// Engine::Command: what happens while one lasts is of one command.

#include "mock_exchange/engine/engine.h"

namespace ocokit::mock::engine {

class Engine::Command {
 public:
  Command(Engine& engine, TimePoint now) : engine_(engine), now_(now) {}
  ~Command() { engine_.EndCommand(now_); }
  Command(const Command&) = delete;
  Command& operator=(const Command&) = delete;

 private:
  Engine& engine_;
  const TimePoint now_;
};

}  // namespace ocokit::mock::engine

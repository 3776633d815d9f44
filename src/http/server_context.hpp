#pragma once
// What every handler and session may use. Lives as long as the io thread runs.

#include "actors/engine.hpp"
#include "edge/clock_control.hpp"
#include "http/broadcast.hpp"
#include "http/connections.hpp"
#include "http/ui_assets.hpp"

#include <string>

namespace retrylab {

class lab_runs;
class time_machine;

struct server_context {
  engine& core;
  ui_assets const& ui;
  history_reader const& history;
  time_machine& past;
  lab_runs& lab;
  timestamp started_at;
  std::uint16_t port = 0;  // the one that is bound
  bool ready = false;
  clock_control* clock = nullptr;  // when it is manual
  bool lab_reads_log = false;      // for a run of what was recorded: one at a time
  connections open{};
  broadcast news{core.ports().io, core.feed()};
};

}  // namespace retrylab

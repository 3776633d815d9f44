#pragma once
// What the sessions of the Faktory listener share. Lives as long as the io thread runs.

#include "actors/engine.hpp"

#include <boost/asio/ip/tcp.hpp>

#include <list>
#include <optional>
#include <set>
#include <string>

namespace retrylab {

// A session as the others see it.
struct faktory_connection {
  boost::asio::ip::tcp::socket* socket = nullptr;
  std::string wid;    // empty: a producer
  bool busy = false;  // runs a command; else it waits for one
};

struct faktory_context {
  engine& core;
  history_reader const& history;
  timestamp started_at;
  std::optional<std::string> password;
  std::uint16_t port = 0;  // the one that is bound
  std::uint64_t salt_seed = 0;
  std::uint64_t commands = 0;
  std::uint64_t accepted = 0;
  bool shutting_down = false;
  std::list<faktory_connection> open{};
  // Queues that a client removed: not listed until a job is pushed to them again.
  std::set<std::string, std::less<>> removed{};
};

}  // namespace retrylab

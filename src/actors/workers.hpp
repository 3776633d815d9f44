#pragma once
// The worker processes that are known: who they are, when they last gave a sign of life, what an
// operator told them. A worker without a sign of life for the lease time is lost: its attempts fail
// with worker_lost, which is an event of each job and, once, of the system.
//
// The list lives in memory; a start begins with the workers that hold attempts, each with a full
// lease time to come back. Io thread only.

#include "actors/leases.hpp"
#include "actors/system_stream.hpp"

#include <functional>
#include <map>
#include <set>

namespace retrylab {

enum class worker_state : unsigned char { running, quiet, terminate };  // only ever goes on
[[nodiscard]] std::string_view to_string(worker_state state);

// How the name of a worker begins that gave none. Nobody can tell whether it is still there: its
// attempts end by their time alone.
inline constexpr std::string_view unnamed_worker = "connection-";

struct worker_about {
  std::string name;  // of the process, unique as long as it lives
  std::string host{};
  std::int64_t pid = 0;
  std::vector<std::string> labels{};
  std::string protocol{};  // "faktory" or "http"
};

struct worker_info {
  worker_about about;
  worker_state state = worker_state::running;
  bool lost = false;
  std::size_t connections = 0;
  std::int64_t rss_kb = 0;
  std::uint64_t beats = 0;
  timestamp seen_at{};  // its last sign of life
  timestamp since{};
  std::uint64_t number = 0;           // 1, 2, 3 … in the order in which they came
  std::vector<std::string> queues{};  // it asked for last
  std::optional<event_ref> quieted_by{};
  bool watched = false;   // a look at it is planned
  bool expected = false;  // see workers::expect()
};

struct silence_rule {
  milliseconds lease;  // how long a worker may be silent
  bool connected_is_alive = false;
};

class workers {
 public:
  workers(clock& time, deadlines& timers, system_stream& system, leases& attempts,
          silence_rule silence);
  workers(workers const&) = delete;
  workers& operator=(workers const&) = delete;

  // A worker that held an attempt when the process before this one ended.
  void recover(job_state const& state);

  // A connection of the worker began, or ended. The first one's description is kept.
  void connected(worker_about about);
  void disconnected(std::string const& name);
  // A sign of life from a worker without a connection of its own; makes it known.
  void called(worker_about about);
  // Any sign of life. False: nobody of that name is known.
  bool seen(std::string_view name);
  struct beat {
    std::string_view name;
    std::optional<worker_state> state{};  // as the worker says
    std::int64_t rss_kb = 0;
  };
  // Whether a worker without a connection of its own is between two requests: while so and without
  // attempts it is not silent. For whoever lets time jump.
  void expect(std::string_view name, bool expected);
  // It wants a job of one of these queues.
  void asks(std::string_view name, std::vector<std::string> const& queues);
  // What the worker is to do. Nothing: nobody of that name is known.
  [[nodiscard]] std::optional<worker_state> beats(beat const& b);
  // By an operator. False: nobody of that name is known.
  bool tell(std::string_view name, worker_state state);
  void tell_all(worker_state state);

  // A result that came with a stale fence: counted, and an event of the system.
  void refused(job_id job, seq fence, std::string worker, std::string result);
  [[nodiscard]] std::uint64_t refused() const { return refused_; }

  [[nodiscard]] worker_info const* find(std::string_view name) const;
  // Attempts of workers of this process' time: the others' are only waited for until they are late.
  [[nodiscard]] std::size_t at_work() const;
  [[nodiscard]] std::map<std::string, worker_info, std::less<>> const& all() const { return all_; }
  // Called when a worker was silent for limits::worker_silence: whoever has its connections closes
  // them.
  void on_forgotten(std::function<void(std::string const& name)> tell) {
    forgotten_ = std::move(tell);
  }

 private:
  worker_info& find_or_add(worker_about about);
  bool set(worker_info& w, worker_state state);  // false: it was told as much before
  void look_at(worker_info& w, timestamp due);
  void look(std::uint64_t number);
  void lose(worker_info& w);
  void forget(std::string const& name);

  clock& clock_;
  deadlines& timers_;
  system_stream& system_;
  leases& leases_;
  silence_rule silence_;
  deadline_kind look_;
  std::map<std::string, worker_info, std::less<>> all_;
  std::set<std::string, std::less<>> absent_;  // held attempts at the start, and were not seen yet
  std::uint64_t last_number_ = 0;
  std::map<std::uint64_t, std::string> by_number_;
  std::uint64_t refused_ = 0;
  std::function<void(std::string const&)> forgotten_ = [](std::string const&) {};
};

}  // namespace retrylab

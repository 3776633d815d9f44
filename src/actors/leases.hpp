#pragma once
// Attempts that run elsewhere: a worker fetches a job and holds it under a lease until it reports,
// or until the lease ends. It trusts no entry of its own: each grant is asked of the job's actor,
// so a job is handed out only after its Attempted is on disk, and the fence (the seq of that event)
// decides later whose report counts. Io thread only.

#include "actors/handler_table.hpp"
#include "actors/job_actors.hpp"
#include "actors/name_table.hpp"
#include "actors/queue_gates.hpp"
#include "actors/ready_queue.hpp"
#include "actors/runtime/deadlines.hpp"

#include <deque>
#include <map>
#include <set>

namespace retrylab {

struct fetch_request {
  std::string worker;
  std::vector<std::string> queues;  // the first that has a job gives it; each once
};
using fetch_id = std::uint64_t;

// The job that was leased; its running attempt has the fence. Nothing: the server stops, or the
// worker is to take no more.
using fetch_answer = std::optional<job_state>;

struct lease_holder {
  job_id job;
  seq fence;
  std::string worker;
};

struct held_attempt {
  lease_holder by;
  immutable<job_spec> spec;
  generation_number generation = 1;
  attempt_number attempt = 0;
};

class leases final : public job_observer {
 public:
  struct ports {
    clock& time;
    deadlines& timers;
    queue_gates& gates;
    handler_table const& handlers;
    ready_queue& ready;
  };
  // `reservation`: the lease of a job without a timeout of its own.
  leases(ports const& p, milliseconds reservation);
  leases(leases const&) = delete;
  leases& operator=(leases const&) = delete;

  void attach(job_actors& actors) { actors_ = &actors; }
  void committed(job_state const& state, std::span<job_record const> records) override;
  // A job that had not ended when the process began. Attempts go on: their workers may come back.
  void recover(job_state const& state);
  void resume();
  // Grants nothing any more; whoever waits gets nothing.
  void stop();

  // Waits until one of the queues has a job. Among those that wait the first comes first. The
  // answer may come inside this call.
  fetch_id fetch(fetch_request request, callback<fetch_answer> answer);
  // True: it waited, and its answer will not come. False: the answer came or is about to.
  bool cancel(fetch_id fetch);
  // Whatever the worker waits for, it gets nothing.
  void dismiss(std::string_view worker);

  // What a worker says of the attempt of that fence. Transient refusals are the caller's to repeat.
  void report(job_id job, job_command command, callback<ask_answer> answer);

  // Every attempt of a worker that is gone fails, until the log has it.
  void lose(std::string const& worker, std::string const& why);

  [[nodiscard]] std::optional<lease_holder> find(seq fence) const;
  [[nodiscard]] std::optional<held_attempt> look_at(seq fence) const;
  // The newest attempt of the job that this worker knows by that name.
  [[nodiscard]] std::optional<lease_holder> find(std::string_view jid,
                                                 std::optional<std::string_view> worker) const;
  // An attempt that was taken from a worker for being late or silent, as long as it is remembered
  // (limits::leases_taken). Without a worker: from any.
  [[nodiscard]] std::optional<lease_holder> taken(std::string_view jid,
                                                  std::optional<std::string_view> worker) const;
  [[nodiscard]] std::vector<lease_holder> held_by(std::string_view worker) const;
  [[nodiscard]] std::vector<lease_holder> all() const;
  [[nodiscard]] std::size_t running(std::string_view worker) const;
  // Whether the worker waits for a job now.
  [[nodiscard]] bool fetching(std::string_view worker) const { return asking_.contains(worker); }
  [[nodiscard]] std::size_t running() const { return held_.size(); }
  [[nodiscard]] std::size_t ready(std::string_view queue) const { return ready_.size(queue); }
  [[nodiscard]] std::size_t waiting() const { return fetches_.size(); }
  // Whether anybody waits for a job of the queue now.
  [[nodiscard]] bool is_asked(std::string_view queue) const { return waiting_.contains(queue); }
  // The fence of the newest attempt of the queue.
  [[nodiscard]] std::optional<seq> newest(std::string_view queue) const;

 private:
  struct request_state {
    fetch_request request;
    callback<fetch_answer> answer;
    bool waits = false;  // stands in waiting_
  };
  struct holding {
    seq fence;
    std::string worker;
    std::string jid;
    queue_gates::place queue;
    immutable<job_spec> spec;
    generation_number generation;
    attempt_number attempt;
  };
  struct taken_attempt {
    lease_holder from;
    std::string jid;
  };
  void enqueue(job_state const& state);
  void hold(job_state const& state);
  void let_go(job_id job);
  void take_away(job_id job);
  void serve(fetch_id id);
  void serve_queue(std::string_view queue);
  void grant(fetch_id id, std::string const& queue, job_id job);
  void wait(fetch_id id, request_state& f);
  void unwait(fetch_id id, request_state& f);
  callback<fetch_answer> take(fetch_id fetch);
  void answer(fetch_id fetch, fetch_answer got);
  void tick(job_id job);
  void fail(job_id job, holding const& held, std::string const& why);
  void step_later();

  clock& clock_;
  deadlines& timers_;
  queue_gates& gates_;
  handler_table const& handlers_;
  ready_queue& ready_;
  milliseconds reservation_;
  deadline_kind due_;
  deadline_kind lease_;
  deadline_kind step_;
  job_actors* actors_ = nullptr;
  name_table queues_;
  bool granting_ = false;
  bool step_armed_ = false;
  fetch_id last_fetch_ = 0;
  std::map<fetch_id, request_state> fetches_;
  std::map<std::string, std::size_t, std::less<>> asking_;          // fetches of each worker
  std::map<std::string, std::set<fetch_id>, std::less<>> waiting_;  // by queue
  std::map<job_id, holding> held_;
  std::map<seq, job_id> by_fence_;
  std::multimap<std::string, job_id, std::less<>> by_jid_;
  std::map<std::string, std::set<job_id>, std::less<>> by_worker_;
  std::deque<taken_attempt> taken_;          // the newest last
  std::map<std::string, std::string> lost_;  // workers whose attempts could not all be failed; why
  std::vector<job_id> ticks_later_;
};

// How a worker that speaks the Faktory Work Protocol knows the job: by the name it was pushed with,
// else by one made of its id. At least eight characters.
[[nodiscard]] std::string jid_of(job_state const& job);

}  // namespace retrylab

#pragma once
// Every bound of the program, in one place. What happens at each bound stands beside it.

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace retrylab::limits {

using namespace std::chrono_literals;

// A job, checked at the edge: 422 names the field.
inline constexpr std::size_t type_chars = 100;
inline constexpr std::size_t queue_chars = 128;
inline constexpr std::size_t tags = 20;
inline constexpr std::size_t tag_chars = 100;
inline constexpr std::int64_t attempts_max = 100;
inline constexpr std::int64_t priority_max = 9;
inline constexpr std::chrono::milliseconds timeout_max = 24h;
inline constexpr std::chrono::milliseconds delay_max = 24h * 3653;
inline constexpr std::size_t policies = 1000;  // named ones; more: 409
inline constexpr std::size_t rules = 100;      // for retries; more: 422
inline constexpr std::size_t rule_pattern_bytes = 300;
inline constexpr std::size_t idempotency_key_chars = 255;
inline constexpr std::size_t unique_key_chars = 255;
inline constexpr std::size_t reason_chars = 1000;
inline constexpr std::size_t sequence_steps = 1000;

// Attempts of one generation that ended with their worker: at so many the job is taken for their
// cause and goes to the dead letters.
inline constexpr unsigned lost_workers = 3;

// GET /jobs/{id}/why: the executions it lists, the newest, and those its sentence names.
inline constexpr std::size_t runs_shown = 1000;
inline constexpr std::size_t runs_named = 4;

// POST /clock/advance: more deadlines, and time stops short; more jobs are not listed.
inline constexpr std::size_t clock_steps = 1'000'000;
inline constexpr std::size_t moved_jobs = 1000;
inline constexpr std::chrono::milliseconds advance_patience = 10s;  // for workers, in real time
inline constexpr std::chrono::milliseconds advance_patience_max = 10min;
inline constexpr std::chrono::milliseconds poll_gap = 2s;  // real time between requests of a worker

// JSON nesting; deeper text is refused as malformed.
inline constexpr std::size_t json_depth = 64;

// HTTP. Over the bound: 431, 413, 408, or the connection is not accepted.
inline constexpr std::size_t header_bytes = 8192;
inline constexpr std::size_t header_fields = 64;
inline constexpr std::size_t body_bytes = 1024 * 1024;
inline constexpr std::size_t bulk_body_bytes = 32 * 1024 * 1024;
inline constexpr std::size_t body_step = 256 * 1024;  // memory a body gets ahead of its bytes
inline constexpr std::size_t bulk_jobs = 10'000;
inline constexpr std::size_t bulk_errors = 20;  // of those found, how many are told
inline constexpr auto header_time = 5s;
inline constexpr auto body_time = 15s;
inline constexpr auto write_time = 10s;
inline constexpr auto idle_time = 75s;
inline constexpr std::size_t connections = 10'000;
inline constexpr std::size_t page_jobs = 1000;
inline constexpr std::size_t page_events = 1000;
inline constexpr auto read_your_writes_wait = 200ms;

// WebSocket. A message over the bound closes with 1009, a subscriber that takes nothing with 4008.
inline constexpr std::size_t websocket_message_bytes = 64 * 1024;
inline constexpr auto websocket_frame_interval = 100ms;
inline constexpr auto websocket_stall = 10s;
inline constexpr auto websocket_ping = 15s;
inline constexpr auto websocket_handshake = 3s;  // at the beginning and at the end
inline constexpr std::size_t frame_rows = 500;
inline constexpr std::size_t frame_events = 1000;       // from the log, to a client that resumes
inline constexpr std::size_t live_frame_events = 5000;  // about; the rest comes with the next one
inline constexpr std::size_t feed_updates =
    4096;  // older ones leave the ring; a cursor behind it catches up from the store
inline constexpr std::size_t feed_bytes = 16 * 1024 * 1024;  // likewise

// Faktory's protocol. What is refused gets -ERR; texts that are only shown are cut, on a character.
inline constexpr std::size_t faktory_line_bytes = 64 * 1024 * 1024;  // longer: refused and closed
inline constexpr std::size_t faktory_idle_buffer_bytes =
    256 * 1024;                                                 // kept by a connection at rest
inline constexpr std::size_t faktory_error_reply_bytes = 1000;  // cut
inline constexpr auto faktory_handshake = 2s;
inline constexpr auto faktory_fetch_wait = 2s;               // then nil
inline constexpr std::size_t faktory_connections = 2000;     // more: told so and closed
inline constexpr std::int64_t faktory_retry_max = 10'000;    // more: so many
inline constexpr std::size_t faktory_tracked = 100'000;      // jids; the oldest are forgotten
inline constexpr std::size_t faktory_bulk_jobs = 100'000;    // of one PUSHB: refused
inline constexpr std::size_t faktory_mutate_jids = 100'000;  // of one MUTATE: refused
inline constexpr std::size_t faktory_extra_fields = 100;     // of a job, that nobody knows: refused
inline constexpr std::size_t faktory_queue_names = 1000;     // in one command: refused
inline constexpr std::size_t faktory_glob_bytes = 4096;      // of a pattern: refused
inline constexpr std::size_t faktory_id_bytes = 255;         // wid, bid, parent_bid: refused
inline constexpr std::size_t faktory_labels = 32;        // of a worker: further ones are left out
inline constexpr std::size_t faktory_label_bytes = 255;  // of a label, host name: cut
inline constexpr std::size_t faktory_error_type_bytes = 100;       // of FAIL: cut
inline constexpr std::size_t faktory_error_message_bytes = 1000;   // likewise
inline constexpr std::size_t faktory_backtrace_lines = 50;         // further ones are left out
inline constexpr std::size_t faktory_backtrace_line_bytes = 1000;  // cut
inline constexpr std::size_t faktory_description_bytes = 1000;     // of TRACK SET, BATCH NEW: cut
inline constexpr std::int64_t faktory_reserve_seconds = 86'400;    // longer: refused

inline constexpr std::size_t leases_taken = 1000;  // older: a late result is no event

// Actors. A full mailbox answers busy (429), a full inbox log_busy (503), a full reader queue 503.
inline constexpr std::size_t mailbox = 64;
inline constexpr std::size_t system_waiting = 10'000;  // events of the system; more: busy
inline constexpr std::size_t system_batch = 500;       // of them in one append
inline constexpr std::size_t actors_cached = 20'000;
inline constexpr std::size_t log_inbox = 8192;
inline constexpr std::size_t read_queue = 4096;
inline constexpr std::size_t projector_inbox_events =
    50'000;  // beyond it the projector reads the log instead
inline constexpr std::size_t projector_batch = 10'000;  // of what it is handed, folded at once
inline constexpr std::size_t catch_up_batch = 40'000;   // of what it reads from the log, likewise
inline constexpr auto projection_pace = std::chrono::milliseconds{50};
inline constexpr std::size_t recovery_page = 10'000;

// The past (GET /state). Events folded in one request; more: 503, and the next one goes on.
inline constexpr std::size_t past_events = 1'000'000;
inline constexpr std::size_t past_page = 10'000;           // read at a time
inline constexpr std::uint64_t past_step = 20'000;         // events between states that are kept
inline constexpr std::size_t past_undo = 2000;             // events that can be taken back
inline constexpr std::size_t past_kept = 4;                // of them; older ones are forgotten
inline constexpr std::size_t past_kept_jobs = 2'000'000;   // in all of them together, likewise
inline constexpr std::uint64_t past_snapshot = 1'000'000;  // events between snapshots on disk
inline constexpr std::size_t past_listed = 100;            // jobs of a status, unless asked for
inline constexpr std::size_t past_listed_max = 1000;

// Lists. Beyond a bound the answer is the same, but takes more pages or has an estimated total.
inline constexpr std::size_t list_rows = 5000;   // read and checked for one page, which ends there
inline constexpr std::size_t count_rows = 2000;  // read and checked for a total; more: estimated
inline constexpr std::size_t count_exact = 10'000;  // counted in an index; more: estimated
inline constexpr std::size_t histogram_bins = 200;
inline constexpr std::size_t bin_exact = 2000;  // counted in an index for a bin; more: estimated
inline constexpr std::size_t bin_rows = 200;    // read and checked for one; more: estimated
inline constexpr std::size_t list_sorted = 20'000;  // waiting jobs sorted by id; more: checked
inline constexpr std::size_t list_ranges = 512;  // of an index, merged; more: all jobs are walked
inline constexpr std::size_t list_tags =
    1000;  // different tags searched; more: all jobs are walked
inline constexpr std::size_t error_shapes = 10'000;  // different errors; more: searched row by row
inline constexpr std::size_t error_shape_bytes = 300;  // longer ones likewise
inline constexpr std::size_t filter_chars = 200;       // of a text to search for: 422
// States of jobs that have not ended, kept by a view for their next event; the oldest leave.
inline constexpr std::size_t view_cache_bytes = 16 * 1024 * 1024;

// Retention. A step ends at whichever bound comes first, but takes one job at least; the next step
// goes on.
inline constexpr std::size_t purge_jobs = 1000;
inline constexpr std::size_t purge_events = 10'000;           // deleted in one transaction
inline constexpr std::size_t purge_bytes = 32 * 1024 * 1024;  // of event data: memory of a step
inline constexpr std::size_t purge_scan = 10'000;             // rows of the log read for one step
inline constexpr std::size_t purge_page = 1000;               // of these, in memory at once
inline constexpr std::size_t purge_read = 100;                // streams read at once
inline constexpr auto purge_look = 60s;  // from "nothing is due" to the next look
// A step of fewer jobs waits for more, so long or a fraction of the time to keep, whichever is
// less.
inline constexpr auto purge_patience = 1h;
inline constexpr int purge_patience_part = 64;
inline constexpr auto purge_rest =
    std::chrono::milliseconds{20};           // the shortest pause between steps
inline constexpr int purge_rest_factor = 4;  // a pause is so many times as long as the step was
// Segments whose files are read side by side; more are read by turns, which is slower.
inline constexpr std::size_t segments_open = 128;

// `retrylab export --redact`. More rules, a shorter key: refused.
inline constexpr std::size_t redact_rules = 1000;
inline constexpr std::size_t redact_key_bytes_min = 16;
// `retrylab serve --fork`: events of the copy in one transaction.
inline constexpr std::size_t fork_page = 1000;

// Faults on purpose (`--lab`). More rules: 409; a longer name, delay: 422.
inline constexpr std::size_t fault_rules = 100;
inline constexpr std::int64_t fault_every_max = 1'000'000;
inline constexpr std::chrono::milliseconds fault_delay_max = 60s;

// The history. Slots that are older leave, and the oldest of a resolution when its memory is used
// up; one slot takes at most 25 KB, usually 1 KB.
inline constexpr std::size_t history_seconds = 3600;
inline constexpr std::size_t history_minutes = 24 * 60;
inline constexpr std::size_t history_hours = 31 * 24;
inline constexpr std::size_t history_tier_bytes = 16 * 1024 * 1024;
inline constexpr std::size_t metric_queues = 100;  // told apart in /metrics; the rest is summed up

// Workers. A silent one loses its attempts after the lease time, and its connections after this.
inline constexpr auto worker_silence = 60s;
inline constexpr auto lease_time = 30s;            // unless configured
inline constexpr auto reservation = 1800s;         // of a job without a timeout: as Faktory's
inline constexpr std::size_t worker_chars = 200;   // of a name
inline constexpr std::size_t fetch_queues = 1000;  // named in one fetch; more are refused

// Bulk operations. One more than may run: 429; older ones that have ended are forgotten.
inline constexpr std::size_t operation_ids = 10'000;
inline constexpr std::size_t operation_page = 500;
inline constexpr std::size_t operation_asks = 256;     // commands of one on their way
inline constexpr std::size_t operation_refusals = 20;  // of those met, how many are told
inline constexpr std::size_t operations_running = 4;
inline constexpr std::size_t operations_kept = 100;
inline constexpr std::int64_t operation_rate_max = 1'000'000;

// Batches. More: refused.
inline constexpr std::size_t batches = 10'000;        // that have not ended
inline constexpr std::size_t batch_jobs = 2'000'000;  // of all of them together
inline constexpr std::size_t batch_id_chars = 30;     // as a client sends it: 422
inline constexpr std::size_t batches_ended = 1000;    // still known; older ones are forgotten
inline constexpr auto batch_uncommitted = 30min;      // then it expires
inline constexpr auto batch_life = 24h * 7;           // of a committed one, likewise

// Commands.
inline constexpr std::size_t command_output_bytes = 64 * 1024;  // kept of each stream
inline constexpr auto command_grace = 2s;                       // from SIGTERM to SIGKILL

// Webhooks.
inline constexpr auto webhook_time = 30s;                     // of an attempt without a timeout
inline constexpr unsigned webhook_head_bytes = 16 * 1024;     // of an answer; more: it failed
inline constexpr std::size_t webhook_body_bytes = 64 * 1024;  // kept of an answer

// `retrylab worker`.
inline constexpr auto worker_reply = 10s;          // for an answer; later: disconnected
inline constexpr auto worker_beat = 5s;            // unless told otherwise
inline constexpr auto worker_backoff_min = 100ms;  // doubles at each failed connection
inline constexpr auto worker_backoff_max = 5s;
inline constexpr auto worker_farewell = 5s;  // for the last results, after --grace
inline constexpr std::int64_t worker_hash_iterations = 1'000'000;  // a server may ask for
inline constexpr std::size_t worker_slots = 1000;

// `retrylab lab`. A scenario beyond these is refused, and its line named; a run ends at so many
// events.
inline constexpr std::size_t lab_file_bytes = 1024 * 1024;
inline constexpr std::size_t lab_yaml_nodes = 50'000;  // aliases counted as what they stand for
inline constexpr std::size_t lab_name_chars = 200;
inline constexpr std::size_t lab_jobs = 5'000'000;
inline constexpr std::size_t lab_groups = 1000;   // entries of jobs
inline constexpr std::size_t lab_windows = 1000;  // outages, slow downs, pauses, deaths, each
inline constexpr std::size_t lab_pools = 100;     // of workers
inline constexpr std::size_t lab_slots = 100'000;
inline constexpr std::size_t lab_checks = 1000;
inline constexpr std::chrono::microseconds lab_duration = 24h * 366;
inline constexpr std::uint64_t lab_events = 50'000'000;
inline constexpr std::size_t lab_timelines = 20;         // jobs shown for failed checks
inline constexpr std::size_t lab_timeline_events = 200;  // of each; the rest is counted
inline constexpr std::size_t lab_series_points =
    600;  // of a chart; then each stands for twice as long

// Runs of the lab over HTTP. One is played at a time; more wait, and beyond those: 429. Of those
// that have ended the oldest are forgotten. A scenario beyond these bounds: 422; a run ends at so
// many events of one policy.
inline constexpr std::size_t lab_run_bytes = 64 * 1024;  // of a scenario
inline constexpr std::size_t lab_run_jobs = 100'000;
inline constexpr std::uint64_t lab_run_events = 5'000'000;
inline constexpr std::size_t lab_history_events = 2'000'000;  // read of the log, for recorded jobs
inline constexpr std::size_t lab_history_step = 10'000;       // of them at a time
inline constexpr std::size_t lab_runs_waiting = 4;
inline constexpr std::size_t lab_runs_kept = 20;
inline constexpr std::size_t lab_looks_waiting = 8;  // for a job of a run; more: 503
inline constexpr std::size_t lab_looks_kept = 50;    // of each run; more: played again
inline constexpr int lab_niceness = 10;              // of the thread: a tenth of what another gets

inline constexpr auto transient_retry = std::chrono::milliseconds{100};
inline constexpr auto shutdown_time = 10s;

}  // namespace retrylab::limits

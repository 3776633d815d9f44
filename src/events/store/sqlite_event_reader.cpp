#include "events/store/sqlite_event_store.hpp"

#include <algorithm>

namespace retrylab {
namespace {

std::int64_t number(std::uint64_t n) { return static_cast<std::int64_t>(n); }
std::int64_t rows_at_most(std::size_t limit) {
  return static_cast<std::int64_t>(std::min<std::size_t>(limit, INT32_MAX));
}

stored_event row(sqlite_statement const& s) {
  return {.seq = seq{static_cast<std::uint64_t>(s.integer(0))},
          .job = job_id{static_cast<std::uint64_t>(s.integer(1))},
          .version = static_cast<stream_version>(s.integer(2)),
          .generation = static_cast<generation_number>(s.integer(3)),
          .type = std::string{s.text(4)},
          .at = from_micros(s.integer(5)),
          .data = std::string{s.text(6)}};
}

std::vector<stored_event> rows(sqlite_statement& s) {
  std::vector<stored_event> out;
  while (s.step()) out.push_back(row(s));
  s.reset();
  return out;
}

sha256_digest digest(std::string_view bytes) {
  sha256_digest out{};
  std::copy_n(bytes.begin(), std::min(bytes.size(), out.size()), out.begin());
  return out;
}

chain_link link(sqlite_statement const& s) {
  return {seq{static_cast<std::uint64_t>(s.integer(0))}, std::string{s.text(1)},
          static_cast<std::uint64_t>(s.integer(2)), digest(s.text(3))};
}

}  // namespace

sqlite_event_reader::sqlite_event_reader(std::filesystem::path const& file)
    : db_(file, sqlite_connection::mode::read_only),
      stream_(db_,
              "SELECT seq, job, version, generation, type, at, data FROM events WHERE job = ? AND "
              "version > ? ORDER BY version LIMIT ?"),
      all_(db_,
           "SELECT seq, job, version, generation, type, at, data FROM events WHERE seq > ? ORDER "
           "BY seq LIMIT ?"),
      chain_(db_,
             "SELECT last_seq, batch_id, epoch, chain FROM batches WHERE last_seq > ? ORDER BY "
             "last_seq LIMIT ?"),
      last_event_(db_, "SELECT seq, at FROM events ORDER BY seq DESC LIMIT 1"),
      last_job_(db_, "SELECT job FROM events ORDER BY job DESC LIMIT 1"),
      last_system_(db_, "SELECT version FROM events WHERE job = 0 ORDER BY version DESC LIMIT 1"),
      last_link_(
          db_,
          "SELECT last_seq, batch_id, epoch, chain FROM batches ORDER BY last_seq DESC LIMIT 1") {}

events_or_failure sqlite_event_reader::read_stream(job_id job, stream_version after,
                                                   std::size_t limit) {
  return guarded<std::vector<stored_event>>([&] {
    return rows(stream_.bind(1, number(job.value))
                    .bind(2, std::int64_t{after})
                    .bind(3, rows_at_most(limit)));
  });
}

result<std::vector<std::vector<stored_event>>, store_failure> sqlite_event_reader::read_streams(
    std::span<job_id const> jobs) {
  return guarded<std::vector<std::vector<stored_event>>>([&] {
    sqlite_transaction const one_snapshot{db_, "BEGIN"};
    std::vector<std::vector<stored_event>> out;
    out.reserve(jobs.size());
    for (job_id job : jobs) {
      stream_.bind(1, number(job.value)).bind(2, std::int64_t{0}).bind(3, rows_at_most(INT32_MAX));
      out.push_back(rows(stream_));
    }
    return out;
  });
}

events_or_failure sqlite_event_reader::read_all(seq after, std::size_t limit) {
  return guarded<std::vector<stored_event>>(
      [&] { return rows(all_.bind(1, number(after.value)).bind(2, rows_at_most(limit))); });
}

result<std::vector<chain_link>, store_failure> sqlite_event_reader::read_chain(seq after,
                                                                               std::size_t limit) {
  return guarded<std::vector<chain_link>>([&] {
    chain_.bind(1, number(after.value)).bind(2, rows_at_most(limit));
    std::vector<chain_link> out;
    while (chain_.step()) out.push_back(link(chain_));
    chain_.reset();
    return out;
  });
}

result<std::optional<std::string>, store_failure> sqlite_event_reader::find_purged(job_id job) {
  return guarded<std::optional<std::string>>([&] {
    if (!purged_)
      purged_.emplace(
          db_, "SELECT last, archive FROM purged WHERE first <= ? ORDER BY first DESC LIMIT 1");
    std::optional<std::string> found;
    purged_->bind(1, number(job.value));
    if (purged_->step() && purged_->integer(0) >= number(job.value)) found = purged_->text(1);
    purged_->reset();
    return found;
  });
}

result<log_head, store_failure> sqlite_event_reader::head() {
  return guarded<log_head>([&] {
    log_head h;
    sqlite_transaction const one_snapshot{db_, "BEGIN"};
    if (last_event_.step()) {
      h.last = seq{static_cast<std::uint64_t>(last_event_.integer(0))};
      h.at = from_micros(last_event_.integer(1));
    }
    if (last_job_.step()) h.last_job = job_id{static_cast<std::uint64_t>(last_job_.integer(0))};
    if (last_system_.step())
      h.system_version = static_cast<stream_version>(last_system_.integer(0));
    if (last_link_.step()) {
      chain_link const last = link(last_link_);
      h.epoch = last.epoch;
      h.chain = last.chain;
    }
    for (sqlite_statement* s : {&last_event_, &last_job_, &last_system_, &last_link_}) s->reset();
    return h;
  });
}

}  // namespace retrylab

#include "actors/load_job.hpp"

#include "events/event_codec.hpp"

#include <spdlog/spdlog.h>

#include <iterator>
#include <limits>

namespace retrylab {
namespace {

constexpr std::size_t page = 1000;

}  // namespace

std::optional<job_state> fold_job(std::vector<stored_event> const& rows) {
  job_state state;
  for (stored_event const& row : rows) {
    auto const record = decode(row);
    if (!record) {
      spdlog::error("job {} cannot be decoded: {}", row.job.value, record.error());
      return std::nullopt;
    }
    evolve(state, *record);
  }
  return state;
}

std::optional<std::vector<stored_event>> read_whole_stream(event_reader& log, job_id job) {
  std::vector<stored_event> all;
  for (;;) {
    auto rows = log.read_stream(job, static_cast<stream_version>(all.size()), page);
    if (!rows) {
      spdlog::error("job {} cannot be read: {}", job.value, rows.error().message);
      return std::nullopt;
    }
    std::move(rows->begin(), rows->end(), std::back_inserter(all));
    if (rows->size() < page) return all;
  }
}

std::optional<job_state> load_job(event_reader& log, job_id job) {
  auto const rows = read_whole_stream(log, job);
  return rows ? fold_job(*rows) : std::nullopt;
}

std::vector<std::optional<job_state>> load_jobs(event_reader& log, std::span<job_id const> jobs) {
  return load_jobs_until(log, jobs, seq{std::numeric_limits<std::uint64_t>::max()});
}

std::vector<std::optional<job_state>> load_jobs_until(event_reader& log,
                                                      std::span<job_id const> jobs, seq last) {
  std::vector<std::optional<job_state>> states(jobs.size());
  auto streams = log.read_streams(jobs);
  if (!streams) {
    spdlog::error("{} jobs cannot be read: {}", jobs.size(), streams.error().message);
    return states;
  }
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    std::vector<stored_event>& rows = (*streams)[i];
    std::erase_if(rows, [&](stored_event const& row) { return row.seq > last; });
    states[i] = fold_job(rows);
  }
  return states;
}

}  // namespace retrylab

#include "actors/load_job.hpp"

#include "events/event_codec.hpp"

#include <spdlog/spdlog.h>

#include <iterator>

namespace retrylab {
namespace {

constexpr std::size_t page = 1000;

}  // namespace

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
  if (!rows) return std::nullopt;
  job_state state;
  for (stored_event const& row : *rows) {
    auto const record = decode(row);
    if (!record) {
      spdlog::error("job {} cannot be decoded: {}", job.value, record.error());
      return std::nullopt;
    }
    state = evolve(std::move(state), *record);
  }
  return state;
}

}  // namespace retrylab

#include "http/admission.hpp"

#include "http/problem.hpp"

namespace retrylab {

std::optional<response> refuse_jobs(std::span<job_spec const* const> jobs, engine const& core) {
  std::map<std::string_view, std::size_t> counts;
  for (job_spec const* const job : jobs) {
    ++counts[job->queue];
    if (job->batch && !core.batch_book().takes(*job->batch))
      return problem(422, "batch: there is no open batch " + *job->batch,
                     {{"batch", "names no batch that is open"}});
  }
  for (auto const& [queue, count] : counts) {
    if (!core.has_room(queue, count)) return queue_full(queue);
  }
  return std::nullopt;
}

}  // namespace retrylab

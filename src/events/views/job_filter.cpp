#include "events/views/job_filter.hpp"

#include <algorithm>

namespace retrylab {
namespace {

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool has_tag(job_traits const& job, std::string_view tag) {
  return std::find(job.tags.begin(), job.tags.end(), tag) != job.tags.end();
}

bool has_text(job_traits const& job, std::string_view part) {
  return has_part(job.type, part) || (job.error && has_part(job.error->message, part)) ||
         std::any_of(job.tags.begin(), job.tags.end(),
                     [&](std::string const& tag) { return has_part(tag, part); });
}

bool has_error(job_traits const& job, std::string_view part) {
  return job.error && (has_part(job.error->message, part) || has_part(job.error->type, part));
}

// As status_at().
job_status shown(job_traits const& job, timestamp now) {
  bool const waits = job.status == job_status::scheduled || job.status == job_status::retrying;
  return waits && job.due && *job.due <= now ? job_status::queued : job.status;
}

}  // namespace

bool has_part(std::string_view text, std::string_view part) {
  auto const same = [](char a, char b) { return lower(a) == lower(b); };
  return std::search(text.begin(), text.end(), part.begin(), part.end(), same) != text.end() ||
         part.empty();
}

bool has_status(job_query const& query, job_status shown) {
  return query.statuses.empty() ||
         std::find(query.statuses.begin(), query.statuses.end(), shown) != query.statuses.end();
}

job_traits traits_of(job_state const& s) {
  job_traits traits{s.spec->queue, s.spec->type, s.status, s.due, s.created_at, s.spec->tags, {}};
  if (s.error) traits.error = error_traits{s.error->type, s.error->message};
  return traits;
}

bool numbers_match(job_traits const& job, job_query const& q, timestamp now) {
  return (!q.type || job.type == *q.type) && (!q.queue || job.queue == *q.queue) &&
         has_status(q, shown(job, now)) && (!q.created_from || job.created_at >= *q.created_from) &&
         (!q.created_until || job.created_at < *q.created_until);
}

bool texts_match(job_traits const& job, job_query const& q) {
  return std::all_of(q.tags.begin(), q.tags.end(),
                     [&](std::string const& tag) { return has_tag(job, tag); }) &&
         (!q.text || has_text(job, *q.text)) && (!q.error || has_error(job, *q.error));
}

creation_histogram empty_histogram(job_query const& query, std::size_t bins,
                                   std::optional<timestamp> first, timestamp now) {
  creation_histogram out;
  out.until = query.created_until.value_or(now + microseconds{1});
  timestamp const from =
      std::min(query.created_from.value_or(first.value_or(out.until)), out.until);
  auto const span = out.until - from;
  auto const parts = static_cast<std::int64_t>(bins);
  for (std::int64_t i = 0; i < parts; ++i)
    out.bins.push_back({from + span / parts * i + span % parts * i / parts});
  return out;
}

}  // namespace retrylab

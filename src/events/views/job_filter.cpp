#include "events/views/job_filter.hpp"

#include <algorithm>

namespace retrylab {
namespace {

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool has_tag(job_state const& s, std::string_view tag) {
  return std::find(s.spec.tags.begin(), s.spec.tags.end(), tag) != s.spec.tags.end();
}

bool has_text(job_state const& s, std::string_view part) {
  return has_part(s.spec.type, part) || (s.error && has_part(s.error->message, part)) ||
         std::any_of(s.spec.tags.begin(), s.spec.tags.end(),
                     [&](std::string const& tag) { return has_part(tag, part); });
}

bool has_error(job_state const& s, std::string_view part) {
  return s.error && (has_part(s.error->message, part) || has_part(s.error->type, part));
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

bool matches(job_state const& s, job_query const& q, timestamp now) {
  if (q.type && s.spec.type != *q.type) return false;
  if (q.queue && s.spec.queue != *q.queue) return false;
  if (!has_status(q, status_at(s, now))) return false;
  if (q.created_from && s.created_at < *q.created_from) return false;
  if (q.created_until && s.created_at >= *q.created_until) return false;
  if (!std::all_of(q.tags.begin(), q.tags.end(),
                   [&](std::string const& tag) { return has_tag(s, tag); }))
    return false;
  return (!q.text || has_text(s, *q.text)) && (!q.error || has_error(s, *q.error));
}

}  // namespace retrylab

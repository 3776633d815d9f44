#include "events/views/sqlite_job_lists.hpp"

#include "events/core/limits.hpp"
#include "events/views/job_filter.hpp"
#include "events/views/job_row.hpp"

#include <algorithm>

namespace retrylab {
namespace {

bool has_texts(job_query const& query) { return !query.tags.empty() || query.text || query.error; }

}  // namespace

sqlite_job_lists::sqlite_job_lists(sqlite_connection& db)
    : find_(db, "SELECT " + job_columns() + " FROM jobs WHERE id = ?"),
      filtered_(db, "SELECT " + filter_columns() + " FROM jobs WHERE id = ?"),
      ends_(db, "SELECT (SELECT min(id) FROM jobs), (SELECT max(id) FROM jobs)"),
      created_(db, "SELECT id, created_at FROM jobs WHERE id >= ? ORDER BY id LIMIT 1"),
      next_tag_(db, "SELECT tag FROM job_tags WHERE tag > ? ORDER BY tag LIMIT 1"),
      error_rows_(db),
      runs_(db) {}

std::optional<job_state> sqlite_job_lists::find(job_id job, kind_table const& kinds) {
  std::optional<job_state> state;
  if (find_.bind(1, static_cast<std::int64_t>(job.value)).step())
    state = read_job_row(find_, kinds);
  find_.reset();
  return state;
}

text_matches sqlite_job_lists::search(job_query const& query) {
  text_matches found;
  if (query.text || query.error) error_rows_.read_new(errors_);
  if (query.error) found.of_error = errors_with(errors_, *query.error, true);
  if (query.text) {
    found.of_text = errors_with(errors_, *query.text, false);
    found.tags_of_text = tags_with(*query.text);
  }
  return found;
}

std::optional<std::vector<std::string>> sqlite_job_lists::tags_with(std::string_view text) {
  std::vector<std::string> found;
  std::string tag;
  for (std::size_t n = 0; next_tag_.bind(1, std::string_view{tag}).step(); ++n) {
    if (n == limits::list_tags) {
      next_tag_.reset();
      return std::nullopt;
    }
    std::string next{next_tag_.text(0)};
    next_tag_.reset();
    tag = std::move(next);
    if (has_part(tag, text)) found.push_back(tag);
  }
  next_tag_.reset();
  return found;
}

std::uint64_t sqlite_job_lists::first_created(timestamp at, id_span all) {
  while (all.first < all.end) {
    std::uint64_t const middle = all.first + (all.end - all.first) / 2;
    created_.bind(1, static_cast<std::int64_t>(middle));
    bool const exists = created_.step();
    std::uint64_t const id = exists ? static_cast<std::uint64_t>(created_.integer(0)) : 0;
    bool const earlier = exists && from_micros(created_.integer(1)) < at;
    created_.reset();
    if (earlier) {
      all.first = id + 1;
    } else {
      all.end = middle;
    }
  }
  return all.first;
}

bool sqlite_job_lists::row_matches(std::uint64_t id, question const& q) {
  bool matching = false;
  if (filtered_.bind(1, static_cast<std::int64_t>(id)).step()) {
    job_traits job = read_filter_numbers(filtered_, q.kinds);
    matching = numbers_match(job, q.query, q.now);
    if (matching && q.has_texts) {
      read_filter_texts(filtered_, job, tags_);
      matching = texts_match(job, q.query);
    }
  }
  filtered_.reset();
  return matching;
}

std::vector<std::uint64_t> sqlite_job_lists::take_page(question const& q, list_plan const& plan,
                                                       id_span span, job_page& page) {
  std::vector<std::uint64_t> ids;
  std::uint64_t last = 0;
  std::size_t looked_at = 0;
  id_merge walk{runs_, plan.runs, span, q.query.order, q.now, q.query.limit};
  while (auto const found = walk.next()) {
    if (found->check) {
      if (looked_at++ == limits::list_rows) return page.next = job_id{last}, ids;
      if (!row_matches(found->id, q)) {
        last = found->id;
        continue;
      }
    }
    if (ids.size() == q.query.limit) return page.next = job_id{last}, ids;
    ids.push_back(last = found->id);
  }
  return ids;
}

sqlite_job_lists::counted sqlite_job_lists::count(question const& q, list_plan const& plan,
                                                  id_span span, count_bounds bounds) {
  counted found;
  std::size_t seen = 0;
  std::size_t checked = 0;
  std::uint64_t last = span.first;
  id_merge walk{runs_, plan.runs, span, list_order::newest_first, q.now, bounds.ids};
  while (auto const next = walk.next()) {
    found.estimated = seen++ == bounds.ids || (next->check && checked++ == bounds.rows);
    if (found.estimated) break;
    if (!next->check || row_matches(next->id, q)) ++found.jobs;
    last = next->id;
  }
  if (!found.estimated) return found;
  // As dense in what was not looked at as in what was.
  auto const looked_at = static_cast<double>(span.end - last);
  auto const all = static_cast<double>(span.end - span.first);
  found.jobs = static_cast<std::int64_t>(static_cast<double>(found.jobs) * all / looked_at);
  return found;
}

id_span sqlite_job_lists::all_ids() {
  id_span all;
  if (ends_.step() && !ends_.is_null(0)) {
    all = {static_cast<std::uint64_t>(ends_.integer(0)),
           static_cast<std::uint64_t>(ends_.integer(1)) + 1};
  }
  ends_.reset();
  return all;
}

creation_histogram sqlite_job_lists::histogram(job_query const& query, std::size_t bins,
                                               timestamp now, kind_table const& kinds) {
  question const q{query, has_texts(query), now, kinds};
  id_span const all = all_ids();
  std::optional<timestamp> first;
  if (created_.bind(1, static_cast<std::int64_t>(all.first)).step())
    first = from_micros(created_.integer(1));
  created_.reset();
  creation_histogram out = empty_histogram(query, bins, first, now);
  auto const plan = plan_list(query, kinds, search(query));
  id_span part{first_created(out.bins.front().from, all), 0};
  for (std::size_t i = 0; i < bins; ++i, part.first = part.end) {
    timestamp const end = i + 1 < bins ? out.bins[i + 1].from : out.until;
    part.end = first_created(end, {part.first, all.end});
    if (part.first == part.end) continue;
    counted const found = count(q, plan, part, {limits::bin_exact, limits::bin_rows});
    out.bins[i].jobs = found.jobs;
    out.bins[i].estimated = found.estimated;
  }
  return out;
}

job_page sqlite_job_lists::list(job_query const& query, timestamp now, kind_table const& kinds) {
  question const q{query, has_texts(query), now, kinds};
  job_page page;
  id_span all = all_ids();
  bool const is_part = query.created_from || query.created_until;
  if (query.created_until) all.end = first_created(*query.created_until, all);
  if (query.created_from) all.first = first_created(*query.created_from, all);
  auto const plan = plan_list(query, kinds, search(query));
  if (plan.total && !is_part) {
    page.total = *plan.total;
  } else {
    counted const found = count(q, plan, all, {limits::count_exact, limits::count_rows});
    page.total = found.jobs;
    page.estimated = found.estimated;
  }
  if (query.past && query.order == list_order::newest_first)
    all.end = std::min(all.end, query.past->value);
  if (query.past && query.order == list_order::oldest_first)
    all.first = std::max(all.first, query.past->value + 1);
  for (std::uint64_t id : take_page(q, plan, all, page)) {
    if (auto state = find(job_id{id}, kinds)) page.jobs.push_back(std::move(*state));
  }
  return page;
}

}  // namespace retrylab

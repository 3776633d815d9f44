// Lists: the SQLite view answers every query as the memory view does, and that one as its filter
// says.

#include "events/core/limits.hpp"
#include "events/event_codec.hpp"
#include "events/views/memory_job_view.hpp"
#include "events/views/sqlite_job_view.hpp"
#include "temporary_directory.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

namespace retrylab {
namespace {

using namespace std::chrono_literals;

timestamp const noon = from_micros(1'767'268'800'000'000);

// The same events in both views.
class both_views {
 public:
  void add(std::uint64_t job, job_event const& event, timestamp at = noon) {
    encoded_event const e = encode(event);
    pending_.push_back(
        {seq{++last_}, job_id{job}, ++versions_[job], 1, std::string{e.type}, at, e.data});
  }
  [[nodiscard]] seq newest() const { return seq{last_}; }
  void apply() {
    auto const one = memory.apply(pending_);
    auto const other = sqlite->apply(pending_);
    pending_.clear();
    ASSERT_TRUE(one) << one.error().message;
    ASSERT_TRUE(other) << other.error().message;
    ASSERT_EQ(one->counts, other->counts);
    ASSERT_EQ(one->changed, other->changed);
  }

 private:
  temporary_directory directory_;
  std::vector<stored_event> pending_;
  std::map<std::uint64_t, stream_version> versions_;
  std::uint64_t last_ = 0;

 public:
  memory_job_view memory;
  std::unique_ptr<sqlite_job_view> sqlite =
      std::move(*sqlite_job_view::open(directory_.path() / "views.db"));
};

template <class T>
T one_of(std::vector<T> const& values) {
  return *rc::gen::elementOf(values);
}

template <class T>
std::optional<T> perhaps(std::vector<T> const& values) {
  return *rc::gen::inRange(0, 3) == 0 ? std::optional{one_of(values)} : std::nullopt;
}

std::vector<std::string> const types{"mail", "Report", "mail.bulk", "sync"};
std::vector<std::string> const queues{"default", "slow", "q.3"};
std::vector<std::string> const tags{"nightly", "Eu", "a\"b", "tag,comma"};
std::vector<std::string> const errors{"Timeout after 3 s", "no such MAILBOX", "", "é denied"};
std::vector<std::string> const parts{"mail", "MAIL", "timeout", "3", "xyzzy", "Eu", "\"", "É", ","};

void end_attempt(both_views& views, std::uint64_t id, seq fence, timestamp at) {
  int const how = *rc::gen::inRange(0, 5);
  job_error const error{one_of<std::string>({"E", "Mail"}), one_of(errors), {"x"}};
  if (how == 0) return;
  if (how == 1) return views.add(id, succeeded{fence, raw_json{"{}"}}, at);
  views.add(id, failed{fence, 1, failure_cause::error, error}, at);
  if (how == 2) {
    views.add(id, dead_lettered{dead_letter_reason::non_retryable, "server"}, at);
    if (*rc::gen::arbitrary<bool>()) views.add(id, discarded{"me", ""}, at);
    return;
  }
  auto const wait = milliseconds{*rc::gen::inRange(0, 100)};
  views.add(id, retry_scheduled{at + wait, wait, "fixed"}, at);
}

// Jobs in all statuses, created 10 ms after one another, some ids left out.
void random_jobs(both_views& views, std::uint64_t& next_id, timestamp& at, int count) {
  for (int i = 0; i < count; ++i) {
    std::uint64_t const id = next_id += static_cast<std::uint64_t>(*rc::gen::inRange(1, 3));
    at += milliseconds{*rc::gen::inRange(0, 2) * 10};
    job_spec s;
    s.type = one_of(types);
    s.queue = one_of(queues);
    for (std::string const& tag : tags) {
      if (*rc::gen::inRange(0, 4) == 0) s.tags.push_back(tag);
    }
    if (*rc::gen::inRange(0, 3) == 0) s.run_at = at + milliseconds{*rc::gen::inRange(0, 100)};
    views.add(id, created{s}, at);
    if (*rc::gen::inRange(0, 4) == 0) views.apply();
    if (s.run_at) continue;
    if (*rc::gen::inRange(0, 6) == 0) {
      views.add(id, cancelled{std::nullopt, "me", ""}, at);
      continue;
    }
    if (*rc::gen::inRange(0, 4) == 0) continue;
    views.add(id, attempted{1, "w", 5s}, at);
    end_attempt(views, id, views.newest(), at);
  }
  views.apply();
}

job_query random_query() {
  job_query q;
  for (std::size_t i = 0; i < status_names.size(); ++i) {
    if (*rc::gen::inRange(0, 5) == 0) q.statuses.push_back(static_cast<job_status>(i));
  }
  q.type = perhaps(types);
  q.queue = perhaps(queues);
  if (*rc::gen::inRange(0, 4) == 0) q.tags.push_back(one_of(tags));
  if (*rc::gen::inRange(0, 6) == 0) q.tags.push_back(one_of(tags));
  q.text = perhaps(parts);
  q.error = perhaps(parts);
  auto const some_time = [] {
    return *rc::gen::inRange(0, 4) == 0
               ? std::optional{noon + milliseconds{*rc::gen::inRange(0, 200)}}
               : std::nullopt;
  };
  q.created_from = some_time();
  q.created_until = some_time();
  if (*rc::gen::arbitrary<bool>()) q.order = list_order::oldest_first;
  q.limit = static_cast<std::size_t>(*rc::gen::inRange(1, 8));
  return q;
}

std::vector<job_state> all_pages(job_reader& view, job_query q, timestamp now) {
  std::vector<job_state> all;
  for (;;) {
    auto page = view.list(q, now);
    RC_ASSERT(bool(page));
    RC_ASSERT(page->jobs.size() <= q.limit);
    all.insert(all.end(), page->jobs.begin(), page->jobs.end());
    if (!page->next) return all;
    q.past = page->next;
  }
}

RC_GTEST_PROP(job_list, the_views_agree_on_every_query, ()) {
  both_views views;
  std::uint64_t next_id = 0;
  timestamp at = noon;
  for (int round = 0; round < 2; ++round) {
    random_jobs(views, next_id, at, *rc::gen::inRange(0, 15));
    for (int i = 0; i < 8; ++i) {
      job_query const q = random_query();
      timestamp const now = noon + milliseconds{*rc::gen::inRange(-50, 300)};
      auto const expected = all_pages(views.memory, q, now);
      RC_ASSERT(all_pages(*views.sqlite, q, now) == expected);
      auto const page = *views.sqlite->list(q, now);
      RC_ASSERT(!page.estimated);
      RC_ASSERT(page.total == static_cast<std::int64_t>(expected.size()));
      auto const bins = static_cast<std::size_t>(*rc::gen::inRange(1, 9));
      auto const histogram = *views.sqlite->histogram(q, bins, now);
      auto const in_memory = *views.memory.histogram(q, bins, now);
      RC_ASSERT(histogram.bins == in_memory.bins);
      RC_ASSERT(histogram.until == in_memory.until);
      auto const counts = *views.sqlite->counts(now);
      auto const reference = *views.memory.counts(now);
      RC_ASSERT(counts.total == reference.total);
      RC_ASSERT(counts.by_queue == reference.by_queue);
      RC_ASSERT(counts.by_type == reference.by_type);
    }
    auto const unended = *views.sqlite->unended({}, 1000);
    RC_ASSERT(unended == *views.memory.unended({}, 1000));
  }
}

RC_GTEST_PROP(job_list, pages_have_every_job_once_while_jobs_are_added, ()) {
  both_views views;
  std::uint64_t next_id = 0;
  timestamp at = noon;
  random_jobs(views, next_id, at, 12);
  job_query q = random_query();
  q.order = list_order::newest_first;
  q.statuses.clear();  // a job may leave a status between two pages
  q.error.reset();
  q.text.reset();
  auto const expected = all_pages(views.memory, q, noon);
  std::vector<job_id> seen;
  do {
    auto const page = *views.sqlite->list(q, noon);
    for (job_state const& s : page.jobs) seen.push_back(s.id);
    q.past = page.next;
    random_jobs(views, next_id, at, 3);
  } while (q.past);
  RC_ASSERT(seen.size() == expected.size());
  for (std::size_t i = 0; i < seen.size(); ++i) RC_ASSERT(seen[i] == expected[i].id);
}

// Thousands of jobs that failed, of which only the oldest has the number.
TEST(job_list, a_page_ends_early_after_the_bound_and_the_next_one_goes_on) {
  both_views views;
  constexpr std::uint64_t count = limits::list_rows + 1000;
  for (std::uint64_t id = 1; id <= count; ++id) {
    views.add(id, created{job_spec{}});
    views.add(id, attempted{1, "w", 5s});
    views.add(
        id,
        failed{views.newest(), 1, failure_cause::error, {"E", id == 1 ? "job 7" : "job 8", {}}});
    views.add(id, dead_lettered{dead_letter_reason::non_retryable, "server"});
  }
  views.apply();
  job_query q;
  q.error = "JOB 7";  // the number is known only from each row
  auto const first = *views.sqlite->list(q, noon);
  EXPECT_TRUE(first.jobs.empty());
  EXPECT_TRUE(first.estimated);
  ASSERT_EQ(first.next, job_id{count - limits::list_rows + 1});
  q.past = first.next;
  auto const second = *views.sqlite->list(q, noon);
  ASSERT_EQ(second.jobs.size(), 1u);
  EXPECT_EQ(second.jobs[0].id, job_id{1});
  EXPECT_FALSE(second.next);
}

TEST(job_list, many_kinds_of_jobs_are_walked_by_id) {
  both_views views;
  for (std::uint64_t id = 1; id <= limits::list_ranges + 10; ++id) {
    job_spec s;
    s.type = "t" + std::to_string(id);
    s.queue = id % 2 ? "odd" : "even";
    views.add(id, created{s});
  }
  views.apply();
  for (char const* queue : {"odd", "even"}) {
    job_query q;
    q.statuses = {job_status::queued};
    EXPECT_EQ(views.sqlite->list(q, noon)->jobs, views.memory.list(q, noon)->jobs);
    q.queue = queue;
    auto const page = *views.sqlite->list(q, noon);
    EXPECT_EQ(page.jobs, views.memory.list(q, noon)->jobs);
    EXPECT_EQ(page.total, static_cast<std::int64_t>(limits::list_ranges + 10) / 2);
    EXPECT_FALSE(page.estimated);
  }
}

}  // namespace
}  // namespace retrylab

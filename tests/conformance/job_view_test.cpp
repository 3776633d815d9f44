// The contract of the job view's port, run on every implementation.

#include "events/event_codec.hpp"
#include "events/views/memory_job_view.hpp"
#include "events/views/sqlite_job_view.hpp"
#include "temporary_directory.hpp"

#include <gtest/gtest.h>

namespace retrylab {
namespace {

using namespace std::chrono_literals;

class memory_fixture {
 public:
  job_view& view() { return view_; }

 private:
  memory_job_view view_;
};

class sqlite_fixture {
 public:
  job_view& view() { return *view_; }

 private:
  temporary_directory directory_;
  std::unique_ptr<sqlite_job_view> view_ =
      std::move(*sqlite_job_view::open(directory_.path() / "views.db"));
};

timestamp const noon = from_micros(1'767'268'800'000'000);

template <class Fixture>
class job_view_conformance : public testing::Test {
 protected:
  void add(std::uint64_t job, job_event const& event, timestamp at = noon) {
    encoded_event const e = encode(event);
    pending_.push_back(
        {seq{++last_}, job_id{job}, ++versions_[job], 1, std::string{e.type}, at, e.data});
    records_[job].push_back(*decode(pending_.back()));
  }
  void create(std::uint64_t job, std::string type = "mail", std::string queue = "default",
              std::optional<timestamp> run_at = {}) {
    job_spec s;
    s.type = std::move(type);
    s.queue = std::move(queue);
    s.run_at = run_at;
    s.timeout = 30s;
    s.tags = {"a", "b\"c"};
    s.payload.text = R"({ "n":12345678901234567890123 })";
    add(job, created{s});
  }
  void purge(std::string jobs) {
    purged step{};
    step.jobs = std::move(jobs);
    encoded_event const e = encode(system_event{step});
    pending_.push_back(
        {seq{++last_}, system_id, ++versions_[0], 1, std::string{e.type}, noon, e.data});
  }
  projection apply() {
    auto step = fixture.view().apply(std::exchange(pending_, {}));
    EXPECT_TRUE(step) << (step ? "" : step.error().message);
    return *step;
  }
  std::vector<std::uint64_t> ids(job_query const& q, timestamp now = noon) {
    std::vector<std::uint64_t> out;
    auto const page = fixture.view().list(q, now);
    for (job_state const& s : page->jobs) out.push_back(s.id.value);
    return out;
  }
  // A job in every status: the id is the status's number plus one.
  void one_of_each() {
    for (std::uint64_t id = 1; id <= 8; ++id)
      create(id, id % 2 ? "mail" : "report", id > 4 ? "slow" : "default",
             id == 1 ? std::optional{noon + 1h} : std::nullopt);
    auto start = [&](std::uint64_t id) {
      add(id, attempted{1, "w", 5s});
      return seq{last_};
    };
    (void)start(3);
    job_error const error{"E", "m", {"x", "y"}};
    seq const retry = start(4);
    add(4, failed{retry, 1, failure_cause::error, error});
    add(4, retry_scheduled{noon + 10s, 10s, "fixed"});
    seq const good = start(5);
    add(5, succeeded{good, raw_json{R"({"ok":1})"}});
    for (std::uint64_t id : {6u, 8u}) {
      seq const bad = start(id);
      add(id, failed{bad, 1, failure_cause::error, error});
      add(id, dead_lettered{dead_letter_reason::non_retryable, "server"});
    }
    add(7, cancelled{std::nullopt, "me", ""});
    add(8, discarded{"me", ""});
    (void)apply();
  }

  Fixture fixture;
  std::vector<stored_event> pending_;
  std::map<std::uint64_t, std::vector<job_record>> records_;
  std::map<std::uint64_t, stream_version> versions_;
  std::uint64_t last_ = 0;
};

using implementations = testing::Types<memory_fixture, sqlite_fixture>;
TYPED_TEST_SUITE(job_view_conformance, implementations);

TYPED_TEST(job_view_conformance, a_row_is_the_fold_of_its_jobs_events) {
  this->one_of_each();
  auto const page = *this->fixture.view().list({}, noon);
  ASSERT_EQ(page.jobs.size(), 8u);
  for (job_state const& s : page.jobs) EXPECT_EQ(s, fold(this->records_[s.id.value])) << s.id.value;
}

TYPED_TEST(job_view_conformance, one_application_says_what_changed_and_where_it_stands) {
  this->create(1);
  this->create(2);
  (void)this->apply();
  this->add(2, cancelled{std::nullopt, "me", ""});
  projection const p = this->apply();
  EXPECT_EQ(p.from, seq{2});
  EXPECT_EQ(p.to, seq{3});
  ASSERT_EQ(p.changed.size(), 1u);
  EXPECT_EQ(p.changed[0].status, job_status::cancelled);
  EXPECT_EQ(p.counts, (status_counts{0, 1, 0, 0, 0, 0, 1, 0}));
  EXPECT_EQ(*this->fixture.view().checkpoint(), seq{3});
}

TYPED_TEST(job_view_conformance, a_repetition_or_a_gap_in_a_stream_is_refused) {
  this->create(1);
  this->create(2);
  this->add(2, cancelled{std::nullopt, "me", ""});
  this->add(2, discarded{"me", ""});
  auto const events = std::exchange(this->pending_, {});
  std::span const all{events};
  EXPECT_FALSE(this->fixture.view().apply(all.subspan(2)));
  EXPECT_TRUE(this->fixture.view().apply(all.first(2)));
  EXPECT_FALSE(this->fixture.view().apply(all.first(2)));
  EXPECT_FALSE(this->fixture.view().apply(all.subspan(3)));
  EXPECT_EQ(*this->fixture.view().checkpoint(), seq{2});
  EXPECT_TRUE(this->fixture.view().apply(all.subspan(2)));
}

TYPED_TEST(job_view_conformance, seqs_of_purged_jobs_may_be_missing) {
  this->create(1);
  this->create(2);
  auto const events = std::exchange(this->pending_, {});
  EXPECT_TRUE(this->fixture.view().apply(std::span{events}.subspan(1)));
  EXPECT_EQ(this->ids({}), std::vector<std::uint64_t>{2});
}

TYPED_TEST(job_view_conformance, purged_jobs_leave_lists_counts_and_searches) {
  this->one_of_each();
  job_query with_error;
  with_error.error = "m";
  EXPECT_EQ(this->ids(with_error), (std::vector<std::uint64_t>{8, 6, 4}));
  auto const ever = this->fixture.view().history().ever()->counts;
  this->purge("5-7");
  projection const p = this->apply();
  EXPECT_TRUE(p.changed.empty());
  EXPECT_EQ(p.counts, (status_counts{1, 1, 1, 1, 0, 0, 0, 1}));
  EXPECT_EQ(this->ids({}), (std::vector<std::uint64_t>{8, 4, 3, 2, 1}));
  EXPECT_EQ(this->ids(with_error), (std::vector<std::uint64_t>{8, 4}));
  job_query tagged;
  tagged.tags = {"a"};
  EXPECT_EQ(this->ids(tagged), (std::vector<std::uint64_t>{8, 4, 3, 2, 1}));
  EXPECT_EQ(this->fixture.view().counts(noon)->by_queue.at("slow"),
            (status_counts{0, 0, 0, 0, 0, 0, 0, 1}));
  auto const after = this->fixture.view().history().ever()->counts;
  for (std::size_t i = 0; i < ever.size(); ++i) EXPECT_GE(after[i], ever[i]) << i;
}

TYPED_TEST(job_view_conformance, jobs_created_and_purged_in_one_application_leave_only_their_kind) {
  this->create(1, "mail", "gone");
  this->add(1, cancelled{std::nullopt, "me", ""});
  this->create(2);
  this->purge("1");
  EXPECT_EQ(this->apply().counts, (status_counts{0, 1, 0, 0, 0, 0, 0, 0}));
  EXPECT_EQ(this->ids({}), std::vector<std::uint64_t>{2});
  EXPECT_EQ(this->fixture.view().counts(noon)->by_queue.at("gone"), status_counts{});
}

TYPED_TEST(job_view_conformance, an_event_it_does_not_know_is_refused_not_skipped) {
  std::vector<stored_event> const alien{{seq{1}, job_id{1}, 1, 1, "Teleported", noon, "{}"}};
  auto const step = this->fixture.view().apply(alien);
  ASSERT_FALSE(step);
  EXPECT_NE(step.error().message.find("Teleported"), std::string::npos);
  EXPECT_EQ(*this->fixture.view().checkpoint(), seq{});
}

TYPED_TEST(job_view_conformance, lists_by_status_type_and_queue_newest_first) {
  this->one_of_each();
  for (std::uint64_t id = 1; id <= 8; ++id) {
    job_query q;
    q.statuses = {static_cast<job_status>(id - 1)};
    EXPECT_EQ(this->ids(q), std::vector<std::uint64_t>{id}) << status_names[id - 1];
  }
  job_query q;
  q.type = "mail";
  EXPECT_EQ(this->ids(q), (std::vector<std::uint64_t>{7, 5, 3, 1}));
  q.queue = "slow";
  EXPECT_EQ(this->ids(q), (std::vector<std::uint64_t>{7, 5}));
  q.statuses = {job_status::succeeded, job_status::failed};
  EXPECT_EQ(this->ids(q), std::vector<std::uint64_t>{5});
}

TYPED_TEST(job_view_conformance, a_due_job_is_listed_and_counted_as_queued) {
  this->one_of_each();
  job_query queued;
  queued.statuses = {job_status::queued};
  job_query retrying;
  retrying.statuses = {job_status::retrying};
  EXPECT_EQ(this->ids(queued, noon + 10s), (std::vector<std::uint64_t>{4, 2}));
  EXPECT_TRUE(this->ids(retrying, noon + 10s).empty());
  EXPECT_EQ(this->fixture.view().counts(noon)->total, (status_counts{1, 1, 1, 1, 1, 1, 1, 1}));
  EXPECT_EQ(this->fixture.view().counts(noon + 2h)->total, (status_counts{0, 3, 1, 0, 1, 1, 1, 1}));
}

TYPED_TEST(job_view_conformance, counts_are_kept_by_queue_and_type) {
  this->one_of_each();
  auto const counts = *this->fixture.view().counts(noon);
  EXPECT_EQ(counts.seq, seq{this->last_});
  EXPECT_EQ(counts.by_queue.at("default"), (status_counts{1, 1, 1, 1, 0, 0, 0, 0}));
  EXPECT_EQ(counts.by_type.at("report"), (status_counts{0, 1, 0, 1, 0, 1, 0, 1}));
}

TYPED_TEST(job_view_conformance, pages_follow_each_other_while_jobs_are_added) {
  for (std::uint64_t id = 1; id <= 5; ++id) this->create(id);
  (void)this->apply();
  job_query q;
  q.limit = 2;
  auto const first = *this->fixture.view().list(q, noon);
  EXPECT_EQ(first.next, job_id{4});
  EXPECT_EQ(first.total, 5);
  this->create(6);
  (void)this->apply();
  q.past = first.next;
  EXPECT_EQ(this->ids(q), (std::vector<std::uint64_t>{3, 2}));
  q.past = job_id{2};
  EXPECT_FALSE(this->fixture.view().list(q, noon)->next);
}

TYPED_TEST(job_view_conformance, finds_those_that_exist_and_says_as_of_when) {
  this->one_of_each();
  std::vector<job_id> const wanted{job_id{3}, job_id{99}, job_id{5}};
  auto const found = *this->fixture.view().find(wanted);
  EXPECT_EQ(found.seq, seq{this->last_});
  ASSERT_EQ(found.jobs.size(), 2u);
  EXPECT_EQ(found.jobs[0].id, job_id{3});
}

TYPED_TEST(job_view_conformance, what_has_not_ended_is_found_in_pages) {
  this->one_of_each();
  auto const first = *this->fixture.view().unended({}, 3);
  ASSERT_EQ(first.size(), 3u);
  auto const rest = *this->fixture.view().unended(first.back().id, 3);
  ASSERT_EQ(rest.size(), 1u);
  EXPECT_EQ(rest[0].id, job_id{4});
}

TEST(sqlite_job_view, is_rebuilt_when_its_file_is_of_another_format) {
  temporary_directory directory;
  auto const file = directory.path() / "views.db";
  {
    auto view = sqlite_job_view::open(file);
    encoded_event const e = encode(job_event{created{}});
    std::vector<stored_event> const events{
        {seq{1}, job_id{1}, 1, 1, std::string{e.type}, noon, e.data}};
    ASSERT_TRUE((*view)->apply(events));
  }
  EXPECT_EQ(*(*sqlite_job_view::open(file))->checkpoint(), seq{1});
  {
    sqlite_connection db{file, sqlite_connection::mode::read_write};
    db.execute("PRAGMA user_version = 99");
  }
  EXPECT_EQ(*(*sqlite_job_view::open(file))->checkpoint(), seq{});
}

}  // namespace
}  // namespace retrylab

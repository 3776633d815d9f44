#pragma once
// Pages of jobs out of SQLite: plans a query, walks the runs of ids, checks rows where the runs do
// not tell, and loads the page. Reads no more rows than limits::list_rows for the page and
// limits::count_rows for its total (limits::bin_rows for each bin), however many jobs there are.
// One thread; throws sqlite_error.

#include "events/views/id_merge.hpp"
#include "events/views/sqlite_errors.hpp"

namespace retrylab {

class sqlite_job_lists {
 public:
  explicit sqlite_job_lists(sqlite_connection& db);
  // Within a transaction; `kinds` with its counts as of the transaction and `now`.
  [[nodiscard]] job_page list(job_query const& query, timestamp now, kind_table const& kinds);
  [[nodiscard]] creation_histogram histogram(job_query const& query, std::size_t bins,
                                             timestamp now, kind_table const& kinds);
  [[nodiscard]] std::optional<job_state> find(job_id job, kind_table const& kinds);

 private:
  // One query while it is answered.
  struct question {
    job_query const& query;
    bool has_texts = false;
    timestamp now;
    kind_table const& kinds;
  };
  struct counted {
    std::int64_t jobs = 0;
    bool estimated = false;
  };
  struct count_bounds {
    std::size_t ids;
    std::size_t rows;  // of these, read and checked
  };
  [[nodiscard]] id_span all_ids();
  [[nodiscard]] text_matches search(job_query const& query);
  [[nodiscard]] std::optional<std::vector<std::string>> tags_with(std::string_view text);
  // The first job that was created at `at` or later; one after the last when there is none.
  [[nodiscard]] std::uint64_t first_created(timestamp at, id_span all);
  [[nodiscard]] bool row_matches(std::uint64_t id, question const& q);
  std::vector<std::uint64_t> take_page(question const& q, list_plan const& plan, id_span span,
                                       job_page& page);
  [[nodiscard]] counted count(question const& q, list_plan const& plan, id_span span,
                              count_bounds bounds);

  sqlite_statement find_;
  sqlite_statement filtered_;
  sqlite_statement ends_;
  sqlite_statement created_;
  sqlite_statement next_tag_;
  sqlite_errors error_rows_;
  error_table errors_;
  id_runs runs_;
  std::vector<std::string> tags_;  // of the row that is looked at
};

}  // namespace retrylab

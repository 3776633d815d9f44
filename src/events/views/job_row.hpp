#pragma once
// A job state as a row of the table `jobs`, both ways. What lists look at has a column of its own;
// everything else is one JSON object, `rest`, in which members that are as usual are left out.
// Queue and type are those of the row's kind.

#include "events/store/sqlite.hpp"
#include "events/views/error_table.hpp"
#include "events/views/job_filter.hpp"
#include "events/views/kind_table.hpp"

#include <array>

namespace retrylab {

// CREATE TABLE jobs …, job_tags … and their indexes.
[[nodiscard]] char const* job_table_schema();
// The columns in the order that read_job_row() reads.
[[nodiscard]] std::string job_columns();
constexpr std::size_t job_row_size = 16;
// Takes rows from the table of sqlite_rows.
[[nodiscard]] std::string job_insert();
// Takes the values of a row as parameters.
[[nodiscard]] std::string job_update();

struct job_row_numbers {
  kind_number kind = 0;
  error_number error = other_error;  // of a job with an error
};
// One row after the other.
class job_row_writer {
 public:
  // Good until the next, and as long as the state is.
  std::span<sqlite_value const> write(job_state const& state, job_row_numbers numbers);

 private:
  std::array<sqlite_value, job_row_size> values_;
  std::string tags_;
  std::string rest_;
};

// Throws sqlite_error when the row is none that job_row_writer wrote.
[[nodiscard]] job_state read_job_row(sqlite_statement const& row, kind_table const& kinds);

// Only what filters look at: kind, status and times first, then texts, whose tags are kept in
// `tags`. The texts live until the row's next step.
[[nodiscard]] std::string filter_columns();
[[nodiscard]] job_traits read_filter_numbers(sqlite_statement const& row, kind_table const& kinds);
void read_filter_texts(sqlite_statement const& row, job_traits& traits,
                       std::vector<std::string>& tags);

}  // namespace retrylab

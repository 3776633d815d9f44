#pragma once
// A job state as a row of the table `jobs`, both ways. The columns are named after the fields.

#include "events/core/job_state.hpp"
#include "events/store/sqlite.hpp"

#include <string>

namespace retrylab {

// CREATE TABLE jobs …, and its indexes.
[[nodiscard]] std::string job_table_schema();
// "id, status, …": the columns in the order that read_job_row() and bind_job_row() use.
[[nodiscard]] std::string job_columns();
// INSERT … ON CONFLICT(id) DO UPDATE: only the indexes of columns that changed are touched.
[[nodiscard]] std::string job_upsert();

[[nodiscard]] job_state read_job_row(sqlite_statement const& row);

// Text that is made for binding lives here until the statement is reset.
struct job_row_texts {
  std::string retry;
  std::string tags;
  std::string backtrace;
};
void bind_job_row(sqlite_statement& statement, job_state const& state, job_row_texts& texts);

}  // namespace retrylab

#include "events/views/job_row.hpp"

#include "events/event_codec.hpp"
#include "events/json_fields.hpp"
#include "events/json_writer.hpp"

#include <array>

namespace retrylab {
namespace {

struct column {
  std::string_view name;
  std::string_view type;
};

constexpr std::array<column, 34> columns{{
    {"id", "INTEGER PRIMARY KEY"},
    {"version", "INTEGER NOT NULL"},
    {"generation", "INTEGER NOT NULL"},
    {"status", "INTEGER NOT NULL"},  // job_status, as stored
    {"type", "TEXT NOT NULL"},
    {"queue", "TEXT NOT NULL"},
    {"payload", "TEXT NOT NULL"},
    {"handler", "TEXT"},
    {"priority", "INTEGER NOT NULL"},
    {"max_attempts", "INTEGER NOT NULL"},
    {"retry", "TEXT NOT NULL"},
    {"run_at", "INTEGER"},
    {"timeout_ms", "INTEGER"},
    {"tags", "TEXT NOT NULL"},
    {"idempotency_key", "TEXT"},
    {"source", "TEXT NOT NULL"},
    {"attempts", "INTEGER NOT NULL"},
    {"executions", "INTEGER NOT NULL"},
    {"fence", "INTEGER"},
    {"attempt", "INTEGER"},
    {"worker", "TEXT"},
    {"lease_expires_at", "INTEGER"},
    {"cancel_requested", "INTEGER"},
    {"due", "INTEGER"},
    {"error_type", "TEXT"},
    {"error_message", "TEXT"},
    {"error_backtrace", "TEXT"},
    {"result", "TEXT"},
    {"created_at", "INTEGER NOT NULL"},
    {"generation_at", "INTEGER NOT NULL"},
    {"updated_at", "INTEGER NOT NULL"},
    {"started_at", "INTEGER"},
    {"finished_at", "INTEGER"},
    {"seq", "INTEGER NOT NULL"},
}};

std::string strings_as_json(std::vector<std::string> const& values) {
  if (values.empty()) return "[]";
  std::string out = "[";
  for (std::string const& v : values) {
    if (out.size() > 1) out += ',';
    append_json_string(out, v);
  }
  return out + ']';
}

std::vector<std::string> strings_from_json(std::string_view text) {
  if (text == "[]") return {};
  std::string const object = "{\"v\":" + std::string{text} + "}";
  return json_fields{object}.optional<std::vector<std::string>>("v").value_or(
      std::vector<std::string>{});
}

// Binds the columns from left to right.
class binder {
 public:
  explicit binder(sqlite_statement& row) : row_(row) {}
  template <class Number>
  binder& number(Number n) {
    row_.bind(next_++, static_cast<std::int64_t>(n));
    return *this;
  }
  binder& text(std::string_view t) {
    row_.bind(next_++, t);
    return *this;
  }
  binder& optional_text(std::optional<std::string> const& t) { return t ? text(*t) : nulls(1); }
  binder& time(std::optional<timestamp> t) { return t ? number(to_micros(*t)) : nulls(1); }
  binder& nulls(int count) {
    for (; count > 0; --count) row_.bind_null(next_++);
    return *this;
  }

 private:
  sqlite_statement& row_;
  int next_ = 1;
};

// Reads the columns from left to right.
class reader {
 public:
  explicit reader(sqlite_statement const& row) : row_(row) {}
  std::int64_t integer() { return row_.integer(next_++); }
  template <class Number>
  Number number() {
    return static_cast<Number>(integer());
  }
  std::string text() { return std::string{row_.text(next_++)}; }
  std::optional<std::string> optional_text() {
    if (row_.is_null(next_)) return ++next_, std::nullopt;
    return text();
  }
  std::optional<std::int64_t> optional_integer() { return row_.optional_integer(next_++); }
  timestamp time() { return from_micros(integer()); }
  std::optional<timestamp> optional_time() {
    auto const n = optional_integer();
    return n ? std::optional{from_micros(*n)} : std::nullopt;
  }

 private:
  sqlite_statement const& row_;
  int next_ = 0;
};

job_spec read_spec(reader& r) {
  job_spec spec;
  spec.type = r.text();
  spec.queue = r.text();
  spec.payload.text = r.text();
  spec.handler = r.optional_text();
  spec.priority = r.number<unsigned>();
  spec.max_attempts = r.number<attempt_number>();
  std::string const retry = r.text();
  json_fields policy{retry};
  spec.retry = read_retry_policy(policy);
  spec.run_at = r.optional_time();
  if (auto const ms = r.optional_integer()) spec.timeout = milliseconds{*ms};
  spec.tags = strings_from_json(r.text());
  spec.idempotency_key = r.optional_text();
  spec.source = r.text();
  return spec;
}

void read_running(reader& r, job_state& s) {
  auto const fence = r.optional_integer();
  auto const attempt = r.optional_integer();
  auto worker = r.optional_text();
  auto const lease = r.optional_time();
  auto const cancel = r.optional_integer();
  if (!fence) return;
  s.running = running_attempt{seq{static_cast<std::uint64_t>(*fence)},
                              static_cast<attempt_number>(attempt.value_or(0)), worker.value_or(""),
                              lease, cancel.value_or(0) != 0};
}

void read_error(reader& r, job_state& s) {
  auto type = r.optional_text();
  auto message = r.optional_text();
  auto const backtrace = r.optional_text();
  if (type)
    s.error = job_error{*type, message.value_or(""), strings_from_json(backtrace.value_or("[]"))};
}

}  // namespace

std::string job_table_schema() {
  std::string sql = "CREATE TABLE jobs (";
  for (column const& c : columns) {
    if (&c != columns.data()) sql += ", ";
    sql.append(c.name).append(" ").append(c.type);
  }
  return sql + R"() STRICT;
CREATE INDEX jobs_by_status ON jobs (status, id);
CREATE INDEX jobs_by_type ON jobs (type, id);
CREATE INDEX jobs_by_queue ON jobs (queue, id);
CREATE INDEX jobs_by_due ON jobs (due) WHERE status IN (0, 3);
CREATE INDEX jobs_unended ON jobs (id) WHERE status < 4;)";
}

std::string job_columns() {
  std::string sql;
  for (column const& c : columns) sql += (sql.empty() ? "" : ", ") + std::string{c.name};
  return sql;
}

std::string job_upsert() {
  std::string marks;
  std::string sets;
  for (column const& c : columns) {
    marks += marks.empty() ? "?" : ", ?";
    if (c.name == "id") continue;
    sets += (sets.empty() ? "" : ", ") + std::string{c.name} + " = excluded." + std::string{c.name};
  }
  return "INSERT INTO jobs (" + job_columns() + ") VALUES (" + marks +
         ") ON CONFLICT (id) DO UPDATE SET " + sets;
}

job_state read_job_row(sqlite_statement const& row) {
  reader r{row};
  job_state s;
  s.id = job_id{r.number<std::uint64_t>()};
  s.version = r.number<stream_version>();
  s.generation = r.number<generation_number>();
  s.status = r.number<job_status>();
  s.spec = read_spec(r);
  s.attempts = r.number<attempt_number>();
  s.executions = r.number<std::uint32_t>();
  read_running(r, s);
  s.due = r.optional_time();
  read_error(r, s);
  if (auto result = r.optional_text()) s.result = raw_json{std::move(*result)};
  s.created_at = r.time();
  s.generation_at = r.time();
  s.updated_at = r.time();
  s.started_at = r.optional_time();
  s.finished_at = r.optional_time();
  s.seq = seq{r.number<std::uint64_t>()};
  return s;
}

void bind_job_row(sqlite_statement& statement, job_state const& s, job_row_texts& texts) {
  texts.retry = encode(s.spec->retry);
  texts.tags = strings_as_json(s.spec->tags);
  binder b{statement};
  b.number(s.id.value).number(s.version).number(s.generation).number(static_cast<int>(s.status));
  b.text(s.spec->type)
      .text(s.spec->queue)
      .text(s.spec->payload.text)
      .optional_text(s.spec->handler);
  b.number(s.spec->priority).number(s.spec->max_attempts).text(texts.retry).time(s.spec->run_at);
  s.spec->timeout ? b.number(s.spec->timeout->count()) : b.nulls(1);
  b.text(texts.tags)
      .optional_text(s.spec->idempotency_key)
      .text(s.spec->source)
      .number(s.attempts)
      .number(s.executions);
  if (s.running) {
    b.number(s.running->fence.value).number(s.running->attempt).text(s.running->worker);
    b.time(s.running->lease_expires_at).number(s.running->cancel_requested);
  } else {
    b.nulls(5);
  }
  b.time(s.due);
  if (s.error) {
    texts.backtrace = strings_as_json(s.error->backtrace);
    b.text(s.error->type).text(s.error->message).text(texts.backtrace);
  } else {
    b.nulls(3);
  }
  s.result ? b.text(s.result->text) : b.nulls(1);
  b.time(s.created_at)
      .time(s.generation_at)
      .time(s.updated_at)
      .time(s.started_at)
      .time(s.finished_at)
      .number(s.seq.value);
}

}  // namespace retrylab

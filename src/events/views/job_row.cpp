#include "events/views/job_row.hpp"

#include "events/event_codec.hpp"
#include "events/job_options_codec.hpp"
#include "events/json_fields.hpp"
#include "events/json_writer.hpp"

namespace retrylab {
namespace {

// The first five never change.
constexpr auto columns = std::to_array<std::string_view>(
    {"id", "kind", "created_at", "priority", "tags", "status", "due", "updated_at", "seq",
     "version", "attempts", "executions", "error", "error_type", "error_message", "rest"});
static_assert(columns.size() == job_row_size);
constexpr std::size_t first_that_changes = 5;

std::string strings_as_json(std::vector<std::string> const& values) {
  std::string out = "[";
  for (std::string const& v : values) {
    if (out.size() > 1) out += ',';
    append_json_string(out, v);
  }
  return out + ']';
}

std::vector<std::string> strings_from_json(std::string_view text) {
  std::string const object = "{\"v\":" + std::string{text} + "}";
  return json_fields{object, {}, json_fields::checked::yes}
      .optional<std::vector<std::string>>("v")
      .value_or(std::vector<std::string>{});
}

// Times lie close to the job's creation: microseconds after it are shorter.
void after_creation(json_writer& w, char const* name, job_state const& s,
                    std::optional<timestamp> at) {
  if (at) w.number(name, (*at - s.created_at).count());
}

void append_rest(std::string& out, job_state const& s) {
  job_spec const& spec = *s.spec;
  json_writer w{out};
  if (s.generation != 1) w.number("generation", s.generation);
  if (s.generation_at != s.created_at) after_creation(w, "generation_after", s, s.generation_at);
  after_creation(w, "started_after", s, s.started_at);
  after_creation(w, "finished_after", s, s.finished_at);
  if (s.running) {
    w.number("fence", static_cast<std::int64_t>(s.running->fence.value));
    w.number("attempt", s.running->attempt).string("worker", s.running->worker);
    after_creation(w, "lease_after", s, s.running->lease_expires_at);
    if (s.running->cancel_requested) w.boolean("cancel_requested", true);
  }
  if (spec.max_attempts != job_spec{}.max_attempts) w.number("max_attempts", spec.max_attempts);
  if (spec.retry != retry_policy{})
    w.nested("retry", [&](std::string& to) { append_brief(to, spec.retry); });
  after_creation(w, "run_after", s, spec.run_at);
  if (spec.timeout) w.number("timeout_ms", spec.timeout->count());
  if (spec.handler) w.string("handler", *spec.handler);
  if (spec.idempotency_key) w.string("idempotency_key", *spec.idempotency_key);
  if (spec.source != "http") w.string("source", spec.source);
  append_options(w, spec);
  after_creation(w, "first_failed_after", s, s.first_failed_at);
  if (s.lost_workers > 0) w.number("lost_workers", s.lost_workers);
  if (s.progress) {
    after_creation(w, "progress_after", s, s.progress->at);
    if (s.progress->percent) w.number("percent", *s.progress->percent);
    w.string("progress", s.progress->text);
  }
  if (s.error && !s.error->backtrace.empty()) w.strings("backtrace", s.error->backtrace);
  if (spec.payload.text != "{}") w.raw("payload", std::string_view{spec.payload.text});
  if (s.result) w.raw("result", std::string_view{s.result->text});
  w.close();
}

std::optional<timestamp> after_creation(json_fields& f, char const* name, job_state const& s) {
  auto const n = f.optional<std::int64_t>(name);
  return n ? std::optional{s.created_at + microseconds{*n}} : std::nullopt;
}

template <class Number>
void set_number(json_fields& f, char const* name, Number& into) {
  if (auto const n = f.optional<std::int64_t>(name)) into = static_cast<Number>(*n);
}

void read_rest(std::string_view text, job_state& s, job_spec& spec) {
  json_fields f{text, {}, json_fields::checked::yes};
  set_number(f, "generation", s.generation);
  s.generation_at = after_creation(f, "generation_after", s).value_or(s.created_at);
  s.started_at = after_creation(f, "started_after", s);
  s.finished_at = after_creation(f, "finished_after", s);
  if (auto const fence = f.optional<std::int64_t>("fence")) {
    running_attempt r;
    r.fence = seq{static_cast<std::uint64_t>(*fence)};
    set_number(f, "attempt", r.attempt);
    r.worker = f.optional<std::string>("worker").value_or("");
    r.lease_expires_at = after_creation(f, "lease_after", s);
    r.cancel_requested = f.optional<bool>("cancel_requested").value_or(false);
    s.running = std::move(r);
  }
  set_number(f, "max_attempts", spec.max_attempts);
  if (auto const retry = f.raw("retry")) {
    json_fields policy{*retry, {}, json_fields::checked::yes};
    spec.retry = read_retry_policy(policy);
  }
  spec.run_at = after_creation(f, "run_after", s);
  if (auto const ms = f.optional<std::int64_t>("timeout_ms")) spec.timeout = milliseconds{*ms};
  spec.handler = f.optional<std::string>("handler");
  spec.idempotency_key = f.optional<std::string>("idempotency_key");
  if (auto source = f.optional<std::string>("source")) spec.source = std::move(*source);
  read_options(f, spec);
  s.first_failed_at = after_creation(f, "first_failed_after", s);
  set_number(f, "lost_workers", s.lost_workers);
  if (auto const at = after_creation(f, "progress_after", s)) {
    s.progress = job_progress{{}, f.optional<std::string>("progress").value_or(""), *at};
    if (auto const n = f.optional<std::int64_t>("percent"))
      s.progress->percent = static_cast<unsigned>(*n);
  }
  if (s.error)
    s.error->backtrace =
        f.optional<std::vector<std::string>>("backtrace").value_or(std::vector<std::string>{});
  if (auto const payload = f.raw("payload")) spec.payload.text = *payload;
  if (auto const result = f.raw("result")) s.result = raw_json{std::string{*result}};
}

std::string list_of(std::span<std::string_view const> names) {
  std::string sql;
  for (std::string_view name : names) sql.append(sql.empty() ? "" : ", ").append(name);
  return sql;
}

kind_number kind_in(sqlite_statement const& row, int column, kind_table const& kinds) {
  auto const kind = row.integer(column);
  if (kind < 1 || static_cast<std::size_t>(kind) > kinds.all().size())
    throw sqlite_error{0, "a job of kind " + std::to_string(kind) + ", which is not there"};
  return static_cast<kind_number>(kind);
}

}  // namespace

char const* job_table_schema() {
  return R"(
CREATE TABLE jobs (
  id INTEGER PRIMARY KEY,
  kind INTEGER NOT NULL,        -- its queue and type, in kinds
  created_at INTEGER NOT NULL,  -- this and all other times: microseconds since 1970
  priority INTEGER NOT NULL,
  tags TEXT,                    -- a JSON array
  status INTEGER NOT NULL,      -- as stored: 0 SCHEDULED 1 QUEUED 2 RUNNING 3 RETRYING
                                -- 4 SUCCEEDED 5 FAILED 6 CANCELLED 7 DISCARDED
  due INTEGER,                  -- of scheduled and retrying jobs
  updated_at INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  version INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  executions INTEGER NOT NULL,
  error INTEGER,                -- in errors; 0: none of them
  error_type TEXT,
  error_message TEXT,
  rest TEXT NOT NULL            -- everything else, as JSON; …_after: microseconds after created_at
) STRICT;
CREATE INDEX jobs_by_kind ON jobs (kind, status);  -- and by id, as every index
CREATE INDEX jobs_by_due ON jobs (due, kind, status) WHERE status IN (0, 3);
CREATE INDEX jobs_by_error ON jobs (error, status) WHERE error IS NOT NULL;
CREATE TABLE errors (error INTEGER PRIMARY KEY, type TEXT NOT NULL, message TEXT NOT NULL) STRICT;
CREATE TABLE job_tags (tag TEXT NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (tag, id)) STRICT, WITHOUT ROWID;
)";
}

std::string job_columns() { return list_of(columns); }

std::string job_insert() { return "INSERT INTO jobs (" + job_columns() + ") SELECT * FROM rows"; }

std::string job_update() {
  std::string sets;
  for (std::size_t i = first_that_changes; i < columns.size(); ++i)
    sets.append(sets.empty() ? "" : ", ").append(columns[i]).append(" = ?") +=
        std::to_string(i + 1);
  return "UPDATE jobs SET " + sets + " WHERE id = ?1";
}

std::span<sqlite_value const> job_row_writer::write(job_state const& s, job_row_numbers numbers) {
  auto const number = [](auto n) { return sqlite_value{static_cast<std::int64_t>(n)}; };
  auto const text = [](std::string const& t) { return sqlite_value{std::string_view{t}}; };
  sqlite_value const null;
  if (!s.spec->tags.empty()) tags_ = strings_as_json(s.spec->tags);
  rest_.clear();
  append_rest(rest_, s);
  values_ = {number(s.id.value),
             number(numbers.kind),
             number(to_micros(s.created_at)),
             number(s.spec->priority),
             s.spec->tags.empty() ? null : text(tags_),
             number(s.status),
             s.due ? number(to_micros(*s.due)) : null,
             number(to_micros(s.updated_at)),
             number(s.seq.value),
             number(s.version),
             number(s.attempts),
             number(s.executions),
             s.error ? number(numbers.error) : null,
             s.error ? text(s.error->type) : null,
             s.error ? text(s.error->message) : null,
             text(rest_)};
  return values_;
}

job_state read_job_row(sqlite_statement const& row, kind_table const& kinds) {
  int next = 0;
  auto const number = [&] { return row.integer(next++); };
  auto const text = [&] { return std::string{row.text(next++)}; };
  job_state s;
  job_spec spec;
  s.id = job_id{static_cast<std::uint64_t>(number())};
  job_kind const& kind = kinds.at(kind_in(row, next++, kinds));
  spec.queue = kind.queue;
  spec.type = kind.type;
  s.created_at = from_micros(number());
  spec.priority = static_cast<unsigned>(number());
  if (!row.is_null(next)) spec.tags = strings_from_json(row.text(next));
  ++next;
  s.status = static_cast<job_status>(number());
  if (auto const due = row.optional_integer(next++)) s.due = from_micros(*due);
  s.updated_at = from_micros(number());
  s.seq = seq{static_cast<std::uint64_t>(number())};
  s.version = static_cast<stream_version>(number());
  s.attempts = static_cast<attempt_number>(number());
  s.executions = static_cast<std::uint32_t>(number());
  bool const has_error = !row.is_null(next++);
  std::string type = text();
  std::string message = text();
  if (has_error) s.error = job_error{std::move(type), std::move(message), {}};
  read_rest(row.text(next), s, spec);
  s.spec = std::move(spec);
  return s;
}

std::string filter_columns() {
  return "kind, created_at, status, due, tags, error_type, error_message";
}

job_traits read_filter_numbers(sqlite_statement const& row, kind_table const& kinds) {
  job_kind const& kind = kinds.at(kind_in(row, 0, kinds));
  job_traits traits;
  traits.queue = kind.queue;
  traits.type = kind.type;
  traits.created_at = from_micros(row.integer(1));
  traits.status = static_cast<job_status>(row.integer(2));
  if (auto const due = row.optional_integer(3)) traits.due = from_micros(*due);
  return traits;
}

void read_filter_texts(sqlite_statement const& row, job_traits& traits,
                       std::vector<std::string>& tags) {
  tags.clear();
  if (!row.is_null(4)) tags = strings_from_json(row.text(4));
  traits.tags = tags;
  if (!row.is_null(5)) traits.error = error_traits{row.text(5), row.text(6)};
}

}  // namespace retrylab

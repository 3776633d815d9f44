#include "events/job_options_codec.hpp"

namespace retrylab {
namespace {

std::optional<timestamp> read_time(json_fields& f, std::string_view name) {
  auto const text = f.optional<std::string>(name);
  if (!text) return std::nullopt;
  auto const at = parse_rfc3339(*text);
  if (!at) f.fail(name, "must be a time in RFC 3339");
  return at;
}

void append(std::string& out, uniqueness const& u) {
  json_writer w{out};
  w.string("key", u.key).number("for_ms", u.for_time.count());
  if (u.until_start) w.boolean("until_start", true);
  w.close();
}

void append(std::string& out, faktory_origin const& o) {
  json_writer w{out};
  w.string("jid", o.jid);
  if (o.created_at) w.string("created_at", *o.created_at);
  if (o.at) w.string("at", *o.at);
  if (o.reserve_for != 0) w.number("reserve_for", o.reserve_for);
  if (o.backtrace != 0) w.number("backtrace", o.backtrace);
  if (o.track) w.boolean("track", true);
  w.close();
}

void append(std::string& out, batch_callback const& c) {
  json_writer w{out};
  w.string("batch", c.batch).string("of", to_string(c.kind)).close();
}

batch_callback read_callback(json_fields& f) {
  batch_callback c;
  c.batch = f.required<std::string>("batch");
  std::string const of = f.required<std::string>("of");
  c.kind =
      of == to_string(callback_kind::success) ? callback_kind::success : callback_kind::complete;
  if (of != to_string(c.kind)) f.fail("of", "must be complete or success");
  f.finish();
  return c;
}

uniqueness read_unique(json_fields& f) {
  uniqueness u;
  u.key = f.required<std::string>("key");
  u.for_time = milliseconds{f.required<std::int64_t>("for_ms")};
  u.until_start = f.optional<bool>("until_start").value_or(false);
  f.finish();
  return u;
}

faktory_origin read_origin(json_fields& f) {
  faktory_origin o;
  o.jid = f.required<std::string>("jid");
  o.created_at = f.optional<std::string>("created_at");
  o.at = f.optional<std::string>("at");
  o.reserve_for = f.optional<std::int64_t>("reserve_for").value_or(0);
  o.backtrace = f.optional<std::int64_t>("backtrace").value_or(0);
  o.track = f.optional<bool>("track").value_or(false);
  f.finish();
  return o;
}

// A nested object; `read` gets its fields.
template <class Read>
void read_nested(json_fields& f, std::string_view name, Read read) {
  auto const text = f.raw(name);
  if (!text) return;
  json_fields nested{*text, std::string{name} + ".", json_fields::checked::yes};
  read(nested);
  f.adopt(nested.errors());
}

}  // namespace

std::string_view to_string(callback_kind kind) {
  return kind == callback_kind::complete ? "complete" : "success";
}

void append_options(json_writer& w, job_spec const& s) {
  if (s.discard_exhausted) w.boolean("discard_exhausted", true);
  if (s.expires_at) w.time("expires_at", s.expires_at);
  if (s.unique) w.nested("unique", [&](std::string& out) { append(out, *s.unique); });
  if (s.batch) w.string("batch", *s.batch);
  if (s.callback) w.nested("callback", [&](std::string& out) { append(out, *s.callback); });
  if (s.faktory) w.nested("faktory", [&](std::string& out) { append(out, *s.faktory); });
}

void read_options(json_fields& f, job_spec& s) {
  s.discard_exhausted = f.optional<bool>("discard_exhausted").value_or(false);
  s.expires_at = read_time(f, "expires_at");
  read_nested(f, "unique", [&](json_fields& nested) { s.unique = read_unique(nested); });
  s.batch = f.optional<std::string>("batch");
  read_nested(f, "callback", [&](json_fields& nested) { s.callback = read_callback(nested); });
  read_nested(f, "faktory", [&](json_fields& nested) { s.faktory = read_origin(nested); });
}

}  // namespace retrylab

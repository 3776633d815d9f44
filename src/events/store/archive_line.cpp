#include "events/store/archive_line.hpp"

#include "events/json_fields.hpp"
#include "events/json_writer.hpp"

#include <algorithm>

namespace retrylab {
namespace {

constexpr std::string_view breaks = "\n\r";

std::int64_t number(std::uint64_t n) { return static_cast<std::int64_t>(n); }

template <class Number>
Number read(json_fields& f, std::string_view name) {
  return static_cast<Number>(f.required<std::int64_t>(name));
}

}  // namespace

void append_archive_line(std::string& out, stored_event const& e) {
  // One memchr each; find_first_of would make one for every byte.
  bool const has_breaks =
      e.data.find('\n') != std::string::npos || e.data.find('\r') != std::string::npos;
  json_writer w{out};
  w.number("seq", number(e.seq.value))
      .number("job", number(e.job.value))
      .number("version", e.version)
      .number("generation", e.generation);
  w.string("type", e.type).time("at", e.at);
  if (has_breaks) {
    std::string one_line = e.data;  // a raw line break in JSON stands between tokens only
    std::ranges::replace_if(one_line, [](char c) { return breaks.find(c) != breaks.npos; }, ' ');
    w.raw("data", std::string_view{one_line}).string("text", e.data);
  } else {
    w.raw("data", std::string_view{e.data});
  }
  w.close();
  out += '\n';
}

result<stored_event, std::string> parse_archive_line(std::string_view line) {
  json_fields f{line};
  stored_event e;
  e.seq.value = read<std::uint64_t>(f, "seq");
  e.job.value = read<std::uint64_t>(f, "job");
  e.version = read<stream_version>(f, "version");
  e.generation = read<generation_number>(f, "generation");
  e.type = f.required<std::string>("type");
  auto const at = parse_rfc3339(f.required<std::string>("at"));
  if (at) e.at = *at;
  auto const data = f.raw("data");
  auto text = f.optional<std::string>("text");
  f.finish();
  if (!f.ok()) return f.errors().front().field + " " + f.errors().front().message;
  if (!at || !data) return std::string{"has no time or no data"};
  e.data = text ? std::move(*text) : std::string{*data};
  return e;
}

}  // namespace retrylab

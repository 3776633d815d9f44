#include "lab/run_series.hpp"

#include "events/core/limits.hpp"
#include "events/json_writer.hpp"

#include <fmt/format.h>

#include <iterator>

namespace retrylab {
namespace {

constexpr std::uint64_t thousand_millions = 1'000'000'000;
constexpr std::uint64_t share_digits = 100'000;

// append_value(out, slot) for each, with commas.
template <class AppendValue>
void append_column(json_writer& w, char const* name, run_series const& series,
                   AppendValue append_value) {
  w.nested(name, [&](std::string& out) {
    out += '[';
    for (series_slot const& slot : series.slots()) {
      if (out.back() != '[') out += ',';
      append_value(out, slot);
    }
    out += ']';
  });
}

void append_rate(std::string& out, std::uint64_t count, microseconds width) {
  std::uint64_t const milli = count * thousand_millions / static_cast<std::uint64_t>(width.count());
  fmt::format_to(std::back_inserter(out), "{}.{:03}", milli / 1000, milli % 1000);
}

}  // namespace

void run_series::ended(microseconds at, bool success) {
  series_slot& s = slot(at);
  ++s.ended;
  if (success) ++s.succeeded;
}

void run_series::reach(microseconds end) {
  if (end.count() > 0) slot(end - microseconds{1});
}

series_slot& run_series::slot(microseconds at) {
  while (at / width_ >= static_cast<std::int64_t>(limits::lab_series_points)) halve();
  auto const place = static_cast<std::size_t>(at / width_);
  if (place >= slots_.size()) slots_.resize(place + 1);
  return slots_[place];
}

void run_series::halve() {
  width_ *= 2;
  for (std::size_t i = 0; i < slots_.size(); i += 2) {
    series_slot two = slots_[i];
    if (i + 1 < slots_.size()) {
      series_slot const& next = slots_[i + 1];
      two.created += next.created;
      two.attempts += next.attempts;
      two.ended += next.ended;
      two.succeeded += next.succeeded;
    }
    slots_[i / 2] = two;
  }
  slots_.resize((slots_.size() + 1) / 2);
}

void append(std::string& out, run_series const& series) {
  json_writer w{out};
  w.number("width_us", series.width().count());
  append_column(w, "attempts_per_second", series, [&](std::string& to, series_slot const& s) {
    append_rate(to, s.attempts, series.width());
  });
  append_column(w, "created_per_second", series, [&](std::string& to, series_slot const& s) {
    append_rate(to, s.created, series.width());
  });
  std::uint64_t unfinished = 0;
  append_column(w, "unfinished", series, [&](std::string& to, series_slot const& s) {
    unfinished += s.created - s.ended;
    to += std::to_string(unfinished);
  });
  std::uint64_t created = 0;
  std::uint64_t succeeded = 0;
  append_column(w, "succeeded_share", series, [&](std::string& to, series_slot const& s) {
    created += s.created;
    succeeded += s.succeeded;
    if (created == 0) return void(to += "null");
    std::uint64_t const share = succeeded * share_digits / created;
    fmt::format_to(std::back_inserter(to), "{}.{:05}", share / share_digits, share % share_digits);
  });
  w.close();
}

}  // namespace retrylab

#include "events/event_codec.hpp"
#include "events/json_fields.hpp"
#include "events/json_writer.hpp"

namespace retrylab {
namespace {

constexpr int factor_digits = 3;
constexpr int jitter_digits = 6;
constexpr std::int64_t day_ms = 86'400'000;

void read_limit(json_fields& f, std::string_view name, milliseconds& value, std::int64_t low,
                std::int64_t high) {
  if (auto const n = f.in_range(name, low, high)) value = milliseconds{*n};
}

}  // namespace

void append(std::string& out, retry_policy const& p) {
  json_writer w{out};
  if (!p.name.empty()) w.string("name", p.name);
  w.string("kind", to_string(p.kind)).number("base_ms", p.base.count());
  w.fixed("factor", p.factor_milli, factor_digits).number("cap_ms", p.cap.count());
  w.fixed("jitter", p.jitter_ppm, jitter_digits);
  w.number("max_age_ms",
           p.max_age ? std::optional<std::int64_t>{p.max_age->count()} : std::nullopt);
  w.close();
}

void append_brief(std::string& out, retry_policy const& p) {
  static retry_policy const plain = [] {
    retry_policy usual;
    usual.kind = retry_kind::faktory;
    return usual;
  }();
  p == plain ? void(out += R"({"kind":"faktory"})") : append(out, p);
}

std::string encode(retry_policy const& p) {
  std::string out;
  append(out, p);
  return out;
}

retry_policy read_retry_policy(json_fields& f) {
  retry_policy p;
  p.name = f.optional<std::string>("name").value_or("");
  if (auto const name = f.optional<std::string>("kind")) {
    if (auto const kind = parse_retry_kind(*name)) {
      p.kind = *kind;
    } else {
      f.fail("kind", "must be exponential, linear, fixed or faktory");
    }
  }
  read_limit(f, "base_ms", p.base, 0, 30 * day_ms);
  p.cap = std::max(p.cap, p.base);  // whoever names only a long base means it
  read_limit(f, "cap_ms", p.cap, 0, 365 * day_ms);
  if (auto const factor = f.decimal("factor", factor_digits)) {
    if (*factor < 1000 || *factor > 100'000) f.fail("factor", "must be a number from 1 to 100");
    p.factor_milli = static_cast<std::uint32_t>(*factor);
  }
  if (auto const jitter = f.decimal("jitter", jitter_digits)) {
    if (*jitter > 1'000'000) f.fail("jitter", "must be a number from 0 to 1");
    p.jitter_ppm = static_cast<std::uint32_t>(*jitter);
  }
  if (auto const age = f.in_range("max_age_ms", 1, 10 * 365 * day_ms))
    p.max_age = milliseconds{*age};
  f.finish();
  return p;
}

}  // namespace retrylab

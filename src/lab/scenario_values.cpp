#include "lab/scenario_values.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>

namespace retrylab {
namespace {

constexpr std::uint64_t million = 1'000'000;

struct unit {
  std::string_view name;
  std::int64_t micros;
};
constexpr std::array<unit, 6> units{{{"d", 86'400'000'000},
                                     {"h", 3'600'000'000},
                                     {"m", 60'000'000},
                                     {"s", 1'000'000},
                                     {"ms", 1000},
                                     {"us", 1}}};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view take_while(std::string_view& text, bool (*fits)(char)) {
  std::size_t n = 0;
  while (n < text.size() && fits(text[n])) ++n;
  std::string_view const taken = text.substr(0, n);
  text.remove_prefix(n);
  return taken;
}

// A decimal off the front, in 10^-6: at most 12 digits before the point and 6 behind it.
std::optional<std::uint64_t> take_decimal(std::string_view& text) {
  std::string_view const whole = take_while(text, is_digit);
  if (whole.empty() || whole.size() > 12) return std::nullopt;
  std::uint64_t value = 0;
  for (char c : whole) value = value * 10 + static_cast<std::uint64_t>(c - '0');
  value *= million;
  if (text.empty() || text[0] != '.') return value;
  text.remove_prefix(1);
  std::string_view const fraction = take_while(text, is_digit);
  if (fraction.empty() || fraction.size() > 6) return std::nullopt;
  std::uint64_t place = million;
  for (char c : fraction) value += static_cast<std::uint64_t>(c - '0') * (place /= 10);
  return value;
}

__extension__ typedef __int128 wide;

std::optional<microseconds> take_part(std::string_view& text) {
  auto const value = take_decimal(text);
  std::string_view const name = take_while(text, [](char c) { return c >= 'a' && c <= 'z'; });
  for (unit const& u : units) {
    if (!value || u.name != name) continue;
    wide const micros = wide{static_cast<std::int64_t>(*value)} * u.micros / million;
    if (micros > INT64_MAX / 4) return std::nullopt;
    return microseconds{static_cast<std::int64_t>(micros)};
  }
  return std::nullopt;
}

template <class T, class Parse>
std::optional<expected_range<T>> parse_range(std::string_view text, T least, T most, Parse parse) {
  std::size_t const dots = text.find("..");
  if (dots == std::string_view::npos) {
    auto const one = parse(text);
    return one ? std::optional{expected_range<T>{*one, *one}} : std::nullopt;
  }
  std::string_view const low = text.substr(0, dots);
  std::string_view const high = text.substr(dots + 2);
  if (low.empty() && high.empty()) return std::nullopt;
  auto const from = low.empty() ? std::optional{least} : parse(low);
  auto const to = high.empty() ? std::optional{most} : parse(high);
  if (!from || !to || *to < *from) return std::nullopt;
  return expected_range<T>{*from, *to};
}

}  // namespace

std::optional<std::uint64_t> parse_count(std::string_view text) {
  std::uint64_t n = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return n;
}

std::optional<std::uint64_t> parse_milli(std::string_view text) {
  auto const value = take_decimal(text);
  if (!value || !text.empty() || *value % 1000 != 0) return std::nullopt;
  return *value / 1000;
}

std::optional<microseconds> parse_duration(std::string_view text) {
  if (text == "0") return microseconds{0};
  microseconds sum{0};
  if (text.empty()) return std::nullopt;
  while (!text.empty()) {
    auto const part = take_part(text);
    if (!part) return std::nullopt;
    if (sum > microseconds::max() / 2 - *part) return std::nullopt;
    sum += *part;
  }
  return sum;
}

std::optional<arrival_rate> parse_rate(std::string_view text) {
  std::size_t const slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  auto const count = parse_milli(text.substr(0, slash));
  std::string_view name = text.substr(slash + 1);
  if (name == "min") name = "m";
  for (unit const& u : units) {
    if (count && *count > 0 && u.name == name && u.micros >= 1000)
      return arrival_rate{*count, microseconds{u.micros * 1000}};
  }
  return std::nullopt;
}

std::optional<count_range> parse_count_range(std::string_view text) {
  return parse_range<std::uint64_t>(text, 0, any_count, parse_count);
}

std::optional<time_range> parse_time_range(std::string_view text) {
  return parse_range<microseconds>(text, microseconds{0}, microseconds::max(), parse_duration);
}

std::string print_milli(std::uint64_t milli) {
  std::string out = fmt::format("{}.{:03}", milli / 1000, milli % 1000);
  while (out.back() == '0') out.pop_back();
  if (out.back() == '.') out.pop_back();
  return out;
}

std::string print_duration(microseconds t) {
  if (t.count() == 0) return "0s";
  std::int64_t left = t.count();
  if (left < 1'000'000) {
    if (left % 1000 == 0) return fmt::format("{}ms", left / 1000);
    return left < 1000 ? fmt::format("{}us", left)
                       : fmt::format("{}ms", static_cast<double>(left) / 1000);
  }
  std::string out;
  for (unit const& u : units) {
    if (u.name == "s") break;
    if (left >= u.micros) out += fmt::format("{}{}", left / u.micros, u.name);
    left %= u.micros;
  }
  if (left == 0) return out;
  std::string seconds = fmt::format("{}.{:06}", left / 1'000'000, left % 1'000'000);
  while (seconds.back() == '0') seconds.pop_back();
  if (seconds.back() == '.') seconds.pop_back();
  return out + seconds + "s";
}

std::string print_time(microseconds t) {
  std::int64_t const n = t.count();
  std::int64_t const seconds = n / 1'000'000;
  std::string out = fmt::format("{}:{:02}:{:02}.{:03}", seconds / 3600, seconds / 60 % 60,
                                seconds % 60, n / 1000 % 1000);
  if (n % 1000 != 0) out += fmt::format("{:03}", n % 1000);
  return out;
}

std::string print_count(std::uint64_t n) {
  std::string out = std::to_string(n);
  for (std::size_t at = out.size(); at > 3; at -= 3) out.insert(at - 3, ",");
  return out;
}

std::string print(count_range const& range) {
  if (range.low == range.high) return print_count(range.low);
  if (range.high == any_count) return "at least " + print_count(range.low);
  if (range.low == 0) return "at most " + print_count(range.high);
  return print_count(range.low) + " to " + print_count(range.high);
}

std::string print(time_range const& range) {
  if (range.low == range.high) return print_duration(range.low);
  if (range.high == microseconds::max()) return "at least " + print_duration(range.low);
  if (range.low.count() == 0) return "at most " + print_duration(range.high);
  return print_duration(range.low) + " to " + print_duration(range.high);
}

}  // namespace retrylab

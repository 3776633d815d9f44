#include "http/query_reader.hpp"

#include "http/problem.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

namespace retrylab {

std::optional<std::uint64_t> unsigned_number(std::string_view text) {
  std::uint64_t value = 0;
  auto const [end, ec] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (ec != std::errc{} || end != text.data() + text.size() ||
      value > std::numeric_limits<std::int64_t>::max())
    return std::nullopt;
  return value;
}

std::vector<std::string> query_reader::texts(std::string_view name) {
  std::vector<std::string> found;
  known_.push_back(name);
  for (auto const& [key, value] : request_.query) {
    if (key == name && !value.empty()) found.push_back(value);
  }
  return found;
}

std::vector<std::string> query_reader::list(std::string_view name) {
  std::vector<std::string> parts;
  for (std::string const& text : texts(name)) {
    for (std::size_t from = 0; from < text.size();) {
      std::size_t const comma = std::min(text.find(',', from), text.size());
      parts.push_back(text.substr(from, comma - from));
      from = comma + 1;
    }
  }
  return parts;
}

std::optional<std::string> query_reader::text(std::string_view name) {
  auto const named = [&](auto const& parameter) { return parameter.first == name; };
  if (std::count_if(request_.query.begin(), request_.query.end(), named) > 1)
    fail(name, "is given twice");
  auto found = texts(name);
  return found.empty() ? std::nullopt : std::optional{std::move(found.front())};
}

std::optional<std::uint64_t> query_reader::number(std::string_view name, std::uint64_t low,
                                                  std::uint64_t high) {
  auto const found = text(name);
  if (!found) return std::nullopt;
  auto const value = unsigned_number(*found);
  if (value && *value >= low && *value <= high) return value;
  fail(name, "must be an integer from " + std::to_string(low) + " to " + std::to_string(high));
  return std::nullopt;
}

std::optional<timestamp> query_reader::time(std::string_view name) {
  auto const found = text(name);
  if (!found) return std::nullopt;
  auto const at = parse_rfc3339(*found);
  if (!at) fail(name, "must be a time in RFC 3339, such as 2026-11-23T15:04:05Z");
  return at;
}

void query_reader::add(unsigned status, std::string_view name, std::string message) {
  errors_.push_back({prefix_ + std::string{name}, std::move(message)});
  status_ = std::min(status_, status);
}

std::optional<response> query_reader::finish() {
  for (auto const& [key, value] : request_.query) {
    if (std::find(known_.begin(), known_.end(), key) == known_.end())
      fail(key, "is not known here");
  }
  if (errors_.empty()) return std::nullopt;
  return problem(status_, errors_.front().field + " " + errors_.front().message, errors_);
}

}  // namespace retrylab

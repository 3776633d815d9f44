#include "events/id_ranges.hpp"

#include <charconv>

namespace retrylab {
namespace {

std::optional<job_id> parse_id(std::string_view text) {
  job_id id;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), id.value);
  if (error != std::errc{} || end != text.data() + text.size() || id.value == 0)
    return std::nullopt;
  return id;
}

}  // namespace

std::vector<id_range> ranges_of(std::span<job_id const> ids) {
  std::vector<id_range> ranges;
  for (job_id id : ids) {
    if (!ranges.empty() && ranges.back().last.value + 1 == id.value) {
      ranges.back().last = id;
    } else {
      ranges.push_back({id, id});
    }
  }
  return ranges;
}

std::string to_text(std::span<id_range const> ranges) {
  std::string text;
  for (id_range const& range : ranges) {
    if (!text.empty()) text += ',';
    text += std::to_string(range.first.value);
    if (range.last != range.first) text.append("-").append(std::to_string(range.last.value));
  }
  return text;
}

result<std::vector<id_range>, std::string> parse_ranges(std::string_view text) {
  std::vector<id_range> ranges;
  while (!text.empty()) {
    std::string_view const part = text.substr(0, text.find(','));
    text.remove_prefix(std::min(part.size() + 1, text.size()));
    auto const dash = part.find('-');
    auto const first = parse_id(part.substr(0, dash));
    auto const last = dash == part.npos ? first : parse_id(part.substr(dash + 1));
    if (!first || !last || *last < *first || (!ranges.empty() && *first <= ranges.back().last))
      return "\"" + std::string{part} + "\" is no range of job ids";
    ranges.push_back({*first, *last});
  }
  return ranges;
}

std::vector<job_id> ids_in(std::span<id_range const> ranges) {
  std::vector<job_id> ids;
  for (id_range const& range : ranges) {
    for (job_id id = range.first; id <= range.last; ++id.value) ids.push_back(id);
  }
  return ids;
}

}  // namespace retrylab

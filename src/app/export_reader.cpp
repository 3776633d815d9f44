#include "app/export_reader.hpp"

#include "events/sha256_stream.hpp"
#include "events/store/archive_line.hpp"

#include <array>

namespace retrylab {
namespace {

constexpr std::array<char, 4> zstd_magic{'\x28', '\xb5', '\x2f', '\xfd'};
constexpr std::string_view no_event = R"({"seq":0,)";  // how the last line begins

// The traces of earlier versions have no first line that says what they are.
bool is_whole_log(stored_event const& first) {
  return first.seq == seq{1} && first.job == system_id;
}

result<export_contents, fork_error> read_to_the_end(export_reader& source,
                                                    stored_event const& first) {
  export_contents found;
  found.head.from = found.end.last = first.seq;
  found.head.at = found.end.until = first.at;
  found.head.epoch = 1;
  for (;;) {
    auto const event = source.next_event();
    if (!event) return event.error();
    if (!*event) return found;
    found.end.last = (*event)->seq;
    found.end.until = (*event)->at;
  }
}

std::optional<std::string> misfit(export_end const& end, std::uint64_t events,
                                  std::string const& sha256) {
  if (end.events != events)
    return "the last line promises " + std::to_string(end.events) + " events, but " +
           std::to_string(events) + " stand before it";
  if (end.sha256 != sha256)
    return "the events are not those that were written: their SHA-256 is " + sha256 + ", not " +
           end.sha256;
  return std::nullopt;
}

// From the second line on.
result<export_end, fork_error> read_end(export_reader& source) {
  sha256_stream hash;
  for (std::uint64_t events = 0;; ++events) {
    auto const line = source.next_line();
    if (!line) return line.error();
    if (!*line)
      return source.error("ends without the last line that its first one promises: it was cut off");
    if (!(*line)->starts_with(no_event)) {
      hash.add(**line);
      hash.add("\n");
      continue;
    }
    auto const last = source.parse(**line);
    if (!last) return last.error();
    auto end = read_export_end(*last);
    if (!end) return source.error(end.error());
    if (auto const wrong = misfit(*end, events, to_hex(hash.finish()))) return source.error(*wrong);
    auto const behind = source.next_line();
    if (!behind) return behind.error();
    if (*behind) return source.error("stands behind the last line");
    return std::move(*end);
  }
}

}  // namespace

export_reader::export_reader(std::filesystem::path const& file)
    : file_(file), plain_(file, std::ios::binary) {
  std::array<char, 4> first{};
  plain_.read(first.data(), first.size());
  bool const compressed = plain_ && first == zstd_magic;
  readable_ = plain_.is_open();
  if (compressed) packed_.emplace(file, 0);
  plain_.clear();
  plain_.seekg(0);
}

result<std::optional<std::string_view>, fork_error> export_reader::next_line() {
  if (!readable_) return error("cannot be read");
  std::optional<std::string_view> found;
  if (packed_) {
    auto const line = packed_->next();
    if (!line) return error(line.error().message);
    found = *line;
  } else if (std::getline(plain_, line_)) {
    found = line_;
  }
  if (found) ++number_;
  return found;
}

result<std::optional<stored_event>, fork_error> export_reader::next_event() {
  auto const line = next_line();
  if (!line) return line.error();
  if (!*line) return std::optional<stored_event>{};
  auto event = parse(**line);
  if (!event) return event.error();
  if (event->seq != seq{}) return std::optional{std::move(*event)};
  return number_ == 1 ? next_event() : std::optional<stored_event>{};
}

result<stored_event, fork_error> export_reader::parse(std::string_view line) const {
  auto event = parse_archive_line(line);
  if (!event) return error(event.error());
  return std::move(*event);
}

fork_error export_reader::error(std::string const& what) const {
  return {file_.string() + ":" + std::to_string(number_) + ": " + what};
}

result<export_contents, fork_error> check_export(std::filesystem::path const& file) {
  export_reader source{file};
  auto const line = source.next_line();
  if (!line) return line.error();
  if (!*line) return source.error("is empty");
  auto const first = source.parse(**line);
  if (!first) return first.error();
  if (is_whole_log(*first)) return read_to_the_end(source, *first);
  auto head = read_export_head(*first);
  if (!head) return source.error(head.error());
  if (head->last) return export_contents{*head, {*head->last, head->at, 0, {}}, false};
  auto const end = read_end(source);
  if (!end) return end.error();
  return export_contents{std::move(*head), *end, true};
}

}  // namespace retrylab

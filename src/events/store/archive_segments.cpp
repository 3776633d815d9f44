#include "events/store/archive_segments.hpp"

#include "events/chain.hpp"
#include "events/core/limits.hpp"
#include "events/event_codec.hpp"
#include "events/store/archive_line.hpp"
#include "events/store/zstd_text.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <unistd.h>

namespace retrylab {
namespace {

constexpr std::string_view ending = ".ndjson.zst";
constexpr std::string_view unfinished = ".tmp";
constexpr std::size_t digits = 8;

store_failure failure_of(std::filesystem::path const& file, int error) {
  return {error == ENOSPC || error == EDQUOT ? store_failure::kind::disk_full
                                             : store_failure::kind::refused,
          file.string() + ": " + std::strerror(error)};
}

std::optional<int> write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    ssize_t const written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno != EINTR) return errno;
    if (written > 0) bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return std::nullopt;
}

std::optional<store_failure> write_synced(std::filesystem::path const& file,
                                          std::string_view bytes) {
  int const fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0) return failure_of(file, errno);
  auto error = write_all(fd, bytes);
  if (!error && ::fsync(fd) != 0) error = errno;
  if (::close(fd) != 0 && !error) error = errno;
  return error ? std::optional{failure_of(file, *error)} : std::nullopt;
}

std::optional<store_failure> sync_directory(std::filesystem::path const& directory) {
  int const fd = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return failure_of(directory, errno);
  std::optional<store_failure> failure;
  if (::fsync(fd) != 0) failure = failure_of(directory, errno);
  ::close(fd);
  return failure;
}

}  // namespace

std::string segment_name(std::uint64_t number) {
  std::string name = std::to_string(number);
  if (name.size() < digits) name.insert(0, digits - name.size(), '0');
  return name.append(ending);
}

std::optional<std::string> sha256_of_file(std::filesystem::path const& file) {
  std::ifstream in{file, std::ios::binary};
  if (!in) return std::nullopt;
  std::string const bytes{std::istreambuf_iterator<char>{in}, {}};
  if (in.bad()) return std::nullopt;
  return to_hex(sha256(bytes));
}

std::optional<store_failure> segment_directory::tidy_up(std::uint64_t purges) {
  std::error_code ec;
  std::filesystem::path const expected = directory_ / segment_name(purges + 1);
  for (auto const& entry : std::filesystem::directory_iterator{directory_, ec}) {
    std::string const name = entry.path().filename().string();
    if (name.ends_with(unfinished)) std::filesystem::remove(entry.path(), ec);
    if (!name.ends_with(ending) || entry.path() == expected) continue;
    if (name.size() > expected.filename().string().size() || name > expected.filename().string())
      return store_failure{store_failure::kind::refused,
                           entry.path().string() + " is not of this log, which has purged " +
                               std::to_string(purges) + " times; move it away"};
  }
  std::filesystem::remove(expected, ec);
  return std::nullopt;
}

result<archived_segment, store_failure> segment_directory::write(
    std::uint64_t number, std::span<stored_event const> events) {
  std::string text;
  for (stored_event const& event : events) append_archive_line(text, event);
  std::string const bytes = zstd_compress(text);
  std::error_code ec;
  bool const made = std::filesystem::create_directory(directory_, ec);
  if (ec) return failure_of(directory_, ec.value());
  if (made) {  // its own name must be on disk too
    if (auto failure = sync_directory(directory_.parent_path())) return *failure;
  }
  std::filesystem::path const file = directory_ / segment_name(number);
  std::filesystem::path const written = file.string().append(unfinished);
  if (auto failure = write_synced(written, bytes)) return *failure;
  std::filesystem::rename(written, file, ec);
  if (ec) return failure_of(file, ec.value());
  if (auto failure = sync_directory(directory_)) return *failure;
  return archived_segment{segment_name(number), to_hex(sha256(bytes))};
}

result<std::vector<purged>, store_failure> read_purges(event_reader& log, stream_version& after) {
  std::vector<purged> found;
  for (;;) {
    auto const rows = log.read_stream(system_id, after, limits::page_events);
    if (!rows) return rows.error();
    for (stored_event const& row : *rows) {
      after = row.version;
      if (row.type != "Purged") continue;
      auto event = decode_system_event(row.type, row.data);
      if (!event) return store_failure{store_failure::kind::refused, event.error()};
      found.push_back(std::get<purged>(std::move(*event)));
    }
    if (rows->size() < limits::page_events) return found;
  }
}

}  // namespace retrylab

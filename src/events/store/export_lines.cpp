#include "events/store/export_lines.hpp"

#include "events/store/archive_line.hpp"

namespace retrylab {
namespace {

constexpr std::size_t flush_bytes = 64 * 1024;

}  // namespace

export_lines::export_lines(export_head const& head, sink write) : write_(std::move(write)) {
  lines_.reserve(flush_bytes + 4096);
  end_.until = head.at;
  if (!write_) return;
  std::string first;
  append_archive_line(first, to_event(head));
  write_(first);
}

void export_lines::add(stored_event const& event) {
  append_archive_line(lines_, event);
  end_.last = event.seq;
  end_.until = event.at;
  ++end_.events;
  if (lines_.size() >= flush_bytes) flush();
}

void export_lines::flush() {
  hash_.add(lines_);
  if (write_) write_(lines_);
  lines_.clear();
}

export_end export_lines::finish(std::optional<timestamp> until) {
  flush();
  end_.until = until.value_or(end_.until);
  end_.sha256 = to_hex(hash_.finish());
  append_archive_line(lines_, to_event(end_));
  if (write_) write_(lines_);
  return end_;
}

}  // namespace retrylab

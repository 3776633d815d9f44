#include "events/store/merged_log.hpp"

#include "events/store/archive_segments.hpp"

#include <iterator>

namespace retrylab {

events_or_failure merged_log::read_all(seq after, std::size_t limit) {
  auto page = log_->read_all(after, limit);
  if (!page) return page;
  auto const steps = read_purges(*log_, purges_read_);
  if (!steps) return steps.error();
  archive_.seek(after);
  for (purged const& step : *steps) {
    if (!step.archive.empty()) archive_.add(step);
  }
  if (archive_.segments() == 0) return page;
  bool const log_goes_on = page->size() == limit;
  std::vector<stored_event> merged;
  auto row = page->begin();
  while (merged.size() < limit) {
    stored_event const* const archived = archive_.peek();
    if (row == page->end() && (!archived || log_goes_on)) break;
    if (row != page->end() && (!archived || row->seq <= archived->seq)) {
      merged.push_back(std::move(*row++));
      archive_.seek(merged.back().seq);  // passes over the same event, purged meanwhile
    } else {
      merged.push_back(archive_.take());
    }
  }
  return merged;
}

}  // namespace retrylab

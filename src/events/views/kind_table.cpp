#include "events/views/kind_table.hpp"

namespace retrylab {
namespace {

void add(status_counts& to, status_counts const& from) {
  for (std::size_t i = 0; i < to.size(); ++i) to[i] += from[i];
}

}  // namespace

status_counts shown_counts(job_kind const& kind) {
  status_counts shown = kind.stored;
  for (std::size_t i = 0; i < shown.size(); ++i) {
    shown[i] -= kind.due[i];
    shown[static_cast<std::size_t>(job_status::queued)] += kind.due[i];
  }
  return shown;
}

kind_number kind_table::number_of(std::string_view queue, std::string_view type) {
  auto types = numbers_.find(queue);
  if (types == numbers_.end()) types = numbers_.emplace(queue, by_type{}).first;
  if (auto const found = types->second.find(type); found != types->second.end())
    return found->second;
  job_kind added;
  added.queue = queue;
  added.type = type;
  kinds_.push_back(std::move(added));
  auto const number = static_cast<kind_number>(kinds_.size());
  types->second.emplace(type, number);
  return number;
}

void kind_table::count_due(kind_change const& change) {
  at(change.kind).due.at(static_cast<std::size_t>(change.status)) += change.jobs;
}

status_counts kind_table::total() const {
  status_counts sum{};
  for (job_kind const& kind : kinds_) add(sum, shown_counts(kind));
  return sum;
}

job_counts kind_table::sums(seq as_of) const {
  job_counts out;
  out.seq = as_of;
  for (job_kind const& kind : kinds_) {
    status_counts const shown = shown_counts(kind);
    add(out.total, shown);
    add(out.by_queue[kind.queue], shown);
    add(out.by_type[kind.type], shown);
  }
  return out;
}

}  // namespace retrylab

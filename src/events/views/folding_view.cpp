#include "events/views/folding_view.hpp"

#include "events/event_codec.hpp"

#include <set>

namespace retrylab {
namespace {

store_failure refused(std::string why) { return {store_failure::kind::refused, std::move(why)}; }

void add(status_counts& to, status_counts const& from) {
  for (std::size_t i = 0; i < to.size(); ++i) to[i] += from[i];
}

count_key key_of(job_state const& s) { return {s.spec->queue, s.spec->type}; }

std::int64_t& slot(count_table& table, job_state const& s) {
  return table[key_of(s)][static_cast<std::size_t>(s.status)];
}

}  // namespace

job_counts sum(count_table const& table) {
  job_counts out;
  for (auto const& [key, counts] : table) {
    add(out.total, counts);
    add(out.by_queue[key.first], counts);
    add(out.by_type[key.second], counts);
  }
  return out;
}

void show_due_as_queued(count_table& counts, count_table const& due) {
  for (auto const& [key, waiting] : due) {
    status_counts& row = counts[key];
    for (std::size_t i = 0; i < waiting.size(); ++i) {
      row[i] -= waiting[i];
      row[static_cast<std::size_t>(job_status::queued)] += waiting[i];
    }
  }
}

view_result<projection> folding_view::fold_events(std::span<stored_event const> events) {
  projection p;
  p.from = p.to = checkpoint_;
  std::map<job_id, job_state> states;
  count_table next;
  for (stored_event const& row : events) {
    if (row.seq != p.to.next()) {
      return refused("the view stands at event " + std::to_string(p.to.value) +
                     " and was given event " + std::to_string(row.seq.value));
    }
    p.to = row.seq;
    p.at = row.at;
    if (row.job == system_id) {
      if (auto const event = decode_system_event(row.type, row.data); !event)
        return refused(event.error());
      continue;
    }
    auto const record = decode(row);
    if (!record) return refused(record.error());
    auto found = states.find(row.job);
    if (found == states.end()) {
      job_state before = load(row.job).value_or(job_state{});
      if (before.exists()) --slot(next, before);
      found = states.emplace(row.job, std::move(before)).first;
    }
    found->second = evolve(std::move(found->second), *record);
  }
  for (auto& [id, state] : states) {
    ++slot(next, state);
    p.changed.push_back(std::move(state));
  }
  std::vector<count_key> touched;
  for (auto const& [key, change] : next) {
    add(counts_[key], change);
    touched.push_back(key);
  }
  save(p, touched);
  checkpoint_ = p.to;
  count_table shown = counts_;
  show_due_as_queued(shown, due_waiting(p.at));
  p.counts = sum(shown).total;
  return p;
}

}  // namespace retrylab

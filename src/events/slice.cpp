#include "events/slice.hpp"

#include "events/event_codec.hpp"
#include "events/json_fields.hpp"
#include "events/json_writer.hpp"

#include <algorithm>

namespace retrylab {
namespace {

constexpr std::int64_t first_format = 1;  // has no last line
constexpr std::int64_t format = 2;

std::int64_t number(std::uint64_t n) { return static_cast<std::int64_t>(n); }

std::uint64_t count(json_fields& f, std::string_view name) {
  return static_cast<std::uint64_t>(f.in_range(name, 0, INT64_MAX).value_or(0));
}

std::string first_error(json_fields const& f) {
  return f.errors().front().field + " " + f.errors().front().message;
}

bool ends_for_good(std::string const& type) {
  return type == "Succeeded" || type == "Cancelled" || type == "Discarded";
}

}  // namespace

stored_event to_event(export_head const& head) {
  stored_event e;
  e.type = export_head_type;
  e.at = head.at;
  json_writer w{e.data};
  w.number("format", format)
      .number("from", number(head.from.value))
      .number("epoch", number(head.epoch))
      .string("chain", head.chain)
      .number("chain_seq", number(head.chain_seq.value))
      .boolean("redacted", head.redacted);
  w.close();
  return e;
}

result<export_head, std::string> read_export_head(stored_event const& event) {
  if (event.type != export_head_type)
    return std::string{"does not begin with what `retrylab export` writes first"};
  json_fields f{event.data};
  auto const found = f.required<std::int64_t>("format");
  if (f.ok() && found != format && found != first_format)
    return "has format " + std::to_string(found) + "; this program reads the formats " +
           std::to_string(first_format) + " and " + std::to_string(format);
  export_head head;
  head.from = seq{count(f, "from")};
  head.at = event.at;
  if (found == first_format) head.last = seq{count(f, "last")};
  head.epoch = count(f, "epoch");
  head.chain = f.required<std::string>("chain");
  head.chain_seq = seq{count(f, "chain_seq")};
  head.redacted = f.required<bool>("redacted");
  f.finish();
  if (!f.ok()) return first_error(f);
  return head;
}

stored_event to_event(export_end const& end) {
  stored_event e;
  e.type = export_end_type;
  e.at = end.until;
  json_writer w{e.data};
  w.number("last", number(end.last.value))
      .number("events", number(end.events))
      .string("sha256", end.sha256);
  w.close();
  return e;
}

result<export_end, std::string> read_export_end(stored_event const& event) {
  if (event.type != export_end_type) return std::string{"is no event and not the last line"};
  json_fields f{event.data};
  export_end end{seq{count(f, "last")}, event.at, count(f, "events"), {}};
  end.sha256 = f.required<std::string>("sha256");
  f.finish();
  if (!f.ok()) return first_error(f);
  return end;
}

void slice_jobs::before(stored_event const& event) {
  if (event.job == system_id) return follow_batch(event);
  newest_ = std::max(newest_, event.job);
  ends_for_good(event.type) ? void(alive_.erase(event.job)) : void(alive_.insert(event.job));
  if (event.type != "Created" || event.data.find(R"("batch":)") == std::string::npos) return;
  auto const decoded = decode_job_event(event.type, event.data);
  if (!decoded) return;  // who folds it will say so
  job_spec const& spec = *std::get<created>(*decoded).spec;
  if (spec.batch) batches_[*spec.batch].insert(event.job);
  if (spec.callback) batches_[spec.callback->batch].insert(event.job);
}

void slice_jobs::follow_batch(stored_event const& event) {
  if (event.type != "BatchEnded") return;
  auto const decoded = decode_system_event(event.type, event.data);
  if (decoded) batches_.erase(std::get<batch_ended>(*decoded).batch);
}

void slice_jobs::inside(stored_event const& event) {
  if (event.job != system_id && event.job <= newest_) touched_.insert(event.job);
}

bool slice_jobs::has(job_id job) const {
  return job >= newest_ || alive_.contains(job) || touched_.contains(job) ||
         std::ranges::any_of(batches_, [&](auto const& b) { return b.second.contains(job); });
}

}  // namespace retrylab

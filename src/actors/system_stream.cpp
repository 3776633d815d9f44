#include "actors/system_stream.hpp"

#include "actors/load_job.hpp"
#include "events/core/limits.hpp"
#include "events/event_codec.hpp"

#include <boost/asio/post.hpp>
#include <spdlog/spdlog.h>

namespace retrylab {

bool system_stream::recover(event_reader& log) {
  auto const rows = read_whole_stream(log, system_id);
  if (!rows) return false;
  for (stored_event const& row : *rows) {
    auto event = decode_system_event(row.type, row.data);
    if (!event) return spdlog::error("event {}: {}", row.seq.value, event.error()), false;
    evolve(state_, {row.seq, row.at, std::move(*event)});
  }
  return true;
}

void system_stream::append(system_event event, callback<append_reply> answer,
                           std::optional<stream_purge> purge) {
  if (waiting_.size() >= limits::system_waiting)
    return std::move(answer)(append_reply{log_refusal::busy});
  waiting_.push_back({std::move(event), std::move(answer), std::move(purge)});
  if (under_way_.empty()) next();
}

// A purge goes alone: it may be refused for what others did meanwhile.
bool system_stream::joins(waiting const& w) const {
  if (under_way_.empty()) return true;
  return !w.purge && !under_way_.front().purge && under_way_.size() < limits::system_batch;
}

stream_version system_stream::version_after(std::size_t events) const {
  return version_ + static_cast<stream_version>(events);
}

void system_stream::next() {
  at_ = clock_.now();
  append_batch batch;
  while (!waiting_.empty() && joins(waiting_.front())) {
    waiting w = std::move(waiting_.front());
    waiting_.pop_front();
    encoded_event encoded = encode(w.event);
    if (w.purge) batch.purge = std::move(*w.purge);
    batch.events.push_back({seq{}, system_id, version_after(under_way_.size()) + 1, 1,
                            std::string{encoded.type}, at_, std::move(encoded.data), nullptr});
    under_way_.push_back(std::move(w));
  }
  log_.append(std::move(batch), [this](append_reply reply) { stored(reply); });
}

void system_stream::stored(append_reply reply) {
  std::vector<waiting> done = std::exchange(under_way_, {});
  auto const* const at = std::get_if<appended>(&reply);
  if (at) {
    version_ = version_after(done.size());
    last_ = seq{at->first.value + done.size() - 1};
    for (std::size_t i = 0; i < done.size(); ++i)
      evolve(state_, {seq{at->first.value + i}, at_, std::move(done[i].event)});
  }
  if (!waiting_.empty()) next();
  append_reply each = reply;
  for (std::size_t i = 0; i < done.size(); ++i) {
    if (at) each = appended{seq{at->first.value + i}};
    std::move(done[i].answer)(each);
  }
}

}  // namespace retrylab

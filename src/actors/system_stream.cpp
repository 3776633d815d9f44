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
    auto const event = decode_system_event(row.type, row.data);
    if (!event) return spdlog::error("event {}: {}", row.seq.value, event.error()), false;
    evolve(state_, *event, row.at);
  }
  return true;
}

void system_stream::append(system_event event, callback<append_reply> answer,
                           std::optional<stream_purge> purge) {
  if (queue_.size() >= limits::mailbox) return std::move(answer)(append_reply{log_refusal::busy});
  queue_.push_back({std::move(event), std::move(answer), std::move(purge), {}});
  if (queue_.size() == 1) next();
}

void system_stream::next() {
  encoded_event encoded = encode(queue_.front().event);
  queue_.front().at = clock_.now();
  append_batch batch;
  batch.purge = std::move(queue_.front().purge);
  batch.events.push_back({seq{}, system_id, version_ + 1, 1, std::string{encoded.type},
                          queue_.front().at, std::move(encoded.data), nullptr});
  log_.append(std::move(batch), [this](append_reply reply) { stored(reply); });
}

void system_stream::stored(append_reply reply) {
  waiting done = std::move(queue_.front());
  queue_.pop_front();
  if (auto const* const at = std::get_if<appended>(&reply)) {
    ++version_;
    last_ = at->first;
    evolve(state_, done.event, done.at);
  }
  if (!queue_.empty()) next();
  std::move(done.answer)(reply);
}

}  // namespace retrylab

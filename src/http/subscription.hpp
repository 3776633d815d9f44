#pragma once
// What a WebSocket client wants to hear, and the frames that tell it. Nothing of sockets here.
//
// A frame says which part of the log it covers, (prev, seq]; a client that applies every frame
// whose prev is its own seq has neither a gap nor a double. Newest states of jobs stand for all
// changes in between.

#include "actors/live_feed.hpp"
#include "actors/runtime/read_pool.hpp"
#include "events/core/result.hpp"

#include <optional>
#include <set>
#include <string>

namespace retrylab {

struct subscription {
  bool jobs = true;
  bool events = true;
  bool stats = true;
  std::optional<job_id> job{};
  std::set<job_id> watched{};  // told of in any case
  std::set<job_status> statuses{};
  std::optional<std::string> type{};
  std::optional<std::string> queue{};
  std::optional<seq> after{};
  std::string key{};  // the same for wishes that read the same; `after` apart
};

// The error is for the close frame.
[[nodiscard]] result<subscription, std::string> read_subscription(std::string_view text);

struct frame {
  std::string text;
  retrylab::seq seq{};  // what the client has applied afterwards
};

[[nodiscard]] frame hello_frame(seq at, status_counts const& counts);
[[nodiscard]] frame reset_frame(seq prev, seq at);
// Says only that the client is up to date.
[[nodiscard]] frame empty_frame(seq at);

// The newest steps as one frame, for a cursor that the feed holds. Nothing when there are none.
[[nodiscard]] std::optional<frame> live_frame(subscription const& sub, live_feed const& feed,
                                              seq cursor, timestamp now);

// The same from the stores, for a cursor that fell behind the feed: a frame up to the view's
// checkpoint, or a reset when too much has happened. Runs in the read pool.
[[nodiscard]] std::optional<frame> stored_frame(subscription const& sub, readers& from, seq cursor,
                                                timestamp now);

}  // namespace retrylab

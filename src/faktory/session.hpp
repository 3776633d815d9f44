#pragma once
// What a running session knows, for the functions that run its commands.

#include "faktory/faktory_context.hpp"
#include "faktory/handshake.hpp"
#include "faktory/line_reader.hpp"
#include "faktory/reply.hpp"

#include <boost/asio/awaitable.hpp>

#include <vector>

namespace retrylab {

// A job that was pushed and waits for those behind it, to be written with them.
struct pushed_job {
  std::optional<reply_error> refused{};
  prepared_job job{};
};

struct faktory_session {
  boost::asio::ip::tcp::socket socket;
  faktory_context& context;
  std::list<faktory_connection>::iterator entry;
  hello who{};
  std::string worker{};  // the name of whoever fetches here: the wid, or one of the connection
  line_reader reader{};
  std::string out{};
  std::vector<pushed_job> pushed{};
  bool ended = false;

  [[nodiscard]] engine& core() const { return context.core; }
};

using command_done = boost::asio::awaitable<void>;

// PUSH only gathers; write_pushed() appends the jobs and the replies, in order.
void gather_push(faktory_session& s, std::string_view rest);
command_done write_pushed(faktory_session& s);
command_done run_pushb(faktory_session& s, std::string_view rest);

command_done run_fetch(faktory_session& s, std::string_view rest);
command_done run_ack(faktory_session& s, std::string_view rest);
command_done run_fail(faktory_session& s, std::string_view rest);
command_done run_beat(faktory_session& s, std::string_view rest);

command_done run_info(faktory_session& s);
command_done run_flush(faktory_session& s);
command_done run_queue(faktory_session& s, std::string_view rest);
command_done run_mutate(faktory_session& s, std::string_view rest);
command_done run_track(faktory_session& s, std::string_view rest);
command_done run_batch(faktory_session& s, std::string_view rest);

// Asks a job's actor, as the session's coroutine.
boost::asio::awaitable<ask_answer> ask_job(engine& core, job_id job, job_command command);

}  // namespace retrylab

#pragma once
// What the engine has handed to other threads and not heard of yet: with it a server whose clock
// stands still can tell when nothing more will happen by itself. Io thread only, but for the tasks
// themselves.

#include "actors/runtime/commit_log.hpp"
#include "actors/runtime/read_pool.hpp"

#include <boost/asio/awaitable.hpp>

namespace retrylab {

class work_under_way {
 public:
  explicit work_under_way(boost::asio::any_io_executor io) : io_(std::move(io)) {}
  work_under_way(work_under_way const&) = delete;
  work_under_way& operator=(work_under_way const&) = delete;

  void begins() {
    ++count_;
    ++begun_;
  }
  void ends();
  // Until nothing is under way, and nothing that is posted to the io thread begins anything.
  boost::asio::awaitable<void> settled();

  [[nodiscard]] boost::asio::any_io_executor const& io() const { return io_; }

 private:
  boost::asio::awaitable<void> until_none();

  boost::asio::any_io_executor io_;
  std::size_t count_ = 0;
  std::uint64_t begun_ = 0;
  std::vector<completion<bool>> waiting_;
};

class watched_log final : public commit_log {
 public:
  watched_log(commit_log& log, work_under_way& work) : log_(log), work_(work) {}
  void append(append_batch batch, callback<append_reply> answer) override;

 private:
  commit_log& log_;
  work_under_way& work_;
};

class watched_reads final : public read_pool {
 public:
  watched_reads(read_pool& pool, work_under_way& work) : pool_(pool), work_(work) {}
  bool submit(task work) override;

 private:
  read_pool& pool_;
  work_under_way& work_;
};

}  // namespace retrylab

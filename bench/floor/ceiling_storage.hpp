#pragma once
// The storage of the ceiling program: one thread that commits whatever waits, in one transaction.
// While it syncs, the next group gathers. accept() is called on the io thread, and answers come
// back there.

#include "floor/bare_table.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/json/value.hpp>

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace retrylab::floor {

struct storage_options {
  std::filesystem::path data;
  unsigned events_per_job = 1;  // 3: a whole lifecycle, in the same transaction
  std::string synchronous = "FULL";
};

struct accepted {
  std::int64_t first = 0;  // id
  std::int64_t count = 0;
};

class storage {
 public:
  storage(boost::asio::io_context& io, storage_options const& options);
  ~storage();
  storage(storage const&) = delete;
  storage& operator=(storage const&) = delete;

  // One job, or an array of them; `reply` runs on the io thread when they are on disk.
  void accept(boost::json::value const& jobs, std::function<void(accepted const&)> reply);
  void stop();

 private:
  struct waiting {
    accepted jobs;
    std::function<void(accepted const&)> reply;
  };
  void add_rows(boost::json::value const& job, std::vector<row>& rows);
  void run();

  boost::asio::io_context& io_;
  storage_options const options_;
  std::int64_t last_job_ = 0;  // io thread
  bare_table table_;           // storage thread
  std::mutex mutex_;
  std::condition_variable more_;
  std::vector<row> rows_;         // under the mutex
  std::vector<waiting> waiting_;  // under the mutex
  bool stopping_ = false;         // under the mutex
  std::thread thread_;
};

}  // namespace retrylab::floor

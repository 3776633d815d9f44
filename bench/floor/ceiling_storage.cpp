#include "floor/ceiling_storage.hpp"

#include <boost/asio/post.hpp>
#include <boost/json/serialize.hpp>

#include <chrono>

namespace retrylab::floor {
namespace {

namespace json = boost::json;

// The bytes that the product writes for a new job, without its checks.
std::string created_data(json::value const& job) {
  auto const text = [&](char const* name) {
    json::object const* const fields = job.if_object();
    json::value const* const v = fields ? fields->if_contains(name) : nullptr;
    return v ? json::serialize(*v) : std::string{"null"};
  };
  return "{\"type\":" + text("type") + ",\"queue\":" + text("queue") +
         ",\"payload\":" + text("payload") +
         R"(,"handler":null,"priority":5,"max_attempts":3,"retry":{"kind":"exponential","base_ms":500,"factor":2,"cap_ms":60000,"jitter":0.1,"max_age_ms":null},"run_at":null,"timeout_ms":null,"tags":[],"idempotency_key":null,"source":"http"})";
}

std::int64_t now_us() {
  return std::chrono::duration_cast<std::chrono::microseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

}  // namespace

storage::storage(boost::asio::io_context& io, storage_options const& options)
    : io_(io),
      options_(options),
      table_(options.data / "ceiling.db", options.synchronous),
      thread_([this] { run(); }) {}

storage::~storage() { stop(); }

void storage::accept(json::value const& jobs, std::function<void(accepted const&)> reply) {
  std::vector<row> rows;
  accepted ids{last_job_ + 1, 1};
  if (json::array const* const many = jobs.if_array()) {
    ids.count = static_cast<std::int64_t>(many->size());
    rows.reserve(many->size() * options_.events_per_job);
    for (json::value const& job : *many) add_rows(job, rows);
  } else {
    add_rows(jobs, rows);
  }
  std::lock_guard const lock{mutex_};
  bool const was_idle = waiting_.empty();
  std::move(rows.begin(), rows.end(), std::back_inserter(rows_));
  waiting_.push_back({ids, std::move(reply)});
  if (was_idle) more_.notify_one();
}

void storage::add_rows(json::value const& job, std::vector<row>& rows) {
  std::int64_t const at = now_us();
  rows.push_back({++last_job_, 1, "Created", at, created_data(job)});
  if (options_.events_per_job == 1) return;
  rows.push_back(
      {last_job_, 2, "Attempted", at, R"({"attempt":1,"worker":"simulator","lease_ms":null})"});
  rows.push_back({last_job_, 3, "Succeeded", at, R"({"fence":1234567,"result":null})"});
}

void storage::run() {
  std::vector<row> rows;
  std::vector<waiting> answered;
  for (;;) {
    rows.clear();
    answered.clear();
    {
      std::unique_lock lock{mutex_};
      more_.wait(lock, [&] { return stopping_ || !waiting_.empty(); });
      if (stopping_) return;
      rows.swap(rows_);
      answered.swap(waiting_);
    }
    table_.begin();
    for (row const& r : rows) table_.insert(r);
    table_.commit();
    boost::asio::post(io_, [answered = std::move(answered)] {
      for (waiting const& w : answered) w.reply(w.jobs);
    });
  }
}

void storage::stop() {
  {
    std::lock_guard const lock{mutex_};
    stopping_ = true;
  }
  more_.notify_one();
  if (thread_.joinable()) thread_.join();
}

}  // namespace retrylab::floor

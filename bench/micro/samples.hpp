#pragma once
// What the benchmarks work on: one job of ordinary size, and streams of such jobs.

#include "events/core/job_state.hpp"
#include "events/event_store.hpp"

#include <filesystem>

namespace retrylab::micro {

inline constexpr timestamp noon = from_micros(1'790'000'000'000'000);

// As a client sends it: 130 bytes.
inline constexpr std::string_view post_body =
    R"({"type":"email.send","queue":"mail","payload":{"to":"a@example.org","template":"welcome","order":1234567},"max_attempts":5})";

[[nodiscard]] job_spec spec();
// The whole lives of `jobs` jobs, three events each, with seqs from 1.
[[nodiscard]] std::vector<stored_event> lives(std::uint64_t jobs);
[[nodiscard]] job_state finished_job();
// One new job, `id`: a batch of one Created.
[[nodiscard]] append_batch creation(std::uint64_t id);

// An empty directory that goes away with it.
class temporary_directory {
 public:
  temporary_directory();
  ~temporary_directory();
  temporary_directory(temporary_directory const&) = delete;
  temporary_directory& operator=(temporary_directory const&) = delete;
  [[nodiscard]] std::filesystem::path const& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace retrylab::micro

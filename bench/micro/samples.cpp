#include "micro/samples.hpp"

#include "events/core/assert.hpp"
#include "events/event_codec.hpp"

#include <cstdlib>

namespace retrylab::micro {
namespace {

stored_event row(std::uint64_t seq_value, std::uint64_t job, stream_version version,
                 job_event const& event) {
  encoded_event encoded = encode(event);
  return {seq{seq_value},
          job_id{job},
          version,
          1,
          std::string{encoded.type},
          noon + microseconds{static_cast<std::int64_t>(seq_value)},
          std::move(encoded.data)};
}

}  // namespace

job_spec spec() {
  job_spec s;
  s.type = "email.send";
  s.queue = "mail";
  s.payload = {R"({"to":"a@example.org","template":"welcome","order":1234567})"};
  s.max_attempts = 5;
  return s;
}

std::vector<stored_event> lives(std::uint64_t jobs) {
  std::vector<stored_event> rows;
  rows.reserve(3 * jobs);
  std::uint64_t at = 0;
  for (std::uint64_t job = 1; job <= jobs; ++job) {
    rows.push_back(row(++at, job, 1, created{spec()}));
    rows.push_back(row(++at, job, 2, attempted{1, "simulator", std::nullopt}));
    rows.push_back(row(at + 1, job, 3, succeeded{{at}, raw_json{R"({"took_ms":12})"}}));
    ++at;
  }
  return rows;
}

job_state finished_job() {
  std::vector<job_record> records;
  for (stored_event const& e : lives(1)) records.push_back(*decode(e));
  return fold(records);
}

append_batch creation(std::uint64_t id) {
  append_batch batch;
  batch.events.push_back(row(id, id, 1, created{spec()}));
  return batch;
}

temporary_directory::temporary_directory() {
  std::string pattern = std::filesystem::temp_directory_path() / "retrylab-micro-XXXXXX";
  RETRYLAB_ASSERT(::mkdtemp(pattern.data()) != nullptr, "a temporary directory can be made");
  path_ = pattern;
}

temporary_directory::~temporary_directory() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace retrylab::micro

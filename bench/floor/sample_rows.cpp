#include "floor/sample_rows.hpp"

#include "events/event_codec.hpp"

namespace retrylab::floor {
namespace {

constexpr std::uint64_t rows_of_a_job = 3;
constexpr std::int64_t first_at = 1'790'000'000'000'000;

job_event sample_event(std::uint64_t version, std::uint64_t fence) {
  if (version == 2) return attempted{1, "simulator", std::nullopt};
  if (version == 3) return succeeded{{fence}, std::nullopt};
  job_spec spec;
  spec.type = "email.send";
  spec.payload = {R"({"to":"a@example.org","n":1})"};
  return created{std::move(spec)};
}

}  // namespace

row sample_row(std::uint64_t n) {
  std::uint64_t const version = n % rows_of_a_job + 1;
  encoded_event encoded = encode(sample_event(version, n));
  return {static_cast<std::int64_t>(n / rows_of_a_job + 1), static_cast<std::int64_t>(version),
          encoded.type, first_at + static_cast<std::int64_t>(n), std::move(encoded.data)};
}

}  // namespace retrylab::floor

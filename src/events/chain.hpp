#pragma once
// The hash chain over the log. A link covers the events of one transaction:
//
//   digest(event) = SHA-256(seq, job, version, generation, at as 8 bytes little-endian each,
//                           then type and data, each after its length as 8 bytes)
//   link          = SHA-256(link before ‖ digest of each event, in order of seq)
//
// Digests stand between, so that an event may later be replaced by its digest (retention) without
// breaking the chain.

#include "events/stored_event.hpp"

#include <array>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace retrylab {

using sha256_digest = std::array<unsigned char, 32>;

[[nodiscard]] sha256_digest sha256(std::string_view bytes);
[[nodiscard]] std::string to_hex(sha256_digest const& digest);

// Not thread-safe: one a thread.
class chain_hasher {
 public:
  chain_hasher();
  ~chain_hasher();
  [[nodiscard]] sha256_digest digest(stored_event const& event);
  [[nodiscard]] sha256_digest link(sha256_digest const& before,
                                   std::span<sha256_digest const> digests);

 private:
  struct context;
  std::unique_ptr<context> context_;
  std::string scratch_;
};

// One row of the table `batches`: what a transaction appended, and what it is hashed to.
struct chain_link {
  seq last{};               // of its events
  std::string batch_id;     // 16 bytes: epoch and number of the transaction in it, both big-endian
  std::uint64_t epoch = 0;  // 1, and one more at each opening of the log for writing
  sha256_digest chain{};
  bool operator==(chain_link const&) const = default;
};

[[nodiscard]] std::string make_batch_id(std::uint64_t epoch, std::uint64_t number);

}  // namespace retrylab

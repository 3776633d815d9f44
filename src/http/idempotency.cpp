#include "http/idempotency.hpp"

#include "events/core/limits.hpp"
#include "http/problem.hpp"

namespace retrylab {

result<std::optional<key_claim>, response> read_claim(request const& req) {
  if (!req.idempotency_key) return std::optional<key_claim>{};
  std::string const& key = *req.idempotency_key;
  if (key.empty() || key.size() > limits::idempotency_key_chars) {
    std::string const rule =
        "must have 1 to " + std::to_string(limits::idempotency_key_chars) + " characters";
    return problem(400, "Idempotency-Key " + rule, {{"Idempotency-Key", rule}});
  }
  return std::optional{key_claim{key, sha256(req.body)}};
}

}  // namespace retrylab

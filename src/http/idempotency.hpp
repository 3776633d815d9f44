#pragma once
// The Idempotency-Key field (draft-ietf-httpapi-idempotency-key-header): the same key with the same
// body is answered with what the first one made.

#include "events/event_store.hpp"
#include "http/message.hpp"

namespace retrylab {

// Nothing when the field is absent; a 400 when it is empty or too long.
[[nodiscard]] result<std::optional<key_claim>, response> read_claim(request const& req);

}  // namespace retrylab

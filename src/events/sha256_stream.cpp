#include "events/sha256_stream.hpp"

#include "events/core/assert.hpp"

#include <openssl/evp.h>

namespace retrylab {

struct sha256_stream::context {
  EVP_MD_CTX* state = EVP_MD_CTX_new();

  context() {
    RETRYLAB_ASSERT(EVP_DigestInit_ex(state, EVP_sha256(), nullptr) == 1,
                    "SHA-256 is not available");
  }
  context(context const&) = delete;
  context& operator=(context const&) = delete;
  ~context() { EVP_MD_CTX_free(state); }
};

sha256_stream::sha256_stream() : context_(std::make_unique<context>()) {}
sha256_stream::~sha256_stream() = default;

void sha256_stream::add(std::string_view bytes) {
  RETRYLAB_ASSERT(EVP_DigestUpdate(context_->state, bytes.data(), bytes.size()) == 1,
                  "SHA-256 failed");
}

sha256_digest sha256_stream::finish() {
  sha256_digest out;
  RETRYLAB_ASSERT(EVP_DigestFinal_ex(context_->state, out.data(), nullptr) == 1, "SHA-256 failed");
  return out;
}

}  // namespace retrylab

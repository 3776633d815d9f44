#include "lab/trace_hash.hpp"

#include "events/core/assert.hpp"
#include "events/store/archive_line.hpp"

#include <openssl/evp.h>

namespace retrylab {
namespace {

constexpr std::size_t flush_bytes = 64 * 1024;

}  // namespace

struct trace_hash::context {
  EVP_MD_CTX* state = EVP_MD_CTX_new();

  context() {
    RETRYLAB_ASSERT(EVP_DigestInit_ex(state, EVP_sha256(), nullptr) == 1,
                    "SHA-256 is not available");
  }
  context(context const&) = delete;
  context& operator=(context const&) = delete;
  ~context() { EVP_MD_CTX_free(state); }
};

trace_hash::trace_hash(sink write)
    : context_(std::make_unique<context>()), write_(std::move(write)) {
  lines_.reserve(flush_bytes + 4096);
}

trace_hash::~trace_hash() = default;

void trace_hash::add(stored_event const& event) {
  append_archive_line(lines_, event);
  if (lines_.size() >= flush_bytes) flush();
}

void trace_hash::flush() {
  RETRYLAB_ASSERT(EVP_DigestUpdate(context_->state, lines_.data(), lines_.size()) == 1,
                  "SHA-256 failed");
  if (write_) write_(lines_);
  lines_.clear();
}

sha256_digest trace_hash::finish() {
  flush();
  sha256_digest out;
  RETRYLAB_ASSERT(EVP_DigestFinal_ex(context_->state, out.data(), nullptr) == 1, "SHA-256 failed");
  return out;
}

}  // namespace retrylab

#include "events/chain.hpp"

#include "events/core/assert.hpp"

#include <boost/endian/conversion.hpp>
#include <openssl/evp.h>

#include <string_view>

namespace retrylab {
namespace {

void put(std::string& out, std::uint64_t value) {
  boost::endian::native_to_little_inplace(value);
  out.append(reinterpret_cast<char const*>(&value), sizeof value);
}

void put(std::string& out, std::string_view text) {
  put(out, text.size());
  out += text;
}

void put_big_endian(std::string& out, std::uint64_t value) {
  boost::endian::native_to_big_inplace(value);
  out.append(reinterpret_cast<char const*>(&value), sizeof value);
}

}  // namespace

struct chain_hasher::context {
  EVP_MD* algorithm =
      EVP_MD_fetch(nullptr, "SHA256", nullptr);  // fetched once: a fetch costs more than a hash
  EVP_MD_CTX* state = EVP_MD_CTX_new();

  context() = default;
  context(context const&) = delete;
  context& operator=(context const&) = delete;
  ~context() {
    EVP_MD_CTX_free(state);
    EVP_MD_free(algorithm);
  }
  void begin() const {
    RETRYLAB_ASSERT(EVP_DigestInit_ex2(state, algorithm, nullptr) == 1, "SHA-256 is not available");
  }
  void add(void const* bytes, std::size_t size) const {
    RETRYLAB_ASSERT(EVP_DigestUpdate(state, bytes, size) == 1, "SHA-256 failed");
  }
  [[nodiscard]] sha256_digest end() const {
    sha256_digest out;
    RETRYLAB_ASSERT(EVP_DigestFinal_ex(state, out.data(), nullptr) == 1, "SHA-256 failed");
    return out;
  }
};

chain_hasher::chain_hasher() : context_(std::make_unique<context>()) {}
chain_hasher::~chain_hasher() = default;

sha256_digest chain_hasher::digest(stored_event const& e) {
  scratch_.clear();
  put(scratch_, e.seq.value);
  put(scratch_, e.job.value);
  put(scratch_, std::uint64_t{e.version});
  put(scratch_, std::uint64_t{e.generation});
  put(scratch_, static_cast<std::uint64_t>(to_micros(e.at)));
  put(scratch_, std::string_view{e.type});
  put(scratch_, std::string_view{e.data});
  context_->begin();
  context_->add(scratch_.data(), scratch_.size());
  return context_->end();
}

sha256_digest chain_hasher::link(sha256_digest const& before,
                                 std::span<sha256_digest const> digests) {
  context_->begin();
  context_->add(before.data(), before.size());
  for (sha256_digest const& d : digests) context_->add(d.data(), d.size());
  return context_->end();
}

sha256_digest sha256(std::string_view bytes) {
  sha256_digest out;
  RETRYLAB_ASSERT(
      EVP_Digest(bytes.data(), bytes.size(), out.data(), nullptr, EVP_sha256(), nullptr) == 1,
      "SHA-256 failed");
  return out;
}

std::string to_hex(sha256_digest const& digest) {
  static constexpr std::string_view hex = "0123456789abcdef";
  std::string out;
  for (unsigned char byte : digest) {
    out += hex[byte >> 4];
    out += hex[byte & 15];
  }
  return out;
}

std::string make_batch_id(std::uint64_t epoch, std::uint64_t number) {
  std::string id;
  put_big_endian(id, epoch);
  put_big_endian(id, number);
  return id;
}

}  // namespace retrylab

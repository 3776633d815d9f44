#include "faktory/handshake.hpp"

#include "events/core/assert.hpp"
#include "events/core/limits.hpp"
#include "events/json_writer.hpp"
#include "events/text_cut.hpp"
#include "faktory/request_fields.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <array>
#include <charconv>
#include <memory>

namespace retrylab {
namespace {

constexpr unsigned least_iterations = 4000;
constexpr unsigned iterations_spread = 4096;
constexpr int protocol_version = 2;
constexpr std::string_view hello_verb = "HELLO ";

using digest = std::array<unsigned char, 32>;
using digest_context = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;
using digest_algorithm = std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)>;

void hash(EVP_MD_CTX* state, EVP_MD const* algorithm, void const* bytes, std::size_t size,
          digest& out) {
  bool const done = EVP_DigestInit_ex2(state, algorithm, nullptr) == 1 &&
                    EVP_DigestUpdate(state, bytes, size) == 1 &&
                    EVP_DigestFinal_ex(state, out.data(), nullptr) == 1;
  RETRYLAB_ASSERT(done, "SHA-256 failed");
}

std::string hexadecimal(std::uint64_t value) {
  std::array<char, 16> text{};
  auto const [end, ec] = std::to_chars(text.data(), text.data() + text.size(), value, 16);
  return {text.data(), end};
}

std::vector<std::string> cut(std::vector<std::string> labels) {
  for (std::string& label : labels)
    label.resize(cut_utf8(label, limits::faktory_label_bytes).size());
  return labels;
}

}  // namespace

challenge make_challenge(std::uint64_t iterations_drawn, std::uint64_t salt_drawn) {
  return {least_iterations + static_cast<unsigned>(iterations_drawn % iterations_spread),
          hexadecimal(salt_drawn)};
}

void append_hi(std::string& out, std::optional<challenge> const& asked) {
  out += "+HI ";
  json_writer w{out};
  w.number("v", protocol_version);
  if (asked) w.number("i", std::int64_t{asked->iterations}).string("s", asked->salt);
  w.close();
  out += "\r\n";
}

result<hello, reply_error> parse_hello(std::string_view line) {
  if (!line.starts_with("HELLO {")) return refuse("the first command must be HELLO {...}");
  json_fields f{line.substr(hello_verb.size())};
  hello said;
  said.version = f.optional<std::int64_t>("v").value_or(0);
  said.hostname = f.optional<std::string>("hostname").value_or("");
  said.wid = f.optional<std::string>("wid").value_or("");
  said.pid = f.optional<std::int64_t>("pid").value_or(0);
  said.labels = cut(text_list_field(f, "labels", limits::faktory_labels).first);
  said.pwdhash = f.optional<std::string>("pwdhash").value_or("");
  said.username = f.optional<std::string>("username").value_or("");
  said.extended = f.optional<std::int64_t>("retrylab").value_or(0) >= 1;
  check_id(f, "wid", said.wid);
  if (!f.ok()) return refuse("invalid HELLO: " + first_complaint(f));
  said.hostname.resize(cut_utf8(said.hostname, limits::faktory_label_bytes).size());
  said.username.resize(cut_utf8(said.username, limits::faktory_label_bytes).size());
  return said;
}

std::string password_hash(std::string_view password, std::string_view salt, unsigned iterations) {
  digest_algorithm const algorithm{EVP_MD_fetch(nullptr, "SHA256", nullptr), &EVP_MD_free};
  digest_context const state{EVP_MD_CTX_new(), &EVP_MD_CTX_free};
  RETRYLAB_ASSERT(algorithm && state, "SHA-256 is not available");
  digest h{};
  std::string first{password};
  first += salt;
  hash(state.get(), algorithm.get(), first.data(), first.size(), h);
  OPENSSL_cleanse(first.data(), first.size());
  for (unsigned i = 1; i < iterations; ++i)
    hash(state.get(), algorithm.get(), h.data(), h.size(), h);
  std::string text;
  for (unsigned char byte : h) {
    text += "0123456789abcdef"[byte >> 4];
    text += "0123456789abcdef"[byte & 15];
  }
  return text;
}

bool answers(hello const& said, challenge const& asked, std::string_view password) {
  unsigned const iterations = said.version < protocol_version ? 1 : asked.iterations;
  std::string const expected = password_hash(password, asked.salt, iterations);
  return said.pwdhash.size() == expected.size() &&
         CRYPTO_memcmp(said.pwdhash.data(), expected.data(), expected.size()) == 0;
}

}  // namespace retrylab

#include "webhook/webhook_signature.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

namespace retrylab {
namespace {

constexpr std::string_view prefix = "whsec_";
constexpr std::size_t secret_min = 24;
constexpr std::size_t secret_max = 64;

unsigned char const* bytes_of(std::string_view text) {
  return reinterpret_cast<unsigned char const*>(text.data());
}

// Nothing when it is no base64.
std::string decode_base64(std::string_view text) {
  std::array<unsigned char, secret_max * 2> out{};
  if (text.empty() || text.size() % 4 != 0 || text.size() / 4 * 3 > out.size()) return {};
  int const decoded = EVP_DecodeBlock(out.data(), bytes_of(text), static_cast<int>(text.size()));
  if (decoded < 0) return {};
  std::size_t const padding = text.ends_with("==") ? 2 : text.ends_with("=") ? 1 : 0;
  return {reinterpret_cast<char const*>(out.data()), static_cast<std::size_t>(decoded) - padding};
}

}  // namespace

result<std::string, std::string> parse_webhook_secret(std::string_view text) {
  using parsed = result<std::string, std::string>;
  std::string secret;
  if (text.starts_with(prefix)) secret = decode_base64(text.substr(prefix.size()));
  if (secret.size() < secret_min || secret.size() > secret_max)
    return parsed{boost::system::in_place_error, "must be \"whsec_\" and 24 to 64 bytes in base64"};
  return parsed{boost::system::in_place_value, std::move(secret)};
}

std::string webhook_signature(std::string_view secret, std::string_view id, std::int64_t seconds,
                              std::string_view body) {
  std::string text{id};
  text.append(".").append(std::to_string(seconds)).append(".").append(body);
  std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
  unsigned int length = 0;
  HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()), bytes_of(text), text.size(),
       mac.data(), &length);
  std::array<unsigned char, EVP_MAX_MD_SIZE * 2> encoded{};
  int const chars = EVP_EncodeBlock(encoded.data(), mac.data(), static_cast<int>(length));
  return "v1," + std::string{reinterpret_cast<char const*>(encoded.data()),
                             static_cast<std::size_t>(chars)};
}

}  // namespace retrylab

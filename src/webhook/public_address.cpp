#include "webhook/public_address.hpp"

#include <algorithm>
#include <array>

namespace retrylab {
namespace {

namespace ip = boost::asio::ip;

struct range4 {
  std::uint32_t first;
  unsigned bits;
};

constexpr std::uint32_t quad(unsigned a, unsigned b, unsigned c, unsigned d) {
  return a << 24 | b << 16 | c << 8 | d;
}

constexpr std::array<range4, 15> not_public4{{
    {quad(0, 0, 0, 0), 8},        // this network
    {quad(10, 0, 0, 0), 8},       // private
    {quad(100, 64, 0, 0), 10},    // carriers
    {quad(127, 0, 0, 0), 8},      // loopback
    {quad(169, 254, 0, 0), 16},   // link-local, metadata of clouds
    {quad(172, 16, 0, 0), 12},    // private
    {quad(192, 0, 0, 0), 24},     // protocol assignments
    {quad(192, 0, 2, 0), 24},     // documentation
    {quad(192, 88, 99, 0), 24},   // 6to4 relays
    {quad(192, 168, 0, 0), 16},   // private
    {quad(198, 18, 0, 0), 15},    // benchmarks
    {quad(198, 51, 100, 0), 24},  // documentation
    {quad(203, 0, 113, 0), 24},   // documentation
    {quad(224, 0, 0, 0), 4},      // multicast
    {quad(240, 0, 0, 0), 4},      // reserved, broadcast
}};

bool is_public4(ip::address_v4 const& address) {
  std::uint32_t const value = address.to_uint();
  return std::none_of(not_public4.begin(), not_public4.end(),
                      [value](range4 const& r) { return (value ^ r.first) >> (32 - r.bits) == 0; });
}

struct range6 {
  std::array<unsigned char, 4> first;
  unsigned bits;
};

// Inside 2000::/3, the only part that is given out.
constexpr std::array<range6, 4> not_public6{{
    {{0x20, 0x01, 0x00, 0x00}, 23},  // protocol assignments, with Teredo
    {{0x20, 0x01, 0x0d, 0xb8}, 32},  // documentation
    {{0x20, 0x02, 0x00, 0x00}, 16},  // 6to4: an IPv4 address in disguise
    {{0x3f, 0xff, 0x00, 0x00}, 20},  // documentation
}};

bool is_public6(ip::address_v6 const& address) {
  auto const bytes = address.to_bytes();
  if (address.is_v4_mapped()) return is_public4(ip::make_address_v4(ip::v4_mapped, address));
  if (bytes[0] >> 5 != 1) return false;
  return std::none_of(not_public6.begin(), not_public6.end(), [&bytes](range6 const& r) {
    std::uint32_t const has = quad(bytes[0], bytes[1], bytes[2], bytes[3]);
    std::uint32_t const first = quad(r.first[0], r.first[1], r.first[2], r.first[3]);
    return (std::uint64_t{has ^ first} >> (32 - r.bits)) == 0;
  });
}

}  // namespace

bool is_public(ip::address const& address) {
  return address.is_v4() ? is_public4(address.to_v4()) : is_public6(address.to_v6());
}

}  // namespace retrylab

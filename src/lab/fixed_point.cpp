#include "lab/fixed_point.hpp"

#include <array>
#include <bit>

namespace retrylab {
namespace {

__extension__ typedef unsigned __int128 wide;
__extension__ typedef __int128 wide_signed;

constexpr fixed ln_2 = 2'977'044'472;  // of 2^32

constexpr wide square_root(wide value) {
  wide low = 0;
  wide high = wide{1} << 64;
  while (high - low > 1) {
    wide const middle = low + (high - low) / 2;
    (middle * middle <= value ? low : high) = middle;
  }
  return low;
}

// 2^(1/2), 2^(1/4), 2^(1/8) … in units of 2^-62.
constexpr std::array<std::uint64_t, fixed_bits> roots_of_two() {
  std::array<std::uint64_t, fixed_bits> roots{};
  wide value = wide{2} << 62;
  for (std::uint64_t& root : roots) {
    value = square_root(value << 62);
    root = static_cast<std::uint64_t>(value);
  }
  return roots;
}
constexpr auto roots = roots_of_two();

// log2 of m / 2^63, which lies in [1, 2): one bit of it for each squaring.
std::uint64_t log2_of(std::uint64_t m) {
  std::uint64_t log = 0;
  for (int i = 0; i < fixed_bits; ++i) {
    wide const squared = (wide{m} * m) >> 63;
    bool const two_or_more = (squared >> 64) != 0;
    m = static_cast<std::uint64_t>(two_or_more ? squared >> 1 : squared);
    log = log << 1 | (two_or_more ? 1 : 0);
  }
  return log;
}

}  // namespace

fixed exponential(std::uint64_t drawn) {
  std::uint64_t const u = drawn == UINT64_MAX ? drawn : drawn + 1;
  int const zeros = std::countl_zero(u);
  auto const whole = static_cast<std::uint64_t>(zeros) + 1;
  std::uint64_t const minus_log2 = (whole << fixed_bits) - log2_of(u << zeros);
  return scale(static_cast<std::int64_t>(minus_log2), ln_2);
}

fixed power_of_two(fixed x) {
  std::int64_t const whole = x >> fixed_bits;
  auto const fraction = static_cast<std::uint64_t>(x - whole * fixed_one);
  wide value = wide{1} << 62;
  for (int i = 0; i < fixed_bits; ++i) {
    if ((fraction >> (fixed_bits - 1 - i) & 1) != 0)
      value = (value * roots.at(static_cast<std::size_t>(i))) >> 62;
  }
  std::int64_t const shift = 62 - fixed_bits - whole;
  if (shift > 63) return 0;
  return static_cast<fixed>(shift >= 0 ? value >> shift : value << -shift);
}

std::int64_t scale(std::int64_t a, fixed b) {
  return static_cast<std::int64_t>(wide_signed{a} * b >> fixed_bits);
}

}  // namespace retrylab

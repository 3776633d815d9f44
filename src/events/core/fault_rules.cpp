#include "events/core/fault_rules.hpp"

#include "events/core/entropy.hpp"

namespace retrylab {
namespace {

// FNV-1a: rules with the same seed draw apart.
std::uint64_t hash_of(std::string_view name) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (char const c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return hash;
}

}  // namespace

bool is_about_jobs(fault_kind kind) {
  return kind != fault_kind::delay_fetch && kind != fault_kind::quiet_beat;
}

bool falls_on(fault_rule const& rule, fault_occasion const& o) {
  if (rule.every > 0) return o.ordinal % rule.every == 0;
  std::uint64_t const seed = rule.seed ^ hash_of(rule.name);
  std::uint64_t const drawn = is_about_jobs(rule.kind)
                                  ? draw(draw_for::fault, seed, o.job, o.generation, o.attempt)
                                  : draw(draw_for::fault, seed, job_id{o.ordinal}, 0, 0);
  return drawn % always_ppm < rule.ppm;
}

}  // namespace retrylab

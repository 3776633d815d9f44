#include "faktory/mutate_request.hpp"

#include "events/core/limits.hpp"
#include "faktory/request_fields.hpp"

#include <algorithm>

namespace retrylab {
namespace {

std::optional<mutate_action> parse_action(std::string_view name) {
  if (name == "clear") return mutate_action::clear;
  if (name == "kill") return mutate_action::kill;
  if (name == "discard") return mutate_action::discard;
  if (name == "requeue") return mutate_action::requeue;
  return std::nullopt;
}

std::optional<mutate_target> parse_target(std::string_view name) {
  if (name == "retries") return mutate_target::retries;
  if (name == "dead") return mutate_target::dead;
  if (name == "scheduled") return mutate_target::scheduled;
  return std::nullopt;
}

result<job_matcher, reply_error> parse_filter(std::string_view json) {
  json_fields f{json, "filter.", json_fields::checked::yes};
  text_list jids = text_list_field(f, "jids", limits::faktory_mutate_jids);
  std::string const pattern = f.optional<std::string>("regexp").value_or("");
  std::string jobtype = f.optional<std::string>("jobtype").value_or("");
  if (!f.ok()) return refuse("invalid format");
  if (pattern.size() > limits::faktory_glob_bytes)
    return refuse("filter.regexp must have at most " + std::to_string(limits::faktory_glob_bytes) +
                  " bytes");
  if (jids.count > jids.first.size())
    return refuse("filter.jids must be at most " + std::to_string(limits::faktory_mutate_jids));
  return job_matcher{std::move(jids.first), pattern, std::move(jobtype)};
}

}  // namespace

job_matcher::job_matcher(std::vector<std::string> jids, std::string_view pattern,
                         std::string jobtype)
    : jids_(std::move(jids)), jobtype_(std::move(jobtype)) {
  std::sort(jids_.begin(), jids_.end());
  jids_.erase(std::unique(jids_.begin(), jids_.end()), jids_.end());
  if (!pattern.empty() && pattern != "*") pattern_.emplace(pattern);
}

bool job_matcher::matches_all() const {
  return jids_.empty() && !pattern_.has_value() && jobtype_.empty();
}

bool job_matcher::matches(std::string_view jid, std::string_view jobtype,
                          std::string_view payload) const {
  if (!jids_.empty()) return std::binary_search(jids_.begin(), jids_.end(), jid);
  if (!jobtype_.empty() && jobtype_ != jobtype) return false;
  return !pattern_ || pattern_->matches(payload);
}

result<mutate_request, reply_error> parse_mutate(std::string_view rest) {
  json_fields f{rest};
  auto const cmd = f.optional<std::string>("cmd");
  auto const target = f.optional<std::string>("target");
  auto const filter = f.raw("filter");
  if (!f.ok()) return refuse("invalid format");
  auto const action = parse_action(cmd.value_or(""));
  if (!action) return refuse("unknown mutate operation");
  auto const where = parse_target(target.value_or(""));
  if (!where) return refuse("invalid target for mutation command");
  mutate_request request{*action, *where, {}};
  if (!filter || *action == mutate_action::clear) return request;
  auto matcher = parse_filter(*filter);
  if (!matcher) return matcher.error();
  request.filter = std::move(*matcher);
  return request;
}

}  // namespace retrylab

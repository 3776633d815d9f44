#include "faktory/bulk_push.hpp"

#include "events/core/limits.hpp"
#include "events/json_writer.hpp"
#include "events/text_cut.hpp"
#include "faktory/request_fields.hpp"

namespace retrylab {
namespace {

std::string readable_jid(std::string_view element) {
  json_fields f{element, {}, json_fields::checked::yes};
  std::string const jid = f.optional<std::string>("jid").value_or("");
  return std::string{cut_utf8(jid, limits::faktory_error_reply_bytes)};
}

}  // namespace

result<std::vector<std::string_view>, reply_error> parse_bulk(std::string_view rest) {
  if (auto const defect = json_defect(rest)) return refuse("invalid JSON: is not JSON: " + *defect);
  if (trimmed(rest).front() != '[') return refuse("invalid JSON: must be an array");
  std::vector<std::string_view> elements;
  json_array all{rest};
  while (auto const element = all.next()) {
    if (elements.size() == limits::faktory_bulk_jobs)
      return refuse("PUSHB takes at most " + std::to_string(limits::faktory_bulk_jobs) + " jobs");
    elements.push_back(*element);
  }
  return elements;
}

void bulk_refusals::add(std::string_view jid, reply_error const& why) {
  reasons_.insert_or_assign(std::string{jid}, bulk_error_text(why));
}

void bulk_refusals::append(std::string& out) const {
  out += '{';
  for (auto const& [jid, reason] : reasons_) {
    if (out.back() != '{') out += ',';
    append_json_string(out, jid);
    out += ':';
    append_json_string(out, reason);
  }
  out += '}';
}

std::optional<faktory_job> parse_bulk_job(std::string_view element, bulk_refusals& refusals) {
  auto job = parse_checked_job(element, jid_rule::required);
  if (job) return std::move(*job);
  refusals.add(readable_jid(element), job.error());
  return std::nullopt;
}

}  // namespace retrylab

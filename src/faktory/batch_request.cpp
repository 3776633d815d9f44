#include "faktory/batch_request.hpp"

#include "events/core/limits.hpp"
#include "events/text_cut.hpp"
#include "faktory/command.hpp"
#include "faktory/request_fields.hpp"

namespace retrylab {
namespace {

// Nothing where there is none; a refusal is prefixed with the callback's name.
result<std::optional<faktory_job>, reply_error> parse_callback(json_fields& f,
                                                               std::string_view name) {
  auto const text = f.raw(name);
  if (!text) return std::optional<faktory_job>{};
  auto job = parse_checked_job(*text, jid_rule::optional);
  if (!job) return refuse("invalid " + std::string{name} + " callback: " + job.error().text);
  return std::optional{std::move(*job)};
}

result<batch_request, reply_error> parse_new(std::string_view json) {
  json_fields f{json};
  batch_new batch;
  batch.description = f.optional<std::string>("description").value_or("");
  batch.description.resize(cut_utf8(batch.description, limits::faktory_description_bytes).size());
  batch.parent_bid = f.optional<std::string>("parent_bid").value_or("");
  check_id(f, "parent_bid", batch.parent_bid);
  if (!f.ok()) return refuse("invalid JSON: " + first_complaint(f));
  auto success = parse_callback(f, "success");
  if (!success) return success.error();
  auto complete = parse_callback(f, "complete");
  if (!complete) return complete.error();
  if (!*success && !*complete) return refuse("batches must have a success or complete callback");
  batch.success = std::move(*success);
  batch.complete = std::move(*complete);
  return batch_request{std::move(batch)};
}

}  // namespace

result<batch_request, reply_error> parse_batch(std::string_view rest) {
  auto const [word, argument] = split_word(rest);
  if (word == "NEW") return parse_new(argument);
  std::string_view const name = trimmed(argument);
  bool const known = word == "OPEN" || word == "COMMIT" || word == "STATUS";
  if (!known)
    return refuse("no such BATCH subcommand: " +
                  std::string{cut_utf8(word, limits::faktory_error_reply_bytes)});
  if (name.empty() || name.size() > limits::faktory_id_bytes)
    return refuse("no such batch " + std::string{cut_utf8(name, limits::faktory_id_bytes)});
  std::string bid{name};
  if (word == "OPEN") return batch_request{batch_open{std::move(bid)}};
  if (word == "COMMIT") return batch_request{batch_commit{std::move(bid)}};
  return batch_request{batch_status{std::move(bid)}};
}

}  // namespace retrylab

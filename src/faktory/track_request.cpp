#include "faktory/track_request.hpp"

#include "events/core/limits.hpp"
#include "events/text_cut.hpp"
#include "faktory/command.hpp"
#include "faktory/request_fields.hpp"
#include "faktory/wire_time.hpp"

namespace retrylab {
namespace {

result<track_request, reply_error> parse_set(std::string_view json) {
  json_fields f{json};
  track_set set;
  set.jid = f.optional<std::string>("jid").value_or("");
  set.percent = f.optional<std::int64_t>("percent");
  set.description = text_field(f, "desc");
  if (auto const until = text_field(f, "reserve_until")) {
    set.reserve_until = parse_wire_time(*until);
    if (!set.reserve_until) f.fail("reserve_until", "must be a time in RFC 3339");
  }
  if (!f.ok()) return refuse("invalid TRACK SET: " + first_complaint(f));
  if (set.jid.empty()) return refuse("missing JID");
  if (set.description)
    set.description->resize(cut_utf8(*set.description, limits::faktory_description_bytes).size());
  return track_request{std::move(set)};
}

}  // namespace

result<track_request, reply_error> parse_track(std::string_view rest) {
  auto const [word, argument] = split_word(rest);
  if (word == "SET") return parse_set(argument);
  if (word != "GET")
    return refuse("no such TRACK subcommand: " +
                  std::string{cut_utf8(word, limits::faktory_error_reply_bytes)});
  std::string_view const jid = trimmed(argument);
  if (jid.empty()) return refuse("missing JID");
  return track_request{track_get{std::string{jid}}};
}

}  // namespace retrylab

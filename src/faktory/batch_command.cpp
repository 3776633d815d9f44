// BATCH: NEW, OPEN, COMMIT, STATUS.
//
// Source: Faktory's wiki (Ent-Batches) and the clients. A callback's `custom` tells its batch as
// _bid and which callback it is as _cb.

#include "events/core/limits.hpp"
#include "events/event_codec.hpp"
#include "events/job_options_codec.hpp"
#include "events/json_fields.hpp"
#include "events/json_writer.hpp"
#include "faktory/batch_request.hpp"
#include "faktory/conversion.hpp"
#include "faktory/session.hpp"
#include "faktory/wire_time.hpp"

namespace retrylab {
namespace {

using callback_text = result<std::optional<raw_json>, reply_error>;

result<raw_json, reply_error> custom_of(std::optional<raw_json> const& given, std::string_view bid,
                                        callback_kind kind) {
  std::string text = "{";
  if (given) {
    json_fields const own{given->text, "custom.", json_fields::checked::yes};
    if (own.has("_bid") || own.has("_cb"))
      return refuse("custom._bid and custom._cb are the server's to set");
    text = given->text.substr(0, given->text.rfind('}')) + ',';
  }
  text += "\"_bid\":";
  append_json_string(text, bid);
  text += ",\"_cb\":\"";
  text.append(to_string(kind)) += "\"}";
  return raw_json{std::move(text)};
}

// The data of its Created.
callback_text callback_of(faktory_session& s, std::optional<faktory_job> job,
                          std::string const& bid, callback_kind kind) {
  if (!job) return std::optional<raw_json>{};
  if (job->jid.empty()) job->jid.append(bid).append("-").append(to_string(kind));
  auto custom = custom_of(job->custom, bid, kind);
  if (!custom) return custom.error();
  job->custom = std::move(*custom);
  auto spec = spec_of(std::move(*job), s.core().ports().time.now(), s.core().policies().all());
  if (!spec) return spec.error();
  return std::optional{raw_json{encode(job_event{created{std::move(*spec)}}).data}};
}

result<batch_opened, reply_error> opening(faktory_session& s, batch_new wish) {
  batches& book = s.core().batch_book();
  if (!book.has_room()) return refuse("too many batches have not ended");
  if (!wish.parent_bid.empty() && !book.takes(wish.parent_bid))
    return refuse("no such batch " + wish.parent_bid);
  batch_opened event;
  event.batch = book.next_id();
  event.description = std::move(wish.description);
  event.parent = std::move(wish.parent_bid);
  auto complete = callback_of(s, std::move(wish.complete), event.batch, callback_kind::complete);
  if (!complete) return complete.error();
  auto success = callback_of(s, std::move(wish.success), event.batch, callback_kind::success);
  if (!success) return success.error();
  event.complete = std::move(*complete);
  event.success = std::move(*success);
  return event;
}

reply_error not_stored() { return refuse("the log cannot take it now; try again"); }

command_done open_new(faktory_session& s, batch_new wish) {
  batches& book = s.core().batch_book();
  auto event = opening(s, std::move(wish));
  if (!event) {
    append_error(s.out, event.error());
    co_return;
  }
  auto start = [&book, opened = std::move(*event)](completion<batch_answer> waiting) mutable {
    book.open(std::move(opened), std::move(waiting).as_callback());
  };
  batch_answer const answer = co_await suspend_with<batch_answer>(std::move(start));
  answer ? append_bulk(s.out, answer->id) : append_error(s.out, not_stored());
}

command_done commit(faktory_session& s, std::string id) {
  batches& book = s.core().batch_book();
  auto start = [&book, id](completion<batch_answer> waiting) mutable {
    book.commit(id, std::move(waiting).as_callback());
  };
  batch_answer const answer = co_await suspend_with<batch_answer>(std::move(start));
  answer ? append_ok(s.out) : append_error(s.out, not_stored());
}

std::string_view wire_state(batch_callback_info const& c) {
  switch (c.state) {
    case callback_state::pending:
      return "";
    case callback_state::enqueued:
      return "1";
    case callback_state::done:
      return "2";
  }
  return "";
}

std::string status_document(batch_info const& b) {
  std::string out;
  std::string time;
  append_wire_time(time, b.settings.opened_at);
  json_writer w{out};
  w.string("bid", b.id);
  if (!b.settings.parent.empty()) w.string("parent_bid", b.settings.parent);
  w.string("description", b.settings.description).string("created_at", time);
  w.number("total", static_cast<std::int64_t>(b.total));
  w.number("pending", static_cast<std::int64_t>(b.total - b.executed));
  w.number("failed", static_cast<std::int64_t>(b.failed));
  w.string("complete_st", wire_state(b.complete)).string("success_st", wire_state(b.success));
  w.close();
  return out;
}

command_done tell_status(faktory_session& s, std::string id) {
  batches& book = s.core().batch_book();
  auto start = [&book, id](completion<bool> waiting) mutable {
    book.settle(id, std::move(waiting).as_callback());
  };
  static_cast<void>(co_await suspend_with<bool>(std::move(start)));
  auto const now = book.find(id);
  now ? append_bulk(s.out, status_document(*now))
      : append_error(s.out, refuse("no such batch " + id));
}

std::string const& id_in(batch_request const& request) {
  if (auto const* const o = std::get_if<batch_open>(&request)) return o->bid;
  if (auto const* const c = std::get_if<batch_commit>(&request)) return c->bid;
  return std::get<batch_status>(request).bid;
}

}  // namespace

command_done run_batch(faktory_session& s, std::string_view rest) {
  auto request = parse_batch(rest);
  if (!request) {
    append_error(s.out, request.error());
    co_return;
  }
  if (auto* const wish = std::get_if<batch_new>(&*request)) {
    batch_new wanted = std::move(*wish);
    co_return co_await open_new(s, std::move(wanted));
  }
  std::string const id = id_in(*request);
  auto const found = s.core().batch_book().find(id);
  if (!found) {
    append_error(s.out, refuse("no such batch " + id));
    co_return;
  }
  if (std::holds_alternative<batch_commit>(*request)) co_return co_await commit(s, id);
  if (std::holds_alternative<batch_status>(*request)) co_return co_await tell_status(s, id);
  append_bulk(s.out, id);
}

}  // namespace retrylab

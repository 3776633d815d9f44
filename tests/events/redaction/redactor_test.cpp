// Rules against events: what they take, what they spare, and that nothing else changes.

#include "events/redaction/redactor.hpp"

#include "events/event_codec.hpp"

#include <gtest/gtest.h>

namespace retrylab {
namespace {

constexpr std::string_view key = "sixteen bytes or more";

class redaction : public testing::Test {
 protected:
  void rules(std::vector<redact_rule> rules) {
    redactor_.emplace(redact_rules{std::move(rules), std::string{key}});
  }
  template <class Event>
  Event run(Event event, std::uint64_t job = 1) {
    job_record const record{seq{++last_}, job_id{job}, 1, 1, {}, job_event{std::move(event)}};
    stored_event row = encode(record);
    auto const wrong = redactor_->redact(row);
    EXPECT_FALSE(wrong) << *wrong;
    return std::get<Event>(decode(row)->event);
  }
  std::string payload(std::string text, std::string type = "mail", std::string queue = "q") {
    job_spec spec;
    spec.type = std::move(type);
    spec.queue = std::move(queue);
    spec.payload.text = std::move(text);
    return run(created{std::move(spec)}).spec->payload.text;
  }

  std::optional<redactor> redactor_;
  std::uint64_t last_ = 0;
};

redact_rule rule(redact_action action, std::vector<redact_part> parts = {redact_part::payload}) {
  redact_rule r;
  r.parts = std::move(parts);
  r.action = action;
  r.place = "rules.toml:1";
  return r;
}

redact_rule pointing(redact_action action, std::vector<std::string> pointers) {
  redact_rule r = rule(action);
  r.pointers = std::move(pointers);
  return r;
}

TEST_F(redaction, what_no_rule_takes_stays_byte_for_byte) {
  rules({pointing(redact_action::drop, {"/b"})});
  std::string const as_it_was = R"({ "big": 12345678901234567890123 , "a":"\u00fc" })";
  EXPECT_EQ(payload(as_it_was), as_it_was);
  EXPECT_EQ(payload(R"({"big":12345678901234567890123,"b":1,"a":"\u00fc"})"),
            R"({"big":12345678901234567890123,"a":"\u00fc"})");
  EXPECT_EQ(redactor_->values().redacted(), 1u);
}

TEST_F(redaction, a_rule_without_a_place_takes_each_value_but_the_controls) {
  rules({rule(redact_action::replace)});
  EXPECT_EQ(
      payload(R"({"fail_times":2,"seed":7,"to":"alice","n":[1,null,{"duration_ms":5}]})"),
      R"({"fail_times":2,"seed":7,"to":"[redacted]","n":["[redacted]","[redacted]",{"duration_ms":"[redacted]"}]})");
}

TEST_F(redaction, controls_that_a_rule_names_go) {
  rules({pointing(redact_action::drop, {"/seed"})});
  EXPECT_EQ(payload(R"({"seed":7,"force":"fail"})"), R"({"force":"fail"})");
}

TEST_F(redaction, the_first_rule_that_fits_decides) {
  rules({pointing(redact_action::keep, {"/a"}), rule(redact_action::replace)});
  EXPECT_EQ(payload(R"({"a":1,"b":2})"), R"({"a":1,"b":"[redacted]"})");
}

TEST_F(redaction, pointers_go_through_any_element_and_escapes) {
  rules({pointing(redact_action::drop, {"/items/*/serial", "/x~1y"})});
  EXPECT_EQ(payload(R"({"items":[{"serial":1,"n":2},{"serial":3}],"x/y":4,"x":{"y":5}})"),
            R"({"items":[{"n":2},{}],"x":{"y":5}})");
}

TEST_F(redaction, names_fit_at_any_depth_in_any_case_and_take_the_whole_value) {
  redact_rule r = rule(redact_action::replace);
  r.names = {"*Phone*"};
  rules({r});
  EXPECT_EQ(payload(R"({"a":{"homephone":{"n":[1,2]}},"PHONE":3,"phon":4})"),
            R"({"a":{"homephone":"[redacted]"},"PHONE":"[redacted]","phon":4})");
}

TEST_F(redaction, a_pattern_of_values_takes_only_texts_that_fit) {
  redact_rule r = rule(redact_action::replace, {});
  r.values = {"*@*"};
  rules({r});
  EXPECT_EQ(payload(R"({"a":"x@y","b":"xy","c":1})"), R"({"a":"[redacted]","b":"xy","c":1})");
}

TEST_F(redaction, a_whole_payload_stays_an_object) {
  rules({pointing(redact_action::replace, {""})});
  EXPECT_EQ(payload(R"({"seed":1})"), R"({"redacted":"[redacted]"})");
  rules({pointing(redact_action::drop, {""})});
  EXPECT_EQ(payload(R"({"seed":1})"), "{}");
}

TEST_F(redaction, equal_values_have_equal_hashes_wherever_they_are_and_however_they_are_written) {
  rules({rule(redact_action::hash, {})});
  job_spec spec;
  spec.payload.text = R"({"a":"\u00fc@x","b":"ü@x","c":"other"})";
  spec.tags = {"ü@x", "batch:b-1"};
  spec.idempotency_key = "ü@x";
  auto const now = run(created{spec}).spec;
  std::string const hash = now->tags[0];
  EXPECT_TRUE(hash.starts_with("hash:")) << hash;
  EXPECT_EQ(hash.size(), 37u);
  EXPECT_EQ(now->idempotency_key, hash);
  EXPECT_EQ(now->payload.text.find("\"a\":\"" + hash + "\",\"b\":\"" + hash + "\",\"c\":\"hash:"),
            1u);
  EXPECT_EQ(now->tags[1], "batch:b-1");
}

TEST_F(redaction, a_rule_goes_by_type_and_queue_of_the_job_also_for_later_events) {
  redact_rule r = rule(redact_action::replace, {redact_part::error, redact_part::payload});
  r.types = {"pay*"};
  r.queues = {"q"};
  rules({r});
  EXPECT_EQ(payload(R"({"a":1})", "mail"), R"({"a":1})");
  EXPECT_EQ(payload(R"({"a":1})", "pay", "other"), R"({"a":1})");
  EXPECT_EQ(payload(R"({"a":1})", "pay"), R"({"a":"[redacted]"})");
  auto const end = run(failed{seq{2}, 1, failure_cause::error, {"T", "alice", {"line"}}});
  EXPECT_EQ(end.error, (job_error{"T", "[redacted]", {"[redacted]"}}));
}

TEST_F(redaction, names_of_what_runs_in_the_server_stay) {
  rules({rule(redact_action::hash, {redact_part::workers, redact_part::text})});
  (void)payload("{}");
  EXPECT_EQ(run(attempted{1, "simulator", {}}).worker, "simulator");
  EXPECT_TRUE(run(attempted{1, "alice-laptop", {}}).worker.starts_with("hash:"));
  EXPECT_EQ(run(dead_lettered{dead_letter_reason::operator_, "server"}).by, "server");
  EXPECT_TRUE(run(discarded{"alice", ""}).by.starts_with("hash:"));
}

TEST_F(redaction, callbacks_of_batches_are_searched_too) {
  rules({rule(redact_action::replace)});
  job_spec spec;
  spec.payload.text = R"({"a":"alice"})";
  raw_json const callback{encode(job_event{created{spec}}).data};
  encoded_event const e = encode(system_event{batch_opened{"b-1", "", "", callback, {}}});
  stored_event row{seq{1}, system_id, 1, 1, std::string{e.type}, {}, e.data};
  EXPECT_FALSE(redactor_->redact(row));
  EXPECT_EQ(row.data.find("alice"), std::string::npos) << row.data;
  stored_event bad = row;
  bad.data =
      encode(system_event{batch_opened{"b-1", "", "", raw_json{R"({"x":"alice"})"}, {}}}).data;
  EXPECT_TRUE(redactor_->redact(bad));
}

TEST_F(redaction, rules_that_matched_nothing_are_known) {
  redact_rule idle = pointing(redact_action::drop, {"/nowhere"});
  idle.place = "rules.toml:7";
  rules({idle, rule(redact_action::keep)});
  (void)payload(R"({"a":1})");
  EXPECT_EQ(redactor_->values().idle(), std::vector<std::string>{"rules.toml:7"});
  EXPECT_EQ(redactor_->values().redacted(), 0u);
}

}  // namespace
}  // namespace retrylab

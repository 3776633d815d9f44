// The codec against golden files: one for each event type and version. A golden file is never
// changed; a new form of an event gets a new file, and the old ones must still decode.

#include "events/event_codec.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

namespace retrylab {
namespace {

using namespace std::chrono_literals;

std::filesystem::path const golden = std::filesystem::path{RETRYLAB_SOURCE_DIR} / "tests/golden";

std::string content(std::filesystem::path const& file) {
  std::ifstream in{file};
  std::string text{std::istreambuf_iterator<char>{in}, {}};
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

timestamp const noon = from_micros(1'767'268'800'000'000);

job_spec full_spec() {
  job_spec s;
  s.type = "mail.send";
  s.queue = "slow";
  s.payload.text = R"({"z": 1, "a":12345678901234567890123,"text":"Gr\u00fc\u00dfe \"x\""})";
  s.handler = "simulate";
  s.priority = 9;
  s.max_attempts = 7;
  s.retry = {retry_kind::linear, 250ms, 1500, 9s, 50'000, 1h};
  s.run_at = noon;
  s.timeout = 30s;
  s.tags = {"nightly", "a\"b\\c\n\x01"};
  s.idempotency_key = "k-1";
  return s;
}

// One of each event with every field in use.
std::vector<std::pair<std::string, job_event>> job_examples() {
  return {
      {"Created", created{full_spec()}},
      {"Attempted", attempted{2, "worker-7", 30s}},
      {"Succeeded", succeeded{seq{12}, raw_json{R"({"ok":true})"}}},
      {"Failed",
       failed{
           seq{12}, 2, failure_cause::worker_lost, {"Crash", "it died", {"a.cpp:1", "b.cpp:2"}}}},
      {"RetryScheduled", retry_scheduled{noon + 1s, 1030125us, "exponential"}},
      {"DeadLettered", dead_lettered{dead_letter_reason::operator_, "me"}},
      {"Released", released{seq{12}, "the server stops"}},
      {"Rescheduled", rescheduled{noon, "me", "now"}},
      {"CancelRequested", cancel_requested{"me", "why"}},
      {"Cancelled", cancelled{seq{12}, "me", "why"}},
      {"Requeued", requeued{"me", "why", raw_json{"{}"}, 5, retry_policy{}}},
      {"Discarded", discarded{"me", "why"}},
      {"Extended", extended{seq{12}, noon}},
      {"Progressed", progressed{40, "page 4 of 10"}},
  };
}

std::vector<std::pair<std::string, system_event>> system_examples() {
  return {
      {"ServerStarted", server_started{"0.1.0", 3, 42}},
      {"QueuePaused", queue_paused{"slow", "me", "why"}},
      {"QueueResumed", queue_resumed{"slow", "me"}},
      {"QueueLimited", queue_limited{"slow", 8, "me"}},
      {"PolicySet", policy_set{"gentle", 2, retry_policy{}, "me"}},
      {"WorkerSeen", worker_seen{"worker-7", "host", {"python"}}},
      {"WorkerQuieted", worker_quieted{"worker-7", "me"}},
      {"WorkerLost", worker_lost{"worker-7", "no beat"}},
      {"ResultRefused", result_refused{job_id{4}, seq{12}, "worker-7", "success"}},
      {"ClockAdvanced", clock_advanced{noon, "me"}},
      {"Purged", purged{job_id{1}, job_id{9}, 5, "00000001.ndjson.zst", "1-4,9", 15, seq{3},
                        seq{40}, "ab12"}},
      {"RulesSet", rules_set{{{.name = "busy",
                               .error_type = "Http*",
                               .message = "*429*",
                               .action = rule_action::retry_after,
                               .delay = 60s},
                              {.name = "slow",
                               .type = "mail.*",
                               .queue = "q",
                               .action = rule_action::policy,
                               .policy = retry_policy{}}},
                             "me"}},
      {"BatchOpened", batch_opened{"b-2", "nightly", "b-1", raw_json{R"({"type":"done"})"}, {}}},
      {"BatchCommitted", batch_committed{"b-2"}},
      {"BatchEnded", batch_ended{"b-2", batch_end::expired, 10, 1}},
      {"Forked", forked{seq{100}, seq{250}, 40, "ab12", seq{252}, true}},
      {"FaultRuleSet",
       fault_rule_set{
           {"twice", fault_kind::delay_fetch, "q", "mail.send", 250'000, 3, 7, 20, 1500ms}, "me"}},
      {"FaultRuleRemoved", fault_rule_removed{"twice", "me"}},
      {"FaultInjected",
       fault_injected{"twice", fault_kind::drop_ack, job_id{4}, seq{12}, "worker-7"}},
  };
}

TEST(codec, every_event_encodes_to_its_golden_file_and_back) {
  for (auto const& [name, event] : job_examples()) {
    encoded_event const e = encode(event);
    EXPECT_EQ(e.type, name);
    EXPECT_EQ(e.data, content(golden / (name + ".1.json")));
    auto const back = decode_job_event(name, e.data);
    ASSERT_TRUE(back) << back.error();
    EXPECT_EQ(*back, event);
  }
  for (auto const& [name, event] : system_examples()) {
    encoded_event const e = encode(event);
    EXPECT_EQ(e.type, name);
    std::string const form = name == "Purged" ? ".2.json" : ".1.json";
    EXPECT_EQ(e.data, content(golden / (name + form)));
    auto const back = decode_system_event(name, e.data);
    ASSERT_TRUE(back) << back.error();
    EXPECT_EQ(*back, event);
  }
}

TEST(codec, there_is_an_example_of_every_alternative) {
  EXPECT_EQ(job_examples().size(), std::variant_size_v<job_event>);
  EXPECT_EQ(system_examples().size(), std::variant_size_v<system_event>);
}

TEST(codec, every_golden_file_decodes_whatever_its_version) {
  std::size_t files = 0;
  for (auto const& entry : std::filesystem::directory_iterator{golden}) {
    std::string const name = entry.path().filename().string();
    std::string const type = name.substr(0, name.find('.'));
    std::string const data = content(entry.path());
    EXPECT_TRUE(decode_job_event(type, data) || decode_system_event(type, data)) << name;
    EXPECT_EQ(is_job_event(type), bool(decode_job_event(type, data))) << name;
    EXPECT_EQ(is_system_event(type), bool(decode_system_event(type, data))) << name;
    ++files;
  }
  EXPECT_GE(files, 24u);
}

TEST(codec, what_is_optional_may_be_absent) {
  auto const old = decode_job_event(
      "Created",
      R"({"type":"a","queue":"q","payload":{},"priority":5,"max_attempts":3,"source":"http"})");
  ASSERT_TRUE(old) << old.error();
  EXPECT_EQ(std::get<created>(*old).spec->retry, retry_policy{});
  auto const purge = decode_system_event("Purged", content(golden / "Purged.1.json"));
  ASSERT_TRUE(purge) << purge.error();
  EXPECT_EQ(std::get<purged>(*purge), (purged{job_id{1}, job_id{9}, 9, "segment-1"}));
}

TEST(codec, the_rarer_options_of_a_job_come_back) {
  job_spec spec;
  spec.type = "a";
  spec.discard_exhausted = true;
  spec.expires_at = noon;
  spec.unique = uniqueness{"key", milliseconds{5000}, true};
  spec.batch = "b-1";
  spec.faktory = faktory_origin{"jid-12345", "2026-01-01T00:00:00Z", "soon", 90, 7, true};
  spec.retry.name = "gentle@2";
  job_event const event = created{spec};
  encoded_event const e = encode(event);
  auto const back = decode_job_event(e.type, e.data);
  ASSERT_TRUE(back) << back.error();
  EXPECT_EQ(*back, event) << e.data;
}

TEST(codec, every_retry_kind_comes_back) {
  for (char const* kind : {"exponential", "linear", "fixed", "faktory"}) {
    auto const back = decode_job_event(
        "Requeued", R"({"by":"a","reason":"b","retry":{"kind":")" + std::string{kind} + "\"}}");
    ASSERT_TRUE(back) << back.error();
    auto const& policy = *std::get<requeued>(*back).retry;
    EXPECT_EQ(to_string(policy.kind), kind);
    auto const again = decode_job_event("Requeued", encode(*back).data);
    ASSERT_TRUE(again) << again.error();
    EXPECT_EQ(std::get<requeued>(*again).retry, policy);
  }
}

TEST(codec, a_long_base_without_a_cap_is_not_cut) {
  auto const read = [](std::string const& policy) {
    auto const back =
        decode_job_event("Requeued", R"({"by":"a","reason":"b","retry":)" + policy + "}");
    return std::get<requeued>(*back).retry->cap.count();
  };
  EXPECT_EQ(read(R"({"base_ms":3600000})"), 3'600'000);
  EXPECT_EQ(read(R"({"base_ms":60})"), 60'000);
  EXPECT_EQ(read(R"({"base_ms":3600000,"cap_ms":1000})"), 1000);
}

TEST(codec, an_unknown_type_or_field_is_refused_by_name) {
  EXPECT_EQ(decode_job_event("Teleported", "{}").error(), "unknown event type Teleported");
  EXPECT_EQ(decode_system_event("Teleported", "{}").error(), "unknown event type Teleported");
  EXPECT_FALSE(is_job_event("Teleported") || is_system_event("Teleported"));
  EXPECT_EQ(decode_job_event("Discarded", R"({"by":"a","reason":"b","mood":"c"})").error(),
            "Discarded: mood is not known here");
  EXPECT_EQ(decode_job_event("Discarded", R"({"by":"a"})").error(),
            "Discarded: reason is required");
  EXPECT_EQ(decode_job_event("DeadLettered", R"({"by":"a","reason":"bored"})").error(),
            "DeadLettered: reason is not known: bored");
  EXPECT_FALSE(decode_job_event("Discarded", "not json"));
}

}  // namespace
}  // namespace retrylab

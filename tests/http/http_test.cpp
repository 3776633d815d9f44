#include "events/core/limits.hpp"
#include "http/documents.hpp"
#include "http/framing_gate.hpp"
#include "http/http_server.hpp"
#include "http/job_queries.hpp"
#include "http/job_requests.hpp"
#include "http/problem.hpp"
#include "http/router.hpp"
#include "http/subscription.hpp"
#include "http/ui_assets.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace retrylab {
namespace {

constexpr timestamp noon = from_micros(1'767'268'800'000'000);

std::string header(std::string lines) {
  std::string out;
  for (char c : lines) out += c == '\n' ? std::string{"\r\n"} : std::string{c};
  return out + "\r\n";
}

// Both ways: what is served is described, what is described is served.
TEST(routes, are_those_of_the_openapi_document) {
  ui_assets const assets = embedded_ui();
  auto const file = std::find_if(assets.begin(), assets.end(),
                                 [](ui_asset const& a) { return a.path == "openapi.json"; });
  ASSERT_NE(file, assets.end()) << "build the dashboard first: the document comes with it";
  std::set<std::string> described;
  boost::json::value const document = boost::json::parse(file->bytes);
  for (auto const& [path, methods] : document.at("paths").as_object()) {
    for (auto const& [method, operation] : methods.as_object()) {
      std::string line{method};
      std::transform(line.begin(), line.end(), line.begin(),
                     [](char c) { return static_cast<char>(c - 'a' + 'A'); });
      described.insert(line.append(" ").append(path));
    }
  }
  std::set<std::string> const pages{"GET /",           "GET /ui",           "GET /ui/*",
                                    "GET /docs",       "GET /openapi.json", "GET /favicon.ico",
                                    "GET /favicon.svg"};
  std::set<std::string> served;
  for (route const& r : routes()) {
    std::string line = std::string{r.method}.append(" ").append(r.pattern);
    if (!pages.contains(line)) served.insert(std::move(line));
  }
  EXPECT_EQ(served, described);
}

TEST(framing_gate, lets_an_ordinary_request_pass) {
  framing const f =
      check_framing(header("POST /jobs HTTP/1.1\nHost: localhost\ncontent-length: 17\n"));
  EXPECT_FALSE(f.error) << f.error->detail;
  EXPECT_EQ(f.content_length, 17u);
}

TEST(framing_gate, refuses_everything_that_two_readers_could_understand_differently) {
  std::pair<char const*, unsigned> const table[] = {
      {"POST /jobs HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n", 411},
      {"POST /jobs HTTP/1.1\nHost: a\nTRANSFER-ENCODING: gzip\nContent-Length: 5\n", 411},
      {"POST /jobs HTTP/1.1\nHost: a\nContent-Length: 5\nContent-Length: 5\n", 400},
      {"POST /jobs HTTP/1.1\nHost: a\nContent-Length: 5, 5\n", 400},
      {"POST /jobs HTTP/1.1\nHost: a\nContent-Length: +5\n", 400},
      {"POST /jobs HTTP/1.1\nHost: a\nContent-Length: 0x5\n", 400},
      {"POST /jobs HTTP/1.1\nHost: a\nContent-Length:\n", 400},
      {"POST /jobs HTTP/1.1\nHost: a\nContent-Length: 99999999999\n", 400},
      {"POST /jobs HTTP/1.1\nHost: a\nContent-Length: 1048577\n", 413},
      {"GET / HTTP/1.1\n", 400},
      {"GET / HTTP/1.1\nHost: a\nhost: b\n", 400},
      {"GET / HTTP/1.1\nHost: a\n folded: b\n", 400},
      {"GET / HTTP/1.1\nHost: a\n\tfolded\n", 400},
      {"GET / HTTP/1.1\nHost: a\nno colon\n", 400},
      {"GET / HTTP/1.0\nHost: a\n", 400},
      {"GET http://a/ HTTP/1.1\nHost: a\n", 400},
      {"GET * HTTP/1.1\nHost: a\n", 400},
      {"GET /a b HTTP/1.1\nHost: a\n", 400},
      {"GET /\nHost: a\n", 400},
      {"BREW / HTTP/1.1\nHost: a\n", 501},
  };
  for (auto const& [lines, status] : table) {
    framing const f = check_framing(header(lines));
    ASSERT_TRUE(f.error) << lines;
    EXPECT_EQ(f.error->status, status) << lines << f.error->detail;
  }
  EXPECT_EQ(check_framing("GET / HTTP/1.1\r\nHost: a\r\nX: b\nHost: c\r\n\r\n").error->status,
            400u);
  EXPECT_EQ(
      check_framing(std::string{"GET / HTTP/1.1\r\nHost: a\r\nX: \0b\r\n\r\n", 34}).error->status,
      400u);
}

TEST(framing_gate, bounds_the_number_of_fields) {
  std::string lines = "GET / HTTP/1.1\nHost: a\n";
  for (int i = 1; i < 64; ++i) lines += "X: y\n";
  EXPECT_FALSE(check_framing(header(lines)).error);
  EXPECT_EQ(check_framing(header(lines + "X: y\n")).error->status, 431u);
}

TEST(router, knows_itself_by_its_loopback_names_only) {
  for (char const* host : {"localhost", "localhost:8000", "127.0.0.1:8000", "[::1]:8000", "[::1]"})
    EXPECT_TRUE(is_own_host(host, 8000)) << host;
  for (char const* host : {"", "evil.example", "127.0.0.1.nip.io:8000", "localhost.:8000",
                           "localhost:8001", "127.1:8000", "LOCALHOST@evil", "0.0.0.0:8000"})
    EXPECT_FALSE(is_own_host(host, 8000)) << host;
}

TEST(router, sees_a_request_of_another_origin) {
  request req;
  req.host = "localhost:8000";
  EXPECT_FALSE(is_cross_origin(req));
  req.origin = "http://localhost:8000";
  EXPECT_FALSE(is_cross_origin(req));
  for (char const* origin : {"null", "http://evil.example", "https://localhost:8000",
                             "http://localhost:80", "garbage"}) {
    req.origin = origin;
    EXPECT_TRUE(is_cross_origin(req)) << origin;
  }
  req.origin.reset();
  req.sec_fetch_site = "cross-site";
  EXPECT_TRUE(is_cross_origin(req));
}

TEST(listen_address, takes_loopback_only) {
  EXPECT_EQ(parse_listen_address("127.0.0.1:8000")->port, 8000);
  EXPECT_EQ(parse_listen_address("localhost:0")->host, "127.0.0.1");
  EXPECT_EQ(parse_listen_address("[::1]:1")->host, "::1");
  for (char const* text : {"", "8000", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1",
                           "nowhere:1", "0.0.0.0:8000", "192.168.0.1:8000", "[::]:8000"})
    EXPECT_FALSE(parse_listen_address(text)) << text;
}

TEST(job_requests, a_full_body_becomes_a_spec) {
  auto const spec = read_job_spec(
      R"({"type":"mail","payload": {"a" : 1},"max_attempts":7,"queue":"q.1","priority":9,"delay_ms":1500,
    "timeout_ms":10,"retry":{"kind":"fixed","jitter":0},"handler":"simulate","tags":["x"]})",
      {noon, {}, {}});
  ASSERT_TRUE(spec) << spec.error().body;
  EXPECT_EQ(spec->payload.text, R"({"a" : 1})");
  EXPECT_EQ(spec->run_at, noon + milliseconds{1500});
  EXPECT_EQ(spec->retry.kind, retry_kind::fixed);
  EXPECT_EQ(spec->retry.base, milliseconds{500});
}

TEST(job_requests, the_type_may_have_100_characters_of_any_script) {
  std::string umlauts;
  for (int i = 0; i < 100; ++i) umlauts += "ü";
  EXPECT_TRUE(read_job_spec("{\"type\":\"" + umlauts + "\"}", {noon, {}, {}}));
  EXPECT_FALSE(read_job_spec("{\"type\":\"" + umlauts + "ü\"}", {noon, {}, {}}));
}

result<job_query, response> query_of(std::vector<std::pair<std::string, std::string>> parameters) {
  request req;
  req.query = std::move(parameters);
  return read_job_query(req);
}

TEST(job_queries, one_that_is_wrong_is_refused_with_the_name_of_the_parameter) {
  std::tuple<char const*, std::string, unsigned> const table[] = {
      {"status", "BORED", 400},
      {"status", "FAILED,", 200},
      {"limit", "0", 400},
      {"limit", "1001", 400},
      {"limit", "x", 400},
      {"cursor", "-1", 400},
      {"cursor", "17", 400},
      {"cursor", "-id.", 400},
      {"cursor", "-id.99999999999999999999", 400},
      {"cursor", "id.17", 422},
      {"cursor", "-id.17", 200},
      {"sort", "priority", 422},
      {"sort", "-id", 200},
      {"created_after", "yesterday", 400},
      {"created_before", "2026-11-23", 400},
      {"created_before", "2026-11-23T15:04:05+01:00", 200},
      {"q", std::string(201, 'x'), 422},
      {"error", std::string(201, 'x'), 422},
      {"colour", "red", 400},
  };
  for (auto const& [name, value, status] : table) {
    auto const query = query_of({{name, value}});
    ASSERT_EQ(bool(query), status == 200) << name << "=" << value;
    if (query) continue;
    EXPECT_EQ(query.error().status, status) << name << "=" << value;
    EXPECT_NE(query.error().body.find(std::string{"\"field\":\""} + name), std::string::npos);
  }
}

TEST(job_queries, every_filter_is_read) {
  auto const query = query_of({{"status", "FAILED,RETRYING"},
                               {"status", "QUEUED"},
                               {"type", "mail"},
                               {"queue", "q"},
                               {"tag", "a,b"},
                               {"tag", "c"},
                               {"q", "text"},
                               {"error", ""},
                               {"created_after", "2026-01-01T12:00:00Z"},
                               {"sort", "id"},
                               {"limit", "5"},
                               {"cursor", "id.9"}});
  ASSERT_TRUE(query) << query.error().body;
  EXPECT_EQ(query->statuses,
            (std::vector{job_status::failed, job_status::retrying, job_status::queued}));
  EXPECT_EQ(query->type, "mail");
  EXPECT_EQ(query->tags, (std::vector<std::string>{"a,b", "c"}));
  EXPECT_EQ(query->text, "text");
  EXPECT_FALSE(query->error);
  EXPECT_EQ(query->created_from, noon);
  EXPECT_EQ(query->order, list_order::oldest_first);
  EXPECT_EQ(query->past, job_id{9});
  EXPECT_EQ(cursor_text(query->order, *query->past), "id.9");
}

TEST(job_queries, a_single_parameter_that_is_there_twice_is_refused) {
  EXPECT_FALSE(query_of({{"type", "a"}, {"type", "b"}}));
  EXPECT_FALSE(query_of({{"type", ""}, {"type", "b"}}));
}

result<event_query, response> event_query_of(
    std::vector<std::pair<std::string, std::string>> parameters) {
  request req;
  req.query = std::move(parameters);
  return read_event_query(req);
}

TEST(event_queries, types_come_with_commas_or_repeated_and_one_that_is_there_twice_counts_once) {
  auto const types = [](std::vector<std::pair<std::string, std::string>> parameters) {
    auto const query = event_query_of(std::move(parameters));
    return query ? query->types : std::set<std::string>{query.error().body};
  };
  EXPECT_EQ(types({{"type", "Failed"}}), std::set<std::string>{"Failed"});
  std::set<std::string> const both{"Failed", "QueuePaused"};
  EXPECT_EQ(types({{"type", "QueuePaused,Failed,Failed,"}}), both);
  EXPECT_EQ(types({{"type", "QueuePaused"}, {"type", "Failed"}}), both);
  EXPECT_EQ(types({{"type", ""}}), std::set<std::string>{});
}

TEST(event_queries, a_type_that_no_event_has_is_refused_by_its_name) {
  for (std::string const value :
       {"Teleported", "Failed,Teleported", "failed", "FAILED", "Failed, Created", ",Failed", ","}) {
    auto const query = event_query_of({{"type", value}});
    ASSERT_FALSE(query) << value;
    EXPECT_EQ(query.error().status, 400U) << value;
    EXPECT_NE(query.error().body.find(R"("field":"type")"), std::string::npos);
  }
  auto const query = event_query_of({{"type", "Failed,Teleported"}});
  EXPECT_NE(query.error().body.find(R"(has \"Teleported\", which is no type of an event)"),
            std::string::npos)
      << query.error().body;
}

TEST(documents, a_job_has_every_field_of_the_interface_in_its_order) {
  job_state s;
  s.id = job_id{7};
  job_spec spec;
  spec.payload.text = R"({ "n" : 12345678901234567890123 })";
  s.spec = spec;
  std::string const doc = job_document(s, noon);
  EXPECT_NE(doc.find(R"("payload":{ "n" : 12345678901234567890123 },"status")"), std::string::npos)
      << doc;
  json_fields f{doc};
  for (char const* name : {"id",
                           "type",
                           "payload",
                           "status",
                           "attempts",
                           "max_attempts",
                           "last_error",
                           "queue",
                           "priority",
                           "handler",
                           "executions",
                           "generation",
                           "created_at",
                           "updated_at",
                           "run_at",
                           "next_attempt_at",
                           "started_at",
                           "finished_at",
                           "timeout_ms",
                           "retry",
                           "tags",
                           "worker",
                           "lease_expires_at",
                           "error",
                           "result",
                           "idempotency_key",
                           "version",
                           "seq"}) {
    EXPECT_NE(doc.find("\"" + std::string{name} + "\":"), std::string::npos) << name;
    (void)f.raw(name);
  }
  f.finish();
  EXPECT_TRUE(f.ok()) << f.errors().front().field;
}

TEST(problem, names_each_field) {
  response const r = problem(422, "type is required", {{"type", "is required"}});
  EXPECT_EQ(r.content_type, "application/problem+json");
  EXPECT_EQ(
      r.body,
      R"({"type":"about:blank","title":"Unprocessable Content","status":422,"detail":"type is required","errors":[{"field":"type","message":"is required"}]})");
}

TEST(subscription, is_read_and_refused_by_name) {
  auto const sub = read_subscription(
      R"({"subscribe":["jobs"],"filter":{"job":17,"jobs":[1,2],"status":["FAILED"],"type":"t","queue":"q"},"after":5})");
  ASSERT_TRUE(sub) << sub.error();
  EXPECT_TRUE(sub->jobs && !sub->events && !sub->stats);
  EXPECT_EQ(sub->watched.size(), 2u);
  EXPECT_EQ(sub->after, seq{5});
  EXPECT_TRUE(read_subscription("{}"));
  std::pair<char const*, char const*> const table[] = {
      {"[]", "must be an object"},
      {R"({"subscribe":["all"]})", "subscribe"},
      {R"({"after":-1})", "after"},
      {R"({"filter":{"jobs":["x"]}})", "filter.jobs"},
      {R"({"filter":{"status":["BORED"]}})", "filter.status"},
      {R"({"x":1})", "x is not known"}};
  for (auto const& [text, named] : table) {
    auto const refused = read_subscription(text);
    ASSERT_FALSE(refused) << text;
    EXPECT_NE(refused.error().find(named), std::string::npos) << refused.error();
  }
}

live_feed::step step(std::uint64_t from, std::uint64_t to, std::vector<std::uint64_t> jobs) {
  auto p = std::make_shared<projected>();
  p->step.from = seq{from};
  p->step.to = seq{to};
  for (std::uint64_t s = from + 1; s <= to; ++s)
    p->events.push_back({seq{s}, job_id{jobs.front()}, 1, 1, "Discarded", noon, "{}"});
  for (std::uint64_t id : jobs) {
    job_state state;
    state.id = job_id{id};
    state.version = static_cast<stream_version>(to);
    p->step.changed.push_back(state);
  }
  return p;
}

std::size_t count(std::string_view text, std::string_view what) {
  std::size_t n = 0;
  for (std::size_t at = text.find(what); at != std::string_view::npos; at = text.find(what, at + 1))
    ++n;
  return n;
}

TEST(subscription, a_frame_has_the_newest_state_of_each_job_and_every_event_once) {
  live_feed feed{seq{0}};
  feed.publish(step(0, 2, {1}));
  feed.publish(step(2, 5, {1, 2}));
  subscription const sub;
  auto const f = live_frame(sub, feed, seq{1}, noon);
  ASSERT_TRUE(f);
  EXPECT_EQ(f->seq, seq{5});
  EXPECT_TRUE(f->text.starts_with(R"({"prev":1,"seq":5,"jobs":[{"id":1,)")) << f->text;
  EXPECT_EQ(count(f->text, R"({"id":)"), 2u);
  EXPECT_EQ(count(f->text, R"("type":"Discarded")"), 4u);
  EXPECT_FALSE(live_frame(sub, feed, seq{5}, noon));
}

TEST(subscription, a_filter_leaves_out_what_is_not_watched) {
  live_feed feed{seq{0}};
  feed.publish(step(0, 1, {1, 2, 3}));
  subscription sub;
  sub.statuses = {job_status::failed};
  sub.watched = {job_id{3}};
  EXPECT_EQ(count(live_frame(sub, feed, seq{0}, noon)->text, R"({"id":)"), 1u);
  sub = {};
  sub.job = job_id{9};
  auto const f = live_frame(sub, feed, seq{0}, noon);
  EXPECT_EQ(f->text.substr(0, 42), R"({"prev":0,"seq":1,"jobs":[],"events":[],"s)");
}

TEST(subscription, more_rows_than_a_frame_takes_become_a_reset) {
  live_feed feed{seq{0}};
  std::vector<std::uint64_t> many;
  for (std::uint64_t id = 1; id <= limits::frame_rows + 1; ++id) many.push_back(id);
  feed.publish(step(0, 1, many));
  EXPECT_NE(live_frame({}, feed, seq{0}, noon)->text.find(R"("reset":["jobs"])"),
            std::string::npos);
}

}  // namespace
}  // namespace retrylab

#include "webhook/webhook_executor.hpp"
#include "webhook/webhook_signature.hpp"

#include <gtest/gtest.h>

namespace retrylab {
namespace {

constexpr timestamp noon = from_micros(1'767'268'800'000'000);  // 2026-01-01T12:00:00Z

TEST(webhook_url, is_taken_apart) {
  auto const plain = parse_webhook_url("http://example.org");
  ASSERT_TRUE(plain);
  EXPECT_EQ(*plain, (webhook_target{false, "example.org", "80", "example.org", "/",
                                    "http://example.org/"}));
  auto const full = parse_webhook_url("https://[2a00:1450::1]:8443/hooks/a%20b?token=x");
  ASSERT_TRUE(full);
  EXPECT_EQ(*full,
            (webhook_target{true, "2a00:1450::1", "8443", "[2a00:1450::1]:8443",
                            "/hooks/a%20b?token=x", "https://[2a00:1450::1]:8443/hooks/a%20b"}));
}

TEST(webhook_url, every_mistake_has_its_sentence) {
  std::pair<char const*, char const*> const cases[]{
      {"", "is not a URL such as https://example.org/hooks"},
      {"example.org/hooks", "is not a URL such as https://example.org/hooks"},
      {"https://exa mple.org", "is not a URL such as https://example.org/hooks"},
      {"ftp://example.org", "must begin with http:// or https://"},
      {"file:///etc/passwd", "must begin with http:// or https://"},
      {"https://user:pw@example.org/", "must not name a user; a header can"},
      {"https://public.example@127.0.0.1/", "must not name a user; a header can"},
      {"https://example.org/#part", "must not have a fragment"},
      {"https:///hooks", "names no host"},
      {"http://example.org:0/", "must have a port from 1 to 65535"},
      {"http://example.org:99999/", "must have a port from 1 to 65535"},
  };
  for (auto const& [url, why] : cases) {
    auto const parsed = parse_webhook_url(url);
    ASSERT_FALSE(parsed) << url;
    EXPECT_EQ(parsed.error(), why) << url;
  }
}

TEST(webhook_signature, is_that_of_the_specification) {
  auto const secret = parse_webhook_secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  ASSERT_TRUE(secret);
  EXPECT_EQ(secret->size(), 24U);
  EXPECT_EQ(webhook_signature(*secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1'614'265'330,
                              R"({"test": 2432232314})"),
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

TEST(webhook_signature, a_weak_or_broken_secret_is_refused) {
  for (char const* text :
       {"", "whsec_", "secret", "whsec_c2hvcnQ=", "whsec_not base64!",
        "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS"})
    EXPECT_FALSE(parse_webhook_secret(text)) << text;
  EXPECT_FALSE(parse_webhook_secret("whsec_" + std::string(400, 'A')));
}

TEST(webhook_header, ours_and_framing_are_not_to_be_set) {
  EXPECT_TRUE(may_set_header("Authorization", "Bearer x"));
  for (char const* name : {"", "Host", "content-length", "Transfer-Encoding", "X-RetryLab-Fence",
                           "Webhook-Id", "a b", "a:b", "Connection"})
    EXPECT_FALSE(may_set_header(name, "x")) << name;
  EXPECT_FALSE(may_set_header("X-Note", "a\r\nX-RetryLab-Job: 7"));
}

attempt_failed failure(unsigned status, std::string retry_after = {}, bool keep = false) {
  webhook_answer const answer{status, std::move(retry_after), "try\nlater", false};
  return std::get<attempt_failed>(outcome_of(answer, "https://example.org/hooks", keep, noon));
}

TEST(webhook_answer, the_status_is_the_outcome) {
  for (unsigned status : {200U, 201U, 202U, 204U, 299U}) {
    auto const good = outcome_of({status, "", "done", false}, "", false, noon);
    EXPECT_FALSE(std::get<attempt_succeeded>(good).result) << status;
  }
  for (unsigned status : {300U, 301U, 302U, 307U, 400U, 401U, 404U, 408U, 429U, 500U, 503U, 599U})
    EXPECT_TRUE(failure(status).retryable) << status;
  EXPECT_FALSE(failure(410).retryable);
  EXPECT_FALSE(failure(422).retryable);
  EXPECT_EQ(failure(503).error,
            (job_error{"Http503", "503 Service Unavailable from https://example.org/hooks", {}}));
  EXPECT_EQ(failure(560).error.message, "560 from https://example.org/hooks");
  EXPECT_EQ(failure(400, "", true).error.backtrace, std::vector<std::string>{"try later"});
}

TEST(webhook_answer, its_body_is_the_result_when_it_is_wanted) {
  auto const result = [](std::string body, bool cut = false) {
    auto const good = outcome_of({200, "", std::move(body), cut}, "", true, noon);
    return std::get<attempt_succeeded>(good).result;
  };
  EXPECT_EQ(result(R"({"a":1})")->text, R"({"a":1})");
  EXPECT_EQ(result("thanks")->text, R"("thanks")");
  EXPECT_EQ(result(R"({"a":1})", true)->text, R"("{\"a\":1}")");
  EXPECT_FALSE(result(" \n"));
}

TEST(webhook_answer, retry_after_is_seconds_or_a_date) {
  EXPECT_EQ(parse_retry_after("120", noon), std::chrono::seconds{120});
  EXPECT_EQ(parse_retry_after("0", noon), std::chrono::seconds{0});
  EXPECT_EQ(parse_retry_after("Thu, 01 Jan 2026 12:01:30 GMT", noon), std::chrono::seconds{90});
  EXPECT_EQ(parse_retry_after("Thu, 01 Jan 2026 11:00:00 GMT", noon), std::chrono::seconds{0});
  EXPECT_EQ(parse_retry_after("999999999999", noon), std::chrono::hours{24 * 3653});
  for (char const* text : {"", "-1", "soon", "1.5", "Thu, 01 Jan 2026 12:01:30 CET", "12x"})
    EXPECT_FALSE(parse_retry_after(text, noon)) << text;
  EXPECT_EQ(failure(429, "7").advice->delay, std::chrono::seconds{7});
  EXPECT_EQ(failure(429, "7").advice->rule, "Retry-After");
  EXPECT_FALSE(failure(429).advice);
}

TEST(webhook_request, says_who_asks) {
  job_spec spec;
  spec.type = "invoice.send";
  spec.queue = "billing";
  spec.payload = raw_json{R"({"n": 1})"};
  attempt_work const work{job_id{7}, seq{90}, 2, 3, immutable<job_spec>{std::move(spec)}};
  webhook_handler handler;
  handler.target = *parse_webhook_url("https://example.org:8443/in?x=1");
  handler.headers = {{"Authorization", "Bearer t"}};
  handler.secret = std::string(24, 'k');
  auto const request = request_of(work, handler, noon);
  EXPECT_EQ(request.target(), "/in?x=1");
  EXPECT_EQ(request.body(), R"({"n": 1})");
  std::pair<char const*, char const*> const fields[]{{"Host", "example.org:8443"},
                                                     {"Content-Length", "8"},
                                                     {"Authorization", "Bearer t"},
                                                     {"X-RetryLab-Job", "7"},
                                                     {"X-RetryLab-Attempt", "2"},
                                                     {"X-RetryLab-Fence", "90"},
                                                     {"webhook-timestamp", "1767268800"},
                                                     {"X-RetryLab-Idempotency-Key", "7-3"},
                                                     {"webhook-id", "7-3"},
                                                     {"Content-Type", "application/json"}};
  for (auto const& [name, value] : fields) EXPECT_EQ(request[name], value) << name;
  EXPECT_EQ(request["webhook-signature"],
            webhook_signature(handler.secret, "7-3", 1'767'268'800, request.body()));
}

}  // namespace
}  // namespace retrylab

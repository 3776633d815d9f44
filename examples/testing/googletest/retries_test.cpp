#include "retrylab.hpp"

#include <gtest/gtest.h>

namespace {

// How often `part` is in `text`.
int count(std::string const& text, std::string const& part) {
  int n = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
  return n;
}

TEST(retries, give_up_after_half_an_hour) {
  retrylab::server const lab;
  std::string const job = lab.create(R"({"type":"invoice.send","max_attempts":6,
      "payload":{"force":"fail","duration_ms":0},
      "retry":{"kind":"exponential","base_ms":60000,"factor":2,"jitter":0,"cap_ms":86400000}})");
  std::string const moved = lab.advance(R"({"until":"idle"})");
  EXPECT_EQ(retrylab::field(moved, "to"), "2026-01-01T00:31:00.000000Z");
  EXPECT_EQ(lab.status(job), "FAILED");
  EXPECT_EQ(count(lab.events(job), R"("type":"Attempted")"), 6);
}

TEST(retries, a_reminder_is_sent_tomorrow) {
  retrylab::server const lab;
  std::string const job = lab.create(R"({"type":"reminder","delay_ms":86400000,
      "payload":{"force":"success","duration_ms":0}})");
  lab.advance(R"({"by_ms":86399999})");
  EXPECT_EQ(lab.status(job), "SCHEDULED");
  lab.advance(R"({"by_ms":1})");
  EXPECT_EQ(lab.status(job), "SUCCEEDED");
}

}  // namespace

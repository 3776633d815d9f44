#include "actors/executors/command_executor.hpp"

#include "events/core/limits.hpp"

#include <gtest/gtest.h>

namespace retrylab {
namespace {

attempt_failed failure(child_end const& end) {
  attempt_outcome const outcome = outcome_of(end);
  EXPECT_TRUE(std::holds_alternative<attempt_failed>(outcome));
  return std::get<attempt_failed>(outcome);
}

std::optional<raw_json> success(std::string output, bool cut = false) {
  child_end end;
  end.output = std::move(output);
  end.output_cut = cut;
  return std::get<attempt_succeeded>(outcome_of(end)).result;
}

TEST(command_outcome, only_usage_and_data_errors_are_final) {
  for (int const code : {1, 2, 63, 66, 69, 75, 77, 78, 126, 127, 255})
    EXPECT_TRUE(failure({false, code}).retryable) << code;
  for (int const code : {64, 65}) EXPECT_FALSE(failure({false, code}).retryable) << code;
  EXPECT_TRUE(failure({true, 9}).retryable);
  EXPECT_EQ(failure({true, 9}).error.message, "killed by signal 9 (Killed)");
}

TEST(command_outcome, what_was_printed_is_the_result) {
  EXPECT_EQ(success(""), std::nullopt);
  EXPECT_EQ(success(" \n"), std::nullopt);
  EXPECT_EQ(success("{\"a\": 1.50}\n"), raw_json{"{\"a\": 1.50}"});
  EXPECT_EQ(success("7"), raw_json{"7"});
  EXPECT_EQ(success("done \"well\"\n"), raw_json{R"("done \"well\"")"});
  EXPECT_EQ(success("[1,2]", true), raw_json{"\"[1,2]\""});
  EXPECT_EQ(success("\xff\xfe"), raw_json{"\"??\""});
}

TEST(command_outcome, errors_keep_their_last_lines) {
  child_end end{false, 1};
  for (int i = 1; i <= 60; ++i) end.errors += "line " + std::to_string(i) + "\n";
  attempt_failed const f = failure(end);
  ASSERT_EQ(f.error.backtrace.size(), 50u);
  EXPECT_EQ(f.error.backtrace.front(), "line 11");
  EXPECT_EQ(f.error.backtrace.back(), "line 60");
  EXPECT_EQ(f.error.message, "exit code 1: line 60");
  end.errors = std::string(5000, 'x');
  EXPECT_LE(failure(end).error.message.size(), limits::faktory_error_message_bytes);
}

}  // namespace
}  // namespace retrylab

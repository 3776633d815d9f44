#pragma once
// Reads the parameters of a request's query one by one and remembers every complaint, each with the
// name of its parameter. An empty parameter counts as absent.

#include "events/core/time.hpp"
#include "events/json_fields.hpp"
#include "http/message.hpp"

namespace retrylab {

class query_reader {
 public:
  // `prefix` comes before each parameter's name in complaints.
  explicit query_reader(request const& req, std::string prefix = {})
      : request_(req), prefix_(std::move(prefix)) {}

  // Complains when it is there twice.
  [[nodiscard]] std::optional<std::string> text(std::string_view name);
  // Every one of that name.
  [[nodiscard]] std::vector<std::string> texts(std::string_view name);
  // Their parts between commas; a comma at the end begins none.
  [[nodiscard]] std::vector<std::string> list(std::string_view name);
  [[nodiscard]] std::optional<std::uint64_t> number(std::string_view name, std::uint64_t low,
                                                    std::uint64_t high);
  [[nodiscard]] std::optional<timestamp> time(std::string_view name);

  // 400: not what such a parameter looks like. 422: well formed, but nothing that can be answered.
  void fail(std::string_view name, std::string message) { add(400, name, std::move(message)); }
  void refuse(std::string_view name, std::string message) { add(422, name, std::move(message)); }
  // The answer, if there is reason for complaint; names that nobody asked for are one.
  [[nodiscard]] std::optional<response> finish();
  [[nodiscard]] std::vector<field_error> const& errors() const { return errors_; }

 private:
  void add(unsigned status, std::string_view name, std::string message);
  request const& request_;
  std::string prefix_;
  std::vector<std::string_view> known_;
  std::vector<field_error> errors_;
  unsigned status_ = 422;
};

// Decimal digits, at most the largest signed 64-bit integer.
[[nodiscard]] std::optional<std::uint64_t> unsigned_number(std::string_view text);

}  // namespace retrylab

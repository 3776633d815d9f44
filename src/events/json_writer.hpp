#pragma once
// Appends one JSON object to a string, in the order of the calls. Values that are JSON already
// (payloads) are copied byte for byte, which is why this is not Boost.JSON's serializer.
//
//   json_writer w{out};
//   w.string("type", "email").number("priority", 5).raw("payload", "{}").close();

#include "events/core/job_events.hpp"
#include "events/core/time.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace retrylab {

void append_json_string(std::string& out, std::string_view text);

class json_writer {
 public:
  explicit json_writer(std::string& out) : out_(out) { out_ += '{'; }
  json_writer(json_writer const&) = delete;
  json_writer& operator=(json_writer const&) = delete;

  json_writer& string(std::string_view name, std::string_view value);
  json_writer& optional_string(std::string_view name, std::optional<std::string> const& value);
  json_writer& number(std::string_view name, std::int64_t value);
  json_writer& number(std::string_view name, std::optional<std::int64_t> value);
  json_writer& boolean(std::string_view name, bool value);
  json_writer& time(std::string_view name, std::optional<timestamp> value);
  // A decimal with `scale` digits after the point at most: fixed("jitter", 100000, 6) is 0.1.
  json_writer& fixed(std::string_view name, std::uint64_t value, int scale);
  json_writer& strings(std::string_view name, std::span<std::string const> values);
  json_writer& raw(std::string_view name, std::string_view json);
  json_writer& raw(std::string_view name, std::optional<raw_json> const& json);
  json_writer& null(std::string_view name);
  // The value is what `append` puts behind the name.
  template <class Append>
  json_writer& nested(std::string_view name, Append append) {
    key(name);
    append(out_);
    return *this;
  }
  void close() { out_ += '}'; }

 private:
  void key(std::string_view name);
  std::string& out_;
  bool first_ = true;
};

}  // namespace retrylab

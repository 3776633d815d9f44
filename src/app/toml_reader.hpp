#pragma once
// What the readers of TOML files have in common: a complaint names file and line, the first one
// ends the reading, and it comes out as a result.

#include "events/core/result.hpp"

#define TOML_HEADER_ONLY 1
#include <fmt/format.h>

#include <string>
#include <toml++/toml.h>

namespace retrylab {

struct toml_complaint {
  std::string why;
};

class toml_reader {
 protected:
  explicit toml_reader(std::string const& file) : file_(file) {}

  [[nodiscard]] std::string const& file() const { return file_; }
  [[nodiscard]] std::string place(toml::node const& node) const {
    return file_ + ":" + std::to_string(node.source().begin.line);
  }
  [[noreturn]] void fail(toml::node const& node, std::string const& what) const {
    throw toml_complaint{place(node) + ": " + what};
  }

 private:
  std::string const& file_;
};

// What `read` makes of the file's table, or the complaint that it, or the parser, has.
template <class Read>
auto read_toml(std::string const& file, Read read)
    -> result<std::invoke_result_t<Read&, toml::table const&>, std::string> {
  using answer = result<std::invoke_result_t<Read&, toml::table const&>, std::string>;
  try {
    return answer{boost::system::in_place_value, read(toml::parse_file(file))};
  } catch (toml::parse_error const& e) {
    return answer{boost::system::in_place_error,
                  fmt::format("{}:{}: {}", file, e.source().begin.line, e.description())};
  } catch (toml_complaint const& e) {
    return answer{boost::system::in_place_error, e.why};
  }
}

}  // namespace retrylab

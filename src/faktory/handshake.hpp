#pragma once
// HI and HELLO: who may talk, and who they are.
//
//   server: +HI {"v":2}     or, with a password:  +HI {"v":2,"i":1545,"s":"55104dc76695721d"}
//   client: HELLO {"v":2,"hostname":"h","wid":"w","pid":1,"labels":["go"],"pwdhash":"…"}
//
// There is no space inside HI's JSON: a client splits the line at spaces. A client that says no
// `v`, or one below 2, hashes once whatever `i` says. Null and "" mean absent, unknown fields are
// ignored.
//
// Source: server/server.go (startConnection) and docs/protocol-specification.md of Faktory.

#include "events/core/result.hpp"
#include "faktory/reply.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace retrylab {

struct challenge {
  unsigned iterations = 1;
  std::string salt;
  bool operator==(challenge const&) const = default;
};

// From two drawn numbers: 4,000 to 8,095 iterations, the salt in hexadecimal.
[[nodiscard]] challenge make_challenge(std::uint64_t iterations_drawn, std::uint64_t salt_drawn);

// No challenge: no password is asked for.
void append_hi(std::string& out, std::optional<challenge> const& asked);

struct hello {
  std::int64_t version = 0;
  std::string hostname;
  std::string wid;  // empty: a producer
  std::int64_t pid = 0;
  std::vector<std::string> labels;
  std::string pwdhash;
  std::string username;
  bool extended = false;  // "retrylab":1: FETCH tells what only we know of an attempt
  bool operator==(hello const&) const = default;
};

// The whole line. A refusal is followed by closing the connection. Labels and the host name are cut
// (limits.hpp), a wid that is too long is refused, because it identifies.
[[nodiscard]] result<hello, reply_error> parse_hello(std::string_view line);

// sha256(password + salt), then sha256 of the 32 bytes until `iterations` were made; lower-case
// hexadecimal. 8,000 iterations take about 2 ms.
[[nodiscard]] std::string password_hash(std::string_view password, std::string_view salt,
                                        unsigned iterations);

// Whether `said.pwdhash` answers the challenge; the time taken does not depend on where it differs.
[[nodiscard]] bool answers(hello const& said, challenge const& asked, std::string_view password);

inline constexpr char const* invalid_password = "Invalid password";

}  // namespace retrylab

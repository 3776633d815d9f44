#pragma once
// What a load sends and what it makes of the answers; one object for all connections of a run, on
// the thread of the load.

#include "bench/answer_reader.hpp"
#include "bench/target.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace retrylab::bench {

class traffic {
 public:
  virtual ~traffic() = default;
  // Of a connection's answers; HTTP unless said otherwise.
  [[nodiscard]] virtual std::unique_ptr<answer_reader> reader() const;
  // What is said once a connection is there, blocking; whether it went well.
  [[nodiscard]] virtual bool greet(boost::asio::ip::tcp::socket& /*socket*/,
                                   std::size_t /*connection*/) {
    return true;
  }
  // The bytes of this connection's next request. They stay valid until its answer is there.
  [[nodiscard]] virtual std::string_view next(std::size_t connection) = 0;
  // An answer with a 2xx. Returns how many jobs it acknowledges.
  virtual std::uint64_t answered(std::size_t connection, answer const& a) = 0;
};

// The job that is created over and over.
struct job_template {
  std::string type = "bench";
  std::string queue = "default";
  std::string payload = R"({"to":"a@example.org","n":1})";  // a JSON object
};

// POST /jobs.
[[nodiscard]] std::unique_ptr<traffic> create_traffic(target const& to, job_template const& job);
// POST /jobs/bulk with `batch` jobs in each request.
[[nodiscard]] std::unique_ptr<traffic> bulk_traffic(target const& to, job_template const& job,
                                                    std::size_t batch);
// GET /jobs with the filters in turn, the first few pages of each. `stats` is the document of
// GET /stats: from it come the types and queues that are asked for.
[[nodiscard]] std::unique_ptr<traffic> list_traffic(target const& to, std::string_view stats,
                                                    std::size_t connections);

}  // namespace retrylab::bench

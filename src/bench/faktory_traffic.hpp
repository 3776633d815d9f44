#pragma once
// What a load sends over the Faktory Work Protocol.

#include "bench/traffic.hpp"

namespace retrylab::bench {

// `pipeline` PUSH commands at a time, each with a jid of its own.
[[nodiscard]] std::unique_ptr<traffic> push_traffic(job_template const& job,
                                                    std::size_t connections, std::size_t pipeline);
// PUSH, FETCH, ACK, and again; each waits for its reply. A job counts when it was acknowledged.
[[nodiscard]] std::unique_ptr<traffic> work_traffic(job_template const& job,
                                                    std::size_t connections);

}  // namespace retrylab::bench

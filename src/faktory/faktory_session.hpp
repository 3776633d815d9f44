#pragma once
// One connection of the Faktory Work Protocol, from HI to END. Reads what has arrived, runs it line
// by line, writes once; jobs that were pushed one after the other are written to the log together.
//
// Source: docs/protocol-specification.md of Faktory, and its server.

#include "faktory/faktory_context.hpp"

#include <boost/asio/awaitable.hpp>

namespace retrylab {

boost::asio::awaitable<void> run_faktory_session(boost::asio::ip::tcp::socket socket,
                                                 faktory_context& context);

}  // namespace retrylab

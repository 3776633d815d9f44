#pragma once
// How jobs of one type are delivered by HTTP, as configured (docs/handlers.md).

#include "webhook/webhook_target.hpp"

#include <boost/asio/ssl/context.hpp>

#include <map>
#include <memory>

namespace retrylab {

struct webhook_handler {
  webhook_target target;
  std::string secret{};                                // its bytes; empty: requests are not signed
  std::map<std::string, std::string> headers{};        // beside ours
  std::shared_ptr<boost::asio::ssl::context> trust{};  // of https
  bool private_network = false;  // else only public addresses are connected to
  bool keep_body = false;        // the answer's body is the result, or stands in the error
};
using webhook_handlers = std::map<std::string, webhook_handler, std::less<>>;  // by type of job

// Trusts what the system trusts, or only the certificates in a PEM file. The error is a sentence.
[[nodiscard]] result<std::shared_ptr<boost::asio::ssl::context>, std::string> webhook_trust(
    std::string const& ca_file);

// Whether a configured header may have this name and value: ours, and those that frame the request,
// are not anybody else's to set.
[[nodiscard]] bool may_set_header(std::string_view name, std::string_view value);

}  // namespace retrylab

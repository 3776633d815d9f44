#include "http/message.hpp"

namespace retrylab {

std::string_view reason_phrase(unsigned status) {
  switch (status) {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 302:
      return "Found";
    case 400:
      return "Bad Request";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 411:
      return "Length Required";
    case 413:
      return "Content Too Large";
    case 421:
      return "Misdirected Request";
    case 422:
      return "Unprocessable Content";
    case 426:
      return "Upgrade Required";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 501:
      return "Not Implemented";
    case 503:
      return "Service Unavailable";
    case 507:
      return "Insufficient Storage";
    default:
      return "Unknown";
  }
}

std::string percent_encoded(std::string_view text) {
  static constexpr std::string_view hex = "0123456789ABCDEF";
  static constexpr std::string_view plain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  std::string out;
  for (char c : text) {
    if (plain.find(c) != std::string_view::npos) {
      out += c;
      continue;
    }
    auto const byte = static_cast<unsigned char>(c);
    out += {'%', hex[byte >> 4], hex[byte & 15]};
  }
  return out;
}

void tell_behind(response& answer, std::uint64_t events) {
  if (events > 0) answer.headers.emplace_back("X-Events-Behind", std::to_string(events));
}

std::string serialize(response const& answer, bool keep_alive, bool head) {
  std::string_view const body =
      answer.static_body.empty() ? std::string_view{answer.body} : answer.static_body;
  std::string out;
  out.reserve(256 + (head ? 0 : body.size()));
  out.append("HTTP/1.1 ")
      .append(std::to_string(answer.status))
      .append(" ")
      .append(reason_phrase(answer.status));
  out.append("\r\nContent-Type: ").append(answer.content_type);
  out.append("\r\nContent-Length: ").append(std::to_string(body.size()));
  out.append("\r\nX-Content-Type-Options: nosniff\r\n");
  if (!keep_alive) out.append("Connection: close\r\n");
  for (auto const& [name, value] : answer.headers)
    out.append(name).append(": ").append(value).append("\r\n");
  out.append("\r\n");
  if (!head) out.append(body);
  return out;
}

}  // namespace retrylab

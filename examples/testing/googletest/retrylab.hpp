#pragma once
// A RetryLab of its own for each test: starts it, moves its clock, says what happened.
// C++17 and POSIX, nothing to install. Copy this file beside your tests. Answers are JSON text; use
// your own library to read them, or field().

#include <arpa/inet.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <vector>

namespace retrylab {

// What follows `"name":` in a flat piece of JSON, without quotes.
inline std::string field(std::string const& json, std::string const& name) {
  auto const at = json.find("\"" + name + "\":");
  if (at == std::string::npos) return "";
  auto begin = at + name.size() + 3;
  bool const text = json[begin] == '"';
  begin += text ? 1 : 0;
  return json.substr(begin, json.find_first_of(text ? "\"" : ",}]", begin) - begin);
}

class server {
 public:
  explicit server(std::vector<std::string> flags = {}, std::string const& start = "2026-01-01T00:00:00Z") {
    char const* const named = std::getenv("RETRYLAB_BINARY");
    std::vector<std::string> all{named ? named : "retrylab", "serve", "--ephemeral", "--clock", "manual",
                                 "--clock-start", start, "--http", "127.0.0.1:0", "--faktory", "127.0.0.1:0",
                                 "--log-level", "error"};
    all.insert(all.end(), flags.begin(), flags.end());
    std::vector<char*> arguments;
    for (std::string& one : all) arguments.push_back(one.data());
    arguments.push_back(nullptr);
    int out[2];
    if (::pipe(out) != 0 || (child_ = ::fork()) < 0) throw std::runtime_error("no process");
    if (child_ == 0) {
      ::dup2(out[1], STDOUT_FILENO);
      ::execvp(arguments[0], arguments.data());
      ::_exit(127);
    }
    ::close(out[1]);
    std::string ready;
    for (char c = 0; ::read(out[0], &c, 1) == 1 && c != '\n';) ready += c;
    ::close(out[0]);
    std::string const http = field(ready, "http");
    if (http.empty()) throw std::runtime_error("the server did not start");
    port_ = static_cast<unsigned short>(std::stoi(http.substr(http.rfind(':') + 1)));
    faktory_ = "tcp://" + field(ready, "faktory");
  }
  ~server() {
    ::kill(child_, SIGTERM);
    ::waitpid(child_, nullptr, 0);
  }
  server(server const&) = delete;
  server& operator=(server const&) = delete;

  // The body of the answer; throws unless it is 2xx.
  std::string ask(std::string const& method, std::string const& path, std::string const& body = "") const {
    int const s = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port_);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    std::string const sent = method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port_) +
                             "\r\nConnection: close\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    std::string got;
    if (::connect(s, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0 &&
        ::write(s, sent.data(), sent.size()) == static_cast<ssize_t>(sent.size())) {
      char part[4096];
      for (ssize_t n; (n = ::read(s, part, sizeof part)) > 0;) got.append(part, static_cast<std::size_t>(n));
    }
    ::close(s);
    auto const head = got.find("\r\n\r\n");
    if (head == std::string::npos || got.compare(9, 1, "2") != 0) throw std::runtime_error(method + " " + path + ": " + got);
    return got.substr(head + 4);
  }

  // `job` as for POST /jobs. Its id.
  std::string create(std::string const& job) const { return field(ask("POST", "/jobs", job), "id"); }
  // `wish`: {"by_ms":…}, {"to":…} or {"until":"idle"}. Returns when all that is due has happened.
  std::string advance(std::string const& wish) const { return ask("POST", "/clock/advance", wish); }
  std::string status(std::string const& job) const { return field(ask("GET", "/jobs/" + job), "status"); }
  std::string events(std::string const& job) const { return ask("GET", "/jobs/" + job + "/events"); }
  std::string const& faktory_url() const { return faktory_; }

 private:
  pid_t child_ = -1;
  unsigned short port_ = 0;
  std::string faktory_;
};

}  // namespace retrylab

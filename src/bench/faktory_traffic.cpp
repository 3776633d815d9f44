#include "bench/faktory_traffic.hpp"

#include "bench/faktory_reader.hpp"
#include "events/json_writer.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>

namespace retrylab::bench {
namespace {

namespace asio = boost::asio;

constexpr std::size_t greeting_max = 64 * 1024;
constexpr std::size_t number_digits = 12;

// A command of which only the number changes: that of its jid.
class numbered_push {
 public:
  numbered_push(job_template const& job, std::size_t connection) {
    std::string const jid = "bench-" + std::to_string(connection) + "-";
    text_ = "PUSH ";
    json_writer w{text_};
    w.string("jid", jid + std::string(number_digits, '0'));
    number_at_ = text_.size() - 1 - number_digits;
    w.string("jobtype", job.type).string("queue", job.queue);
    w.raw("args", "[" + job.payload + "]").close();
    text_ += "\r\n";
  }

  void append(std::string& out, std::uint64_t number) {
    for (std::size_t i = number_digits; i-- > 0; number /= 10)
      text_[number_at_ + i] = static_cast<char>('0' + number % 10);
    out += text_;
  }

 private:
  std::string text_;
  std::size_t number_at_ = 0;
};

std::string hello(std::size_t connection) {
  std::string line = "HELLO ";
  json_writer w{line};
  w.number("v", 2).string("wid", "bench-" + std::to_string(connection)).close();
  return line += "\r\n";
}

class faktory_traffic : public traffic {
 public:
  bool greet(asio::ip::tcp::socket& socket, std::size_t connection) override {
    boost::system::error_code ec;
    std::string in;
    auto buffer = asio::dynamic_buffer(in, greeting_max);
    std::size_t const hi = asio::read_until(socket, buffer, "\r\n", ec);
    if (ec || !in.starts_with("+HI ")) return false;
    buffer.consume(hi);
    asio::write(socket, asio::buffer(hello(connection)), ec);
    if (!ec) asio::read_until(socket, buffer, "\r\n", ec);
    return !ec && in == "+OK\r\n";
  }
};

class pushes final : public faktory_traffic {
 public:
  pushes(job_template const& job, std::size_t connections, std::size_t pipeline)
      : pipeline_(pipeline) {
    lines_.reserve(connections);
    for (std::size_t i = 0; i < connections; ++i) lines_.push_back({numbered_push{job, i}, {}, 0});
  }

  std::unique_ptr<answer_reader> reader() const override {
    return std::make_unique<faktory_reader>(pipeline_);
  }
  std::string_view next(std::size_t connection) override {
    line& l = lines_[connection];
    l.request.clear();
    for (std::size_t i = 0; i < pipeline_; ++i) l.push.append(l.request, l.number++);
    return l.request;
  }
  std::uint64_t answered(std::size_t /*connection*/, answer const& /*a*/) override {
    return pipeline_;
  }

 private:
  struct line {
    numbered_push push;
    std::string request;
    std::uint64_t number;
  };
  std::size_t const pipeline_;
  std::vector<line> lines_;
};

class work final : public faktory_traffic {
 public:
  work(job_template const& job, std::size_t connections) : fetch_("FETCH " + job.queue + "\r\n") {
    lines_.reserve(connections);
    for (std::size_t i = 0; i < connections; ++i) lines_.push_back({numbered_push{job, i}});
  }

  std::unique_ptr<answer_reader> reader() const override {
    return std::make_unique<faktory_reader>(1);
  }
  std::string_view next(std::size_t connection) override {
    line& l = lines_[connection];
    if (l.step == steps::fetch) return fetch_;
    if (l.step == steps::push) {
      l.request.clear();
      l.push.append(l.request, l.number++);
    }
    return l.request;
  }
  std::uint64_t answered(std::size_t connection, answer const& a) override {
    line& l = lines_[connection];
    switch (l.step) {
      case steps::push:
        l.step = steps::fetch;
        return 0;
      case steps::fetch:
        if (a.body.empty()) return 0;  // nil: asked again
        l.request = "ACK {\"jid\":\"" + std::string{jid_of(a.body)} + "\"}\r\n";
        l.step = steps::ack;
        return 0;
      case steps::ack:
        l.step = steps::push;
        return 1;
    }
    return 0;
  }

 private:
  enum class steps : unsigned char { push, fetch, ack };
  struct line {
    numbered_push push;
    std::string request{};
    std::uint64_t number = 0;
    steps step = steps::push;
  };

  // Ours need no escape.
  static std::string_view jid_of(std::string_view job) {
    constexpr std::string_view name = R"("jid":")";
    std::size_t const begin = job.find(name) + name.size();
    return job.substr(begin, job.find('"', begin) - begin);
  }

  std::string const fetch_;
  std::vector<line> lines_;
};

}  // namespace

std::unique_ptr<traffic> push_traffic(job_template const& job, std::size_t connections,
                                      std::size_t pipeline) {
  return std::make_unique<pushes>(job, connections, pipeline);
}

std::unique_ptr<traffic> work_traffic(job_template const& job, std::size_t connections) {
  return std::make_unique<work>(job, connections);
}

}  // namespace retrylab::bench

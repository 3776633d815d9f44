#include "bench/traffic.hpp"

#include "bench/response_reader.hpp"
#include "events/json_writer.hpp"

#include <boost/json/parse.hpp>
#include <boost/url/encode.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>

namespace retrylab::bench {
namespace {

constexpr std::size_t pages_followed = 3;  // after the first page of a list
constexpr std::size_t names_used = 5;      // types and queues each

std::string document(job_template const& job) {
  std::string text;
  json_writer w{text};
  w.string("type", job.type).string("queue", job.queue).raw("payload", job.payload).close();
  return text;
}

// The same bytes again and again.
class repeated final : public traffic {
 public:
  repeated(std::string request, std::uint64_t jobs) : request_(std::move(request)), jobs_(jobs) {}
  std::string_view next(std::size_t /*connection*/) override { return request_; }
  std::uint64_t answered(std::size_t /*connection*/, answer const& /*a*/) override { return jobs_; }

 private:
  std::string const request_;
  std::uint64_t const jobs_;
};

class rotating_lists final : public traffic {
 public:
  rotating_lists(target to, std::vector<std::string> firsts, std::size_t connections)
      : to_(std::move(to)), firsts_(std::move(firsts)), readers_(connections) {
    for (std::size_t i = 0; i < connections; ++i) readers_[i].at = i;  // not all the same at once
  }

  std::string_view next(std::size_t connection) override {
    reader& r = readers_[connection];
    if (!r.page.empty()) return r.page;
    r.pages = 0;
    return firsts_[r.at++ % firsts_.size()];
  }

  std::uint64_t answered(std::size_t connection, answer const& a) override {
    reader& r = readers_[connection];
    bool const goes_on = !a.next.empty() && r.pages++ < pages_followed;
    r.page = goes_on ? get_request(to_, a.next) : std::string{};
    return 0;
  }

 private:
  struct reader {
    std::size_t at = 0;     // of the next list
    std::size_t pages = 0;  // followed in this list
    std::string page;       // request of the next page; empty: begin the next list
  };
  target const to_;
  std::vector<std::string> const firsts_;
  std::vector<reader> readers_;
};

// Names of the members of by_type or by_queue, ready for a query.
std::vector<std::string> names(boost::json::value const& stats, std::string_view member) {
  std::vector<std::string> found;
  boost::json::object const* const all = stats.is_object() ? &stats.get_object() : nullptr;
  boost::json::value const* const table = all ? all->if_contains(member) : nullptr;
  if (!table || !table->is_object()) return found;
  for (auto const& entry : table->get_object()) {
    if (found.size() == names_used) break;
    found.push_back(
        boost::urls::encode(std::string_view{entry.key()}, boost::urls::unreserved_chars));
  }
  return found;
}

}  // namespace

std::unique_ptr<answer_reader> traffic::reader() const {
  return std::make_unique<response_reader>();
}

std::unique_ptr<traffic> create_traffic(target const& to, job_template const& job) {
  return std::make_unique<repeated>(post_request(to, "/jobs", document(job)), 1);
}

std::unique_ptr<traffic> bulk_traffic(target const& to, job_template const& job,
                                      std::size_t batch) {
  std::string const one = document(job);
  std::string all;
  all.reserve(batch * (one.size() + 1) + 1);
  for (std::size_t i = 0; i < batch; ++i) all += (i == 0 ? "[" : ",") + one;
  return std::make_unique<repeated>(post_request(to, "/jobs/bulk", all + "]"), batch);
}

std::unique_ptr<traffic> list_traffic(target const& to, std::string_view stats,
                                      std::size_t connections) {
  boost::system::error_code ec;
  boost::json::value const counts =
      boost::json::parse(boost::json::string_view{stats.data(), stats.size()}, ec);
  std::vector<std::string> queries{"", "?status=SUCCEEDED", "?status=FAILED",
                                   "?status=QUEUED,RUNNING,RETRYING,SCHEDULED&limit=50"};
  for (std::string const& type : names(counts, "by_type")) {
    queries.push_back("?type=" + type);
    queries.push_back("?status=FAILED&type=" + type);
  }
  for (std::string const& queue : names(counts, "by_queue")) queries.push_back("?queue=" + queue);
  std::vector<std::string> requests;
  requests.reserve(queries.size());
  for (std::string const& query : queries) requests.push_back(get_request(to, "/jobs" + query));
  return std::make_unique<rotating_lists>(to, std::move(requests), connections);
}

}  // namespace retrylab::bench

#include "actors/batches.hpp"

#include "events/chain.hpp"
#include "events/core/limits.hpp"
#include "events/event_codec.hpp"
#include "events/job_options_codec.hpp"

#include <boost/asio/post.hpp>
#include <spdlog/spdlog.h>

#include <charconv>

namespace retrylab {
namespace {

// What a member of a batch has done.
namespace member {
constexpr unsigned char executed = 1;  // an attempt of it has ended; this stays
constexpr unsigned char succeeded = 2;
constexpr unsigned char failed = 4;
}  // namespace member

unsigned char progress_of(job_state const& s) {
  bool const good = s.status == job_status::succeeded;
  bool const bad = !good && s.error.has_value();
  bool const executed = good || bad || is_ended(s.status) || s.first_failed_at;
  return static_cast<unsigned char>((executed ? member::executed : 0) |
                                    (good ? member::succeeded : 0) | (bad ? member::failed : 0));
}

void recount(std::uint64_t& sum, unsigned char before, unsigned char after, unsigned char bit) {
  if ((before & bit) != 0) --sum;
  if ((after & bit) != 0) ++sum;
}

std::uint64_t number_of(std::string_view id) {
  std::uint64_t n = 0;
  id.remove_prefix(std::min<std::size_t>(id.size(), 2));
  std::from_chars(id.data(), id.data() + id.size(), n);
  return n;
}

// No header can carry a key that begins with a space: no client's key is ever the same.
key_claim claim_of(batch_callback const& of, std::string_view data) {
  std::string key = " batch " + of.batch + " ";
  key += to_string(of.kind);
  return {std::move(key), sha256(data)};
}

}  // namespace

std::string batch_tag(std::string_view id) { return "batch:" + std::string{id}; }

batches::batches(boost::asio::any_io_executor io, clock& time, deadlines& timers,
                 system_stream& system)
    : io_(std::move(io)),
      clock_(time),
      timers_(timers),
      system_(system),
      look_(timers_.on([this](std::uint64_t number, std::uint64_t) { look(number); })) {}

bool batches::has_room() const { return live_.size() < limits::batches; }

void batches::open(batch_opened event, callback<batch_answer> answer) {
  std::string id = event.batch;
  system_.append(std::move(event), [this, id = std::move(id),
                                    answer = std::move(answer)](append_reply reply) mutable {
    if (!std::holds_alternative<appended>(reply))
      return std::move(answer)(batch_answer{refusal_of(reply)});
    add(id, settings(id));
    std::move(answer)(batch_answer{info_of(id, live_.at(id))});
  });
}

void batches::commit(std::string const& id, callback<batch_answer> answer) {
  auto const found = live_.find(id);
  if (found == live_.end() || settings(id).committed)
    return std::move(answer)(batch_answer{*find(id)});
  system_.append(batch_committed{id},
                 [this, id, answer = std::move(answer)](append_reply reply) mutable {
                   if (!std::holds_alternative<appended>(reply))
                     return std::move(answer)(batch_answer{refusal_of(reply)});
                   touch(id);
                   std::move(answer)(batch_answer{*find(id)});
                 });
}

std::optional<batch_info> batches::find(std::string_view id) const {
  auto const found = live_.find(id);
  if (found != live_.end()) return info_of(found->first, found->second);
  for (batch_info const& info : ended_) {
    if (info.id == id) return info;
  }
  return std::nullopt;
}

std::vector<batch_info> batches::all() const {
  std::vector<batch_info> out{ended_.begin(), ended_.end()};
  out.reserve(out.size() + live_.size());
  for (auto const& [id, batch] : live_) out.push_back(info_of(id, batch));
  std::sort(out.begin(), out.end(), [](batch_info const& a, batch_info const& b) {
    return number_of(a.id) > number_of(b.id);
  });
  return out;
}

bool batches::takes(std::string_view id) const {
  auto const found = live_.find(id);
  return found != live_.end() && !found->second.ending && members_ < limits::batch_jobs;
}

void batches::follow(job_state const& job) {
  if (auto const& of = job.spec->callback) {
    auto const found = live_.find(of->batch);
    if (found == live_.end()) return;
    callback_progress& c = callback_of(found->second, of->kind);
    c.job = job.id;
    c.state = job.status == job_status::succeeded ? callback_state::done : callback_state::enqueued;
    touch(of->batch);
  }
  if (!job.spec->batch) return;
  auto const found = live_.find(*job.spec->batch);
  if (found == live_.end()) return;
  count(found->second, job);
  touch(*job.spec->batch);
}

void batches::count(live_batch& batch, job_state const& job) {
  auto const [at, fresh] = batch.members.try_emplace(job.id);
  unsigned char& has = at->second;
  if (fresh) ++members_;
  auto const now = static_cast<unsigned char>(progress_of(job) | (has & member::executed));
  recount(batch.executed, has, now, member::executed);
  recount(batch.succeeded, has, now, member::succeeded);
  recount(batch.failed, has, now, member::failed);
  has = now;
}

result<bool, store_failure> batches::recover(job_reader& jobs) {
  last_number_ = system_.state().batches_opened;
  for (auto const& [id, about] : system_.state().batches) add(id, about);
  for (auto const& [id, batch] : live_) {
    job_query query;
    query.tags = {batch_tag(id)};
    query.order = list_order::oldest_first;
    query.limit = limits::page_jobs;
    do {
      auto const page = jobs.list(query, clock_.now());
      if (!page) return page.error();
      for (job_state const& job : page->jobs) follow(job);
      query.past = page->next;
    } while (query.past);
  }
  return true;
}

void batches::resume() {
  running_ = true;
  for (auto const& [id, batch] : live_) touch(id);
}

void batches::add(std::string const& id, batch_settings const& about) {
  live_batch& batch = live_[id];
  batch.number = number_of(id);
  last_number_ = std::max(last_number_, batch.number);
  timers_.add(about.opened_at + limits::batch_uncommitted, look_, batch.number);
  timers_.add(about.opened_at + limits::batch_life, look_, batch.number);
  auto const parent = live_.find(about.parent);
  if (parent != live_.end()) parent->second.children.insert(id);
  for (auto const& [other, of] : system_.state().batches) {
    if (of.parent == id) batch.children.insert(other);
  }
}

// Looked at later, together: one turn may change thousands of jobs of a batch.
void batches::touch(std::string_view id) {
  if (!running_ || id.empty() || !touched_.emplace(id).second || touched_.size() > 1) return;
  boost::asio::post(io_, [this, alive = std::weak_ptr{alive_}] {
    if (alive.expired()) return;
    for (std::string const& one : std::exchange(touched_, {})) advance(one);
    tell_settled();
  });
}

bool batches::moves(std::string_view id) const {
  auto const found = live_.find(id);
  if (found == live_.end()) return false;
  live_batch const& batch = found->second;
  return batch.ending || batch.complete.on_its_way || batch.success.on_its_way ||
         touched_.contains(id);
}

void batches::settle(std::string id, callback<bool> then) {
  if (!moves(id)) return std::move(then)(true);
  settling_.emplace_back(std::move(id), std::move(then));
}

void batches::tell_settled() {
  for (auto& [id, then] : std::exchange(settling_, {})) settle(std::move(id), std::move(then));
}

bool batches::executed(std::string const& id, live_batch const& batch) const {
  return settings(id).committed && batch.executed == batch.members.size() &&
         std::all_of(batch.children.begin(), batch.children.end(),
                     [this](std::string const& child) {
                       return complete(child, live_.find(child)->second);
                     });
}

bool batches::complete(std::string const& id, live_batch const& batch) const {
  bool const told = !settings(id).complete || batch.complete.state == callback_state::done;
  return told && executed(id, batch);
}

bool batches::succeeded(std::string const& id, live_batch const& batch) const {
  return complete(id, batch) && batch.succeeded == batch.members.size() && batch.children.empty() &&
         !settings(id).lost_child;
}

void batches::advance(std::string const& id) {
  auto const found = live_.find(id);
  if (found == live_.end()) return;
  live_batch const& batch = found->second;
  batch_settings const& about = settings(id);
  touch(about.parent);
  bool const complete_waits = about.complete && batch.complete.state == callback_state::pending;
  if (complete_waits && executed(id, batch)) return create_callback(id, callback_kind::complete);
  if (!succeeded(id, batch)) return;
  if (!about.success || batch.success.state == callback_state::done)
    return end(id, batch_end::succeeded);
  if (batch.success.state == callback_state::pending) create_callback(id, callback_kind::success);
}

void batches::create_callback(std::string const& id, callback_kind kind) {
  live_batch& batch = live_.find(id)->second;
  callback_progress& c = callback_of(batch, kind);
  if (std::exchange(c.on_its_way, true)) return;
  batch_settings const& about = settings(id);
  std::string const& data =
      kind == callback_kind::complete ? about.complete->text : about.success->text;
  auto const event = decode_job_event("Created", data);
  auto const* const wish = event ? std::get_if<created>(&*event) : nullptr;
  if (!wish) return spdlog::error("batch {}: its {} callback is no job", id, to_string(kind));
  job_spec spec = *wish->spec;
  spec.callback = batch_callback{id, kind};
  spec.tags.push_back(batch_tag(id));
  key_claim claim = claim_of(*spec.callback, data);
  std::vector<prepared_job> jobs;
  jobs.push_back(prepare(std::move(spec)));
  actors_->create_all(
      std::move(jobs), std::move(claim),
      [this, id, kind](create_all_answer const& answer) { created_callback(id, kind, answer); });
}

void batches::created_callback(std::string const& id, callback_kind kind,
                               create_all_answer const& answer) {
  auto const found = live_.find(id);
  if (found == live_.end()) return;
  callback_progress& c = callback_of(found->second, kind);
  c.on_its_way = false;
  // When it was created, follow() has seen it.
  if (!answer && answer.error().what == ask_error::kind::key_taken) {
    c.job = answer.error().taken.job;  // before a crash; a view has it, late
    c.state = std::max(c.state, callback_state::enqueued);
  } else if (!answer && answer.error().what != ask_error::kind::unavailable) {
    timers_.add(clock_.now() + limits::transient_retry, look_, found->second.number);
  }
  tell_settled();
}

void batches::end(std::string const& id, batch_end how) {
  live_batch& batch = live_.find(id)->second;
  if (std::exchange(batch.ending, true)) return;
  system_.append(batch_ended{id, how, batch.members.size(), batch.failed},
                 [this, id](append_reply const& reply) { ended(id, reply); });
  // The settings leave with the event; what is shown of a batch that ended is kept beside.
  ended_.push_back(info_of(id, batch));
  ended_.back().end = how;
  if (ended_.size() > limits::batches_ended) ended_.pop_front();
}

void batches::ended(std::string const& id, append_reply const& reply) {
  auto const found = live_.find(id);
  if (!std::holds_alternative<appended>(reply)) {
    found->second.ending = false;
    std::erase_if(ended_, [&](batch_info const& info) { return info.id == id; });
    timers_.add(clock_.now() + limits::transient_retry, look_, found->second.number);
    return tell_settled();
  }
  members_ -= found->second.members.size();
  live_.erase(found);
  for (auto& [other, batch] : live_) {
    if (batch.children.erase(id) > 0) touch(other);
  }
  tell_settled();
}

// A time of the batch has come: it expires, or something is tried again.
void batches::look(std::uint64_t number) {
  std::string const id = "b-" + std::to_string(number);
  auto const found = live_.find(id);
  if (found == live_.end() || !running_) return;
  batch_settings const& about = settings(id);
  auto const life = about.committed ? limits::batch_life : limits::batch_uncommitted;
  if (clock_.now() >= about.opened_at + life) return end(id, batch_end::expired);
  touch(id);
}

batch_info batches::info_of(std::string const& id, live_batch const& batch) const {
  batch_info info;
  info.id = id;
  info.settings = settings(id);
  info.total = batch.members.size();
  info.executed = batch.executed;
  info.succeeded = batch.succeeded;
  info.failed = batch.failed;
  info.complete = {info.settings.complete.has_value(), batch.complete.state, batch.complete.job};
  info.success = {info.settings.success.has_value(), batch.success.state, batch.success.job};
  return info;
}

batch_settings const& batches::settings(std::string const& id) const {
  return system_.state().batches.at(id);
}

batches::callback_progress& batches::callback_of(live_batch& batch, callback_kind kind) {
  return kind == callback_kind::complete ? batch.complete : batch.success;
}

}  // namespace retrylab

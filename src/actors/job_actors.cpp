#include "actors/job_actors.hpp"

#include "actors/load_job.hpp"
#include "events/core/assert.hpp"
#include "events/core/limits.hpp"
#include "events/event_codec.hpp"

#include <boost/asio/post.hpp>

namespace retrylab {
namespace {

// How many of the least recently used actors are looked at for an idle one, at each new actor.
constexpr int eviction_looks = 4;

constexpr char const* created_name = "Created";

}  // namespace

job_actors::job_actors(boost::asio::any_io_executor io, actor_ports ports, read_pool& reads,
                       job_id last_job)
    : io_(std::move(io)), ports_(ports), reads_(reads), last_job_(last_job) {}

void job_actors::create(job_spec spec, std::optional<key_claim> claim,
                        callback<ask_answer> answer) {
  if (!spec.unique) return begin(std::move(spec), std::move(claim), std::move(answer));
  job_spec const* const one[] = {&spec};
  if (auto const taken = claim_keys(one)) return std::move(answer)(ask_answer{*taken});
  auto or_give_back = [this, key = spec.unique->key,
                       then = std::move(answer)](ask_answer got) mutable {
    if (!got) keys_.give_back(key);
    std::move(then)(std::move(got));
  };
  begin(std::move(spec), std::move(claim), std::move(or_give_back));
}

void job_actors::begin(job_spec spec, std::optional<key_claim> claim, callback<ask_answer> answer) {
  ++last_job_.value;
  job_actor& actor = make(last_job_);
  actor.begin_empty();
  actor.ask(create_job{std::move(spec)}, std::move(claim), std::move(answer));
}

// All or none.
std::optional<ask_error> job_actors::claim_keys(std::span<job_spec const* const> specs) {
  timestamp const now = ports_.time.now();
  for (std::size_t i = 0; i < specs.size(); ++i) {
    job_spec const& spec = *specs[i];
    if (!spec.unique) continue;
    auto const holder = keys_.claim(*spec.unique, now, spec.run_at.value_or(now));
    if (!holder) continue;
    give_back_keys(specs.first(i));
    ask_error error;
    error.what = ask_error::kind::not_unique;
    error.taken.job = *holder;
    return error;
  }
  return std::nullopt;
}

void job_actors::give_back_keys(std::span<job_spec const* const> specs) {
  for (job_spec const* const spec : specs) {
    if (spec->unique) keys_.give_back(spec->unique->key);
  }
}

prepared_job prepare(job_spec spec) {
  immutable<job_spec> shared{std::move(spec)};
  std::string data = encode(job_event{created{shared}}).data;
  return {std::move(shared), std::move(data)};
}

void job_actors::create_all(std::vector<prepared_job> jobs, std::optional<key_claim> claim,
                            callback<create_all_answer> answer) {
  std::vector<job_spec const*> specs;
  specs.reserve(jobs.size());
  for (prepared_job const& job : jobs) {
    if (job.spec->unique) specs.push_back(&*job.spec);
  }
  if (auto const taken = claim_keys(specs)) return std::move(answer)(create_all_answer{*taken});
  decide_context const context{ports_.time.now(), ports_.seed, ports_.rules};
  append_batch batch;
  batch.claim = std::move(claim);
  batch.events.reserve(jobs.size());
  std::vector<job_draft> drafts;
  drafts.reserve(jobs.size());
  for (prepared_job& job : jobs) {
    ++last_job_.value;
    drafts.push_back(draft_creation(std::move(job), context, batch.events));
  }
  ports_.log.append(std::move(batch), [this, alive = std::weak_ptr{alive_},
                                       drafts = std::move(drafts),
                                       answer = std::move(answer)](append_reply reply) mutable {
    if (alive.expired()) return;
    RETRYLAB_ASSERT(!std::holds_alternative<version_conflict>(reply), "an id was given out twice");
    auto const* const done = std::get_if<appended>(&reply);
    if (!done) {
      refused_all(std::move(drafts));
      return std::move(answer)(create_all_answer{refusal_of(reply)});
    }
    job_range const range{drafts.front().records().front().job,
                          drafts.back().records().front().job};
    created_all(std::move(drafts), done->first);
    std::move(answer)(create_all_answer{range});
  });
}

job_draft job_actors::draft_creation(prepared_job job, decide_context const& context,
                                     std::vector<stored_event>& rows) {
  std::vector<job_event> events;
  events.emplace_back(created{std::move(job.spec)});
  auto known = std::make_shared<job_event const>(events.front());
  rows.push_back(
      {seq{}, last_job_, 1, 1, created_name, context.now, std::move(job.data), std::move(known)});
  job_draft draft{last_job_, {}, context.now};
  draft.add(std::move(events));
  draft.add_what_is_certain(ports_.observer, context);
  draft.encode_into(rows, 1);
  return draft;
}

void job_actors::refused_all(std::vector<job_draft> drafts) {
  for (job_draft& draft : drafts) {
    job_spec const* const one[] = {&*draft.state().spec};
    give_back_keys(one);
    ports_.observer.withdrawn(draft.state());
  }
}

void job_actors::created_all(std::vector<job_draft> drafts, seq first) {
  for (job_draft& draft : drafts) {
    auto const [state, records] = std::move(draft).placed(first);
    first.value += records.size();
    if (auto const found = actors_.find(state.id); found != actors_.end()) {
      found->second.actor->begin_with(state);  // somebody guessed its id before it was on disk
    } else if (will_be_asked_soon(state)) {
      make(state.id).begin_with(state);
    }
    ports_.observer.committed(state, records);
  }
}

// What joins the end of a long backlog must not push out of memory what stands at its head.
bool job_actors::will_be_asked_soon(job_state const& created) const {
  if (is_ended(created.status)) return false;
  if (created.running || actors_.size() < limits::actors_cached) return true;
  return is_ended(actors_.find(by_use_.back())->second.actor->state().status);
}

void job_actors::ask(job_id job, job_command command, callback<ask_answer> answer) {
  if (job > last_job_ || job == system_id) {  // no actor: the id will be handed out later
    ask_error error;
    error.why = rejection::no_such_job;
    return std::move(answer)(ask_answer{error});
  }
  find_or_make(job).ask(std::move(command), std::nullopt, std::move(answer));
}

job_actor& job_actors::make(job_id job) {
  evict();
  by_use_.push_front(job);
  auto actor = std::make_shared<job_actor>(job, ports_, [this](job_id id) { load(id); });
  auto const [place, fresh] = actors_.try_emplace(job, entry{std::move(actor), by_use_.begin()});
  RETRYLAB_ASSERT(fresh, "two actors for one job");
  return *place->second.actor;
}

job_actor& job_actors::find_or_make(job_id job) {
  if (auto const found = actors_.find(job); found != actors_.end()) {
    by_use_.splice(by_use_.begin(), by_use_, found->second.used);
    return *found->second.actor;
  }
  return make(job);
}

// Asked for one by one, read together: a backlog that is drained has hundreds at a time.
void job_actors::load(job_id job) {
  wanted_.push_back(job);
  if (wanted_.size() > 1) return;
  boost::asio::post(io_, [this, alive = std::weak_ptr{alive_}] {
    if (!alive.expired()) load_wanted();
  });
}

void job_actors::load_wanted() {
  auto const ids = std::make_shared<std::vector<job_id> const>(std::exchange(wanted_, {}));
  auto read = [ids](readers& r) { return load_jobs(*r.log, *ids); };
  auto done = [this, ids, alive = std::weak_ptr{alive_}](
                  std::optional<std::vector<std::optional<job_state>>> read_states) {
    if (alive.expired()) return;
    for (std::size_t i = 0; i < ids->size(); ++i) {
      auto const found = actors_.find((*ids)[i]);
      if (found == actors_.end()) continue;
      std::shared_ptr<job_actor> const actor = found->second.actor;
      actor->loaded(read_states ? std::move((*read_states)[i]) : std::nullopt);
    }
  };
  read_with(reads_, io_, std::move(read), std::move(done));
}

void job_actors::evict() {
  auto candidate = by_use_.end();
  for (int looks = 0; looks < eviction_looks && actors_.size() >= limits::actors_cached; ++looks) {
    if (candidate == by_use_.begin()) return;
    --candidate;
    auto const found = actors_.find(*candidate);
    if (!found->second.actor->idle()) continue;
    actors_.erase(found);
    candidate = by_use_.erase(candidate);
  }
}

}  // namespace retrylab

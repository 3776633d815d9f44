#include "app/export_command.hpp"

#include "app/moment.hpp"
#include "app/redact_file.hpp"
#include "app/replay.hpp"
#include "events/chain.hpp"
#include "events/core/time.hpp"
#include "events/redaction/redactor.hpp"
#include "events/slice.hpp"
#include "events/store/export_lines.hpp"
#include "events/store/merged_log.hpp"
#include "events/store/sqlite_event_store.hpp"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <optional>
#include <sysexits.h>

namespace retrylab {
namespace {

class output {
 public:
  explicit output(std::string const& file)
      : name_(file.empty() ? "standard output" : file),
        file_(file.empty() ? stdout : std::fopen(file.c_str(), "wbe")) {
    if (file.ends_with(".zst")) zstd_.emplace();
  }
  output(output const&) = delete;
  output& operator=(output const&) = delete;
  ~output() {
    if (file_ && file_ != stdout) std::fclose(file_);
  }
  [[nodiscard]] bool write(std::string_view text, bool end) {
    if (!file_) return false;
    std::string compressed;
    if (zstd_) zstd_->compress(text, end, compressed);
    std::string_view const bytes = zstd_ ? std::string_view{compressed} : text;
    bool const written =
        bytes.empty() || std::fwrite(bytes.data(), 1, bytes.size(), file_) == bytes.size();
    return written && (!end || std::fflush(file_) == 0);
  }
  [[nodiscard]] std::string const& name() const { return name_; }

 private:
  std::string name_;
  std::FILE* file_;
  std::optional<zstd_writer> zstd_;
};

int failed_with(int code, std::string const& why) {
  std::fprintf(stderr, "%s\n", why.c_str());
  return code;
}

// What is exported: the head says from where on.
struct slice_range {
  export_head head;
  seq last{};
  timestamp until{};  // nothing else happened up to here
};

// Everything of the range, and what must come with it.
class slice_writer {
 public:
  slice_writer(merged_log& log, slice_range range, std::optional<redactor>& redaction, output& out)
      : log_(log),
        range_(std::move(range)),
        redaction_(redaction),
        out_(out),
        lines_(range_.head, [this](std::string_view text) { write(text, false); }) {}

  // The error, with its exit code.
  std::optional<std::pair<int, std::string>> run() {
    seq const from = range_.head.from;
    if (from > seq{1}) {
      auto const failure = each_event(log_, range_.last, [&](stored_event const& e) {
        e.seq < from ? jobs_.before(e) : jobs_.inside(e);
        return true;
      });
      if (failure) return std::pair{EX_IOERR, failure->message};
    }
    auto const failure = each_event(log_, range_.last, [&](stored_event const& e) {
      if (e.seq >= from || e.job == system_id || jobs_.has(e.job)) take(e);
      return !wrong_;
    });
    if (failure) return std::pair{EX_IOERR, failure->message};
    if (wrong_) return wrong_;
    (void)lines_.finish(range_.until);
    write({}, true);
    return wrong_;
  }

 private:
  void take(stored_event event) {
    if (auto why = redaction_ ? redaction_->redact(event) : std::nullopt)
      return void(wrong_ = {EX_DATAERR, *why});
    lines_.add(event);
  }
  void write(std::string_view text, bool end) {
    if (!out_.write(text, end)) wrong_ = {EX_IOERR, out_.name() + " cannot be written"};
  }

  merged_log& log_;
  slice_range range_;
  std::optional<redactor>& redaction_;
  output& out_;
  slice_jobs jobs_;
  std::optional<std::pair<int, std::string>> wrong_;
  export_lines lines_;  // writes its first line at once
};

// A failed attempt and what follows from it are one: a slice does not end between them.
result<seq, store_failure> whole(event_reader& log, seq last) {
  auto const page = log.read_all(seq{last.value - 1}, 2);
  if (!page) return page.error();
  bool const between = page->size() == 2 && page->front().seq == last &&
                       page->front().type == "Failed" && page->back().job == page->front().job;
  return between ? last.next() : last;
}

// When the event happened; `otherwise` where there is none.
result<timestamp, store_failure> time_of(event_reader& log, seq event, timestamp otherwise) {
  if (event == seq{}) return otherwise;
  auto const found = log.read_all(seq{event.value - 1}, 1);
  if (!found) return found.error();
  return found->empty() ? otherwise : found->front().at;
}

result<slice_range, store_failure> range_of(event_reader& log, export_flags const& flags) {
  auto const newest = log.head();
  if (!newest) return newest.error();
  slice_range range{{}, newest->last, newest->at};
  export_head& head = range.head;
  head.from = seq{1};
  head.epoch = newest->epoch;
  head.redacted = !flags.redact.empty();
  if (!flags.from.empty()) {
    auto const from = resolve_moment(log, flags.from, true);
    if (!from) return from.error();
    head.from = *from;
  }
  if (!flags.to.empty()) {
    auto const to = resolve_moment(log, flags.to, false);
    if (!to) return to.error();
    if (*to < newest->last) {
      auto const last = *to == seq{} ? to : whole(log, *to);
      if (!last) return last.error();
      range.last = *last;
    }
  }
  auto const first = time_of(log, head.from, newest->at);
  if (!first) return first.error();
  head.at = *first;
  if (range.last == newest->last || range.last == seq{}) return range;
  auto const last = time_of(log, range.last, newest->at);
  if (!last) return last.error();
  range.until = parse_rfc3339(flags.to).value_or(*last);
  return range;
}

std::optional<store_failure> add_chain(event_reader& log, slice_range& range) {
  if (range.last == seq{}) return std::nullopt;
  export_head& head = range.head;
  auto const link = log.read_chain(seq{range.last.value - 1}, 1);
  if (!link) return link.error();
  if (link->empty()) return std::nullopt;
  head.chain = to_hex(link->front().chain);
  head.chain_seq = link->front().last;
  return std::nullopt;
}

void tell(redactor const& redaction) {
  for (std::string const& place : redaction.values().idle())
    std::fprintf(stderr, "%s: this rule matched nothing\n", place.c_str());
  std::fprintf(stderr, "values redacted: %llu\n",
               static_cast<unsigned long long>(redaction.values().redacted()));
}

}  // namespace

void add_export_flags(CLI::App& command, export_flags& f) {
  command.add_option("--data", f.data, "Directory of the log and its archive")
      ->envname("RETRYLAB_DATA")
      ->capture_default_str();
  command
      .add_option("--from", f.from,
                  "The first event; of what is before it only jobs that still mattered")
      ->check(a_moment);
  command.add_option("--to", f.to, "The last event")->check(a_moment);
  auto* const redact = command.add_option(
      "--redact", f.redact, "A TOML file of rules: what to drop, replace, hash or keep");
  command
      .add_option("--redact-key", f.redact_key,
                  "Key of the hashes, in place of the file's; better in the environment")
      ->envname("RETRYLAB_REDACT_KEY")
      ->needs(redact);
  command.add_option("--out", f.out, "A file; one that ends with .zst is compressed");
}

int export_command(export_flags const& flags) {
  std::optional<redactor> redaction;
  if (!flags.redact.empty()) {
    auto rules = read_redact_file(flags.redact, flags.redact_key);
    if (!rules) return failed_with(EX_USAGE, rules.error());
    redaction.emplace(std::move(*rules));
  }
  auto opened = guarded<std::shared_ptr<event_reader>>(
      [&] { return std::make_shared<sqlite_event_reader>(flags.data / "log.db"); });
  if (!opened) return failed_with(EX_NOINPUT, opened.error().message);
  merged_log events{std::move(*opened), flags.data / "archive"};
  auto range = range_of(events, flags);
  if (!range) return failed_with(EX_IOERR, range.error().message);
  bool const ranged = !flags.from.empty() || !flags.to.empty();
  if (ranged && range->last < range->head.from)
    return failed_with(EX_USAGE, "--from, --to: there is no event in this range");
  if (auto const failure = add_chain(events, *range))
    return failed_with(EX_IOERR, failure->message);
  output out{flags.out};
  slice_writer writer{events, std::move(*range), redaction, out};
  if (auto const wrong = writer.run()) return failed_with(wrong->first, wrong->second);
  if (redaction) tell(*redaction);
  for (std::string const& problem : events.problems()) (void)failed_with(EX_DATAERR, problem);
  return events.problems().empty() ? EX_OK : EX_DATAERR;
}

}  // namespace retrylab

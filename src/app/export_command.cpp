#include "app/export_command.hpp"

#include "events/core/limits.hpp"
#include "events/store/archive_line.hpp"
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
      : file_(file.empty() ? stdout : std::fopen(file.c_str(), "wbe")) {
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

 private:
  std::FILE* file_;
  std::optional<zstd_writer> zstd_;
};

int failed_with(int code, std::string const& why) {
  std::fprintf(stderr, "%s\n", why.c_str());
  return code;
}

}  // namespace

void add_export_flags(CLI::App& command, export_flags& f) {
  command.add_option("--data", f.data, "Directory of the log and its archive")
      ->envname("RETRYLAB_DATA")
      ->capture_default_str();
  CLI::Range const seqs{std::int64_t{1}, INT64_MAX};
  command.add_option("--from", f.from, "The first event, by its seq")->check(seqs);
  command.add_option("--to", f.to, "The last event")->check(seqs);
  command.add_option("--out", f.out, "A file; one that ends with .zst is compressed");
}

int export_command(export_flags const& flags) {
  auto opened = guarded<std::shared_ptr<event_reader>>(
      [&] { return std::make_shared<sqlite_event_reader>(flags.data / "log.db"); });
  if (!opened) return failed_with(EX_NOINPUT, opened.error().message);
  merged_log events{std::move(*opened), flags.data / "archive"};
  output out{flags.out};
  std::string const not_written =
      (flags.out.empty() ? "standard output" : flags.out) + " cannot be written";
  for (seq at{flags.from - 1}; at.value < flags.to;) {
    auto const page = events.read_all(at, limits::recovery_page);
    if (!page) return failed_with(EX_IOERR, page.error().message);
    if (page->empty()) break;
    std::string lines;
    for (stored_event const& e : *page) {
      if (e.seq.value <= flags.to) append_archive_line(lines, e);
    }
    if (!out.write(lines, false)) return failed_with(EX_IOERR, not_written);
    at = page->back().seq;
  }
  if (!out.write({}, true)) return failed_with(EX_IOERR, not_written);
  for (std::string const& problem : events.problems()) (void)failed_with(EX_DATAERR, problem);
  return events.problems().empty() ? EX_OK : EX_DATAERR;
}

}  // namespace retrylab

#include "events/past/past_snapshot.hpp"

#include "events/store/zstd_text.hpp"

#include <algorithm>
#include <charconv>
#include <fstream>

namespace retrylab {
namespace {

constexpr std::string_view magic = "retrylab-past 1 ";
constexpr std::string_view prefix = "state-";
constexpr std::string_view ending = ".zst";
constexpr std::size_t piece = 1024 * 1024;  // of text, between two calls of the compressor

void append(std::string& out, std::int64_t n) { out.append(std::to_string(n)) += ' '; }

// Numbers parted by single characters.
class number_reader {
 public:
  explicit number_reader(std::string_view text) : rest_(text) {}
  [[nodiscard]] std::int64_t next() {
    std::int64_t n = 0;
    auto const [end, ec] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), n);
    good_ = good_ && ec == std::errc{};
    auto const used = static_cast<std::size_t>(end - rest_.data());
    rest_.remove_prefix(std::min(rest_.size(), used + 1));
    return n;
  }
  [[nodiscard]] std::string_view rest() const { return rest_; }
  [[nodiscard]] bool good() const { return good_; }

 private:
  std::string_view rest_;
  bool good_ = true;
};

bool read_kind(number_reader numbers, past_system& into) {
  status_counts stored{};
  for (std::int64_t& n : stored) n = numbers.next();
  std::string_view const names = numbers.rest();
  std::size_t const tab = names.find('\t');
  if (!numbers.good() || tab == std::string_view::npos) return false;
  into.add_kind(names.substr(0, tab), names.substr(tab + 1), stored);
  return true;
}

bool read_job(number_reader numbers, past_system& into) {
  job_id const id{static_cast<std::uint64_t>(numbers.next())};
  past_job job;
  job.kind = static_cast<kind_number>(numbers.next());
  job.status = static_cast<job_status>(numbers.next());
  std::int64_t const due = numbers.next();
  if (due != 0) job.due = from_micros(due);
  job.seq = seq{static_cast<std::uint64_t>(numbers.next())};
  bool const known = job.kind >= 1 && job.kind <= into.kinds().all().size();
  if (!numbers.good() || !known) return false;
  into.add_job(id, job);
  return true;
}

bool read_line(std::string_view line, past_system& into) {
  if (line.starts_with("k ")) return read_kind(number_reader{line.substr(2)}, into);
  return line.starts_with("j ") && read_job(number_reader{line.substr(2)}, into);
}

}  // namespace

std::filesystem::path past_snapshots::file_of(seq at) const {
  return directory_ / std::string{prefix}.append(std::to_string(at.value)).append(ending);
}

bool past_snapshots::has(seq at) const {
  std::error_code ec;
  return directory_.empty() || std::filesystem::exists(file_of(at), ec);
}

std::vector<seq> past_snapshots::before(seq target) const {
  std::vector<seq> found;
  std::error_code ec;
  if (directory_.empty()) return found;
  for (auto const& entry : std::filesystem::directory_iterator{directory_, ec}) {
    std::string const name = entry.path().filename().string();
    if (!name.starts_with(prefix) || !name.ends_with(ending)) continue;
    number_reader number{std::string_view{name}.substr(prefix.size())};
    seq const at{static_cast<std::uint64_t>(number.next())};
    if (number.good() && at <= target) found.push_back(at);
  }
  std::sort(found.rbegin(), found.rend());
  return found;
}

void past_snapshots::write(past_system const& system, std::string_view chain) const {
  std::error_code ec;
  std::filesystem::create_directories(directory_, ec);
  std::filesystem::path const file = file_of(system.last());
  std::filesystem::path const draft = file.string() + ".tmp";
  std::ofstream to{draft, std::ios::binary | std::ios::trunc};
  zstd_writer compressor;
  std::string text;
  std::string bytes;
  auto const flush = [&](bool end) {
    compressor.compress(text, end, bytes);
    to.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    text.clear();
    bytes.clear();
  };
  text.append(magic);
  append(text, static_cast<std::int64_t>(system.last().value));
  append(text, to_micros(system.at()));
  text.append(chain) += '\n';
  for (job_kind const& kind : system.kinds().all()) {
    text.append("k ");
    for (std::int64_t n : kind.stored) append(text, n);
    text.append(kind.queue).append("\t").append(kind.type) += '\n';
  }
  system.each_job([&](job_id id, past_job const& job) {
    text.append("j ");
    append(text, static_cast<std::int64_t>(id.value));
    append(text, job.kind);
    append(text, static_cast<std::int64_t>(job.status));
    append(text, job.due ? to_micros(*job.due) : 0);
    append(text, static_cast<std::int64_t>(job.seq.value));
    text.back() = '\n';
    if (text.size() >= piece) flush(false);
  });
  flush(true);
  to.close();
  to.fail() ? void(std::filesystem::remove(draft, ec)) : std::filesystem::rename(draft, file, ec);
}

std::optional<past_system> past_snapshots::read(seq at, std::string_view chain) const {
  zstd_lines lines{file_of(at), 0};
  auto const head = lines.next();
  if (!head || !*head || !(*head)->starts_with(magic)) return std::nullopt;
  number_reader numbers{(*head)->substr(magic.size())};
  past_system system;
  seq const last{static_cast<std::uint64_t>(numbers.next())};
  system.set_place(last, from_micros(numbers.next()));
  if (!numbers.good() || last != at || numbers.rest() != chain) return std::nullopt;
  for (;;) {
    auto const line = lines.next();
    if (!line) return std::nullopt;
    if (!*line) return system;
    if (!read_line(**line, system)) return std::nullopt;
  }
}

}  // namespace retrylab

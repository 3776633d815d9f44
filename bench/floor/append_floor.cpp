// append_floor: how fast rows reach the disk without the product. The same bytes go, in batches of
// 1, 10, 100 and 1000 with one sync each, into a bare SQLite table and to the end of a bare file.
// Prints one JSON object for each pair.

#include "floor/sample_rows.hpp"

#include <CLI/CLI.hpp>

#include <chrono>
#include <cstdio>
#include <fcntl.h>
#include <unistd.h>
#include <vector>

namespace {

using retrylab::floor::bare_table;
using retrylab::floor::row;
using clock_type = std::chrono::steady_clock;

constexpr std::size_t batches[] = {1, 10, 100, 1000};
constexpr std::size_t rows_made = 300'000;  // before the clock starts; then they come round again

std::vector<row> const& rows() {
  static std::vector<row> const all = [] {
    std::vector<row> made;
    made.reserve(rows_made);
    for (std::size_t i = 0; i < rows_made; ++i) made.push_back(retrylab::floor::sample_row(i));
    return made;
  }();
  return all;
}

// The figure of one kind: appends batches until the time is over.
template <class Append>
void measure(char const* name, std::size_t batch, double seconds, Append append) {
  std::uint64_t done = 0;
  auto const began = clock_type::now();
  std::chrono::duration<double> passed{0};
  do {
    append(done, batch);
    done += batch;
    passed = clock_type::now() - began;
  } while (passed.count() < seconds);
  std::printf("{\"floor\":\"%s\",\"batch\":%zu,\"rows_per_s\":%.0f,\"syncs_per_s\":%.0f}\n", name,
              batch, static_cast<double>(done) / passed.count(),
              static_cast<double>(done / batch) / passed.count());
  std::fflush(stdout);
}

void measure_table(std::filesystem::path const& file, std::size_t batch, double seconds,
                   std::string const& synchronous) {
  bare_table table{file, synchronous};
  row r;
  measure("sqlite", batch, seconds, [&](std::uint64_t first, std::size_t count) {
    table.begin();
    for (std::uint64_t i = first; i < first + count; ++i) {
      r = rows()[i % rows_made];
      r.job += static_cast<std::int64_t>(i / rows_made * rows_made);  // never the same job again
      table.insert(r);
    }
    table.commit();
  });
}

void measure_file(std::filesystem::path const& file, std::size_t batch, double seconds) {
  int const fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  std::string bytes;
  measure("file", batch, seconds, [&](std::uint64_t first, std::size_t count) {
    bytes.clear();
    for (std::uint64_t i = first; i < first + count; ++i) {
      row const& r = rows()[i % rows_made];
      for (std::int64_t number : {r.job, r.version, r.at})
        bytes.append(reinterpret_cast<char const*>(&number), sizeof number);
      bytes.append(r.type).append(r.data);
    }
    if (::write(fd, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size()) ||
        ::fdatasync(fd) != 0) {
      std::perror("append_floor");
      std::abort();
    }
  });
  ::close(fd);
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"What appending rows costs without the product", "append_floor"};
  std::filesystem::path data;
  double seconds = 2;
  std::string synchronous = "FULL";
  app.add_option("--data", data, "Directory for the files; they are removed")
      ->required()
      ->check(CLI::ExistingDirectory);
  app.add_option("--seconds", seconds, "For each figure")->capture_default_str();
  app.add_option("--synchronous", synchronous, "Of SQLite")
      ->check(CLI::IsMember({"FULL", "NORMAL", "OFF"}))
      ->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  for (std::size_t batch : batches) {
    measure_table(data / "append_floor.db", batch, seconds, synchronous);
    measure_file(data / "append_floor.log", batch, seconds);
  }
  for (char const* name :
       {"append_floor.db", "append_floor.db-wal", "append_floor.db-shm", "append_floor.log"})
    std::filesystem::remove(data / name);
}

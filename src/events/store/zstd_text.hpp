#pragma once
// Zstandard (RFC 8878) for lines of text: frames with a checksum, so that damage is found. The
// writer of a stream flushes at its end; the reader takes what follows each other as one text.
// Failures are a store_failure with the reason. One thread each.

#include "events/core/result.hpp"
#include "events/store_failure.hpp"

#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace retrylab {

// One frame of the whole text.
[[nodiscard]] std::string zstd_compress(std::string_view text);

// Compresses text piece by piece, in bounded memory.
class zstd_writer {
 public:
  zstd_writer();
  ~zstd_writer();
  zstd_writer(zstd_writer const&) = delete;
  zstd_writer& operator=(zstd_writer const&) = delete;
  // Appends to `out` what is ready. `end`: closes the frame.
  void compress(std::string_view text, bool end, std::string& out);

 private:
  struct context;
  std::unique_ptr<context> context_;
};

// Reads the lines of a compressed file, in bounded memory.
class zstd_lines {
 public:
  // The file is opened at the first call of next(); `skip`: so many lines are passed over first.
  zstd_lines(std::filesystem::path file, std::uint64_t skip);
  ~zstd_lines();
  zstd_lines(zstd_lines const&) = delete;
  zstd_lines& operator=(zstd_lines const&) = delete;

  // Without its line break; lives until the next call. Nothing at the end of the file.
  [[nodiscard]] result<std::optional<std::string_view>, store_failure> next();

 private:
  struct source;
  [[nodiscard]] std::optional<store_failure> fill();
  [[nodiscard]] store_failure broken(std::string const& why) const;

  std::filesystem::path file_;
  std::uint64_t skip_;
  std::unique_ptr<source> source_;
  std::string text_;
  std::size_t taken_ = 0;  // of text_
  bool at_end_ = false;
};

}  // namespace retrylab

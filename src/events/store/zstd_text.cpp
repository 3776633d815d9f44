#include "events/store/zstd_text.hpp"

#include "events/core/assert.hpp"

#include <array>
#include <zstd.h>

namespace retrylab {
namespace {

constexpr int level = 3;
constexpr std::size_t step_bytes = 64 * 1024;

}  // namespace

struct zstd_writer::context {
  ZSTD_CStream* stream = ZSTD_createCStream();
  std::array<char, step_bytes> buffer;

  context() {
    ZSTD_CCtx_setParameter(stream, ZSTD_c_compressionLevel, level);
    ZSTD_CCtx_setParameter(stream, ZSTD_c_checksumFlag, 1);
  }
  context(context const&) = delete;
  context& operator=(context const&) = delete;
  ~context() { ZSTD_freeCStream(stream); }
};

zstd_writer::zstd_writer() : context_(std::make_unique<context>()) {}
zstd_writer::~zstd_writer() = default;

void zstd_writer::compress(std::string_view text, bool end, std::string& out) {
  ZSTD_inBuffer in{text.data(), text.size(), 0};
  for (;;) {
    ZSTD_outBuffer to{context_->buffer.data(), context_->buffer.size(), 0};
    std::size_t const left =
        ZSTD_compressStream2(context_->stream, &to, &in, end ? ZSTD_e_end : ZSTD_e_continue);
    RETRYLAB_ASSERT(!ZSTD_isError(left), "compression in memory does not fail");
    out.append(context_->buffer.data(), to.pos);
    if (end ? left == 0 : in.pos == in.size) return;
  }
}

std::string zstd_compress(std::string_view text) {
  std::string out;
  zstd_writer{}.compress(text, true, out);
  return out;
}

struct zstd_lines::source {
  std::FILE* file;
  ZSTD_DStream* stream = ZSTD_createDStream();
  std::array<char, step_bytes> buffer;
  ZSTD_inBuffer in{buffer.data(), 0, 0};
  std::size_t wanted = 0;  // 0: between two frames

  explicit source(std::filesystem::path const& path) : file(std::fopen(path.c_str(), "rbe")) {}
  source(source const&) = delete;
  source& operator=(source const&) = delete;
  ~source() {
    if (file) std::fclose(file);
    ZSTD_freeDStream(stream);
  }
};

zstd_lines::zstd_lines(std::filesystem::path file, std::uint64_t skip)
    : file_(std::move(file)), skip_(skip) {}
zstd_lines::~zstd_lines() = default;

store_failure zstd_lines::broken(std::string const& why) const {
  return {store_failure::kind::refused, file_.filename().string() + " " + why};
}

// More text behind text_, or the end.
std::optional<store_failure> zstd_lines::fill() {
  text_.erase(0, taken_);
  taken_ = 0;
  if (source_->in.pos == source_->in.size) {
    source_->in.size = std::fread(source_->buffer.data(), 1, source_->buffer.size(), source_->file);
    source_->in.pos = 0;
    if (std::ferror(source_->file)) return broken("cannot be read");
    if (source_->in.size == 0) {
      at_end_ = true;
      if (source_->wanted != 0 || !text_.empty()) return broken("ends too early");
      return std::nullopt;
    }
  }
  std::size_t const before = text_.size();
  text_.resize(before + step_bytes);
  ZSTD_outBuffer out{text_.data() + before, step_bytes, 0};
  source_->wanted = ZSTD_decompressStream(source_->stream, &out, &source_->in);
  text_.resize(before + out.pos);
  if (ZSTD_isError(source_->wanted))
    return broken(std::string{"is damaged: "} + ZSTD_getErrorName(source_->wanted));
  return std::nullopt;
}

result<std::optional<std::string_view>, store_failure> zstd_lines::next() {
  if (!source_) {
    source_ = std::make_unique<source>(file_);
    if (!source_->file) return broken("cannot be opened");
  }
  std::size_t searched = taken_;
  for (;;) {
    if (auto const end = text_.find('\n', searched); end != std::string::npos) {
      std::string_view const line{text_.data() + taken_, end - taken_};
      searched = taken_ = end + 1;
      if (skip_ == 0) return std::optional{line};
      --skip_;
      continue;
    }
    if (at_end_) return std::optional<std::string_view>{};
    searched = text_.size() - taken_;
    if (auto failure = fill()) return *failure;
  }
}

}  // namespace retrylab

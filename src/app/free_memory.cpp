#include "app/free_memory.hpp"

#ifdef RETRYLAB_TCMALLOC
#include <gperftools/malloc_extension.h>
#endif

#include <algorithm>

namespace retrylab {
namespace {

constexpr std::chrono::milliseconds look_every{500};
constexpr std::size_t worth_it = std::size_t{4} * 1024 * 1024;

#ifdef RETRYLAB_TCMALLOC
std::size_t free_bytes() {
  std::size_t bytes = 0;
  MallocExtension::instance()->GetNumericProperty("tcmalloc.pageheap_free_bytes", &bytes);
  return bytes;
}
void give_back(std::size_t bytes) { MallocExtension::instance()->ReleaseToSystem(bytes); }
#else
std::size_t free_bytes() { return 0; }
void give_back(std::size_t) {}
#endif

}  // namespace

void free_memory::watch() {
  timer_.expires_after(look_every);
  timer_.async_wait([this](boost::system::error_code ec) {
    if (ec) return;
    look();
    watch();
  });
}

void free_memory::look() {
  std::size_t const free = free_bytes();
  std::size_t const unused = std::min(free, free_before_);
  if (unused > worth_it) give_back(unused / 2);
  free_before_ = free_bytes();
}

}  // namespace retrylab

#include "edge/resident_memory.hpp"

#include <fstream>
#include <unistd.h>

namespace retrylab {

std::int64_t resident_kb() {
  std::ifstream statm{"/proc/self/statm"};
  std::int64_t pages = 0;
  std::int64_t resident = 0;
  statm >> pages >> resident;
  return resident * ::sysconf(_SC_PAGESIZE) / 1024;
}

}  // namespace retrylab

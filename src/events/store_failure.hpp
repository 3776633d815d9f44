#pragma once
// The outside world failed a store. A rejection by the domain is never one of these.

#include <string>

namespace retrylab {

struct store_failure {
  enum class kind : unsigned char {
    disk_full,  // nothing was stored; works again when there is space
    broken,     // the state of the file is not known: nothing more may be written until a restart
    refused,    // the content is not what this program may open or decode
  };
  kind what = kind::broken;
  std::string message;
};

}  // namespace retrylab

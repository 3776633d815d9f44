#pragma once
// A value that is not changed once it is made, so that its copies share it. Comparison looks at the
// value. Copies may be held by any thread.
//
//   immutable<job_spec> const spec = std::move(draft);
//   spec->queue;

#include <memory>
#include <utility>

namespace retrylab {

template <class T>
class immutable {
 public:
  immutable() : value_(empty()) {}
  immutable(T value)  // NOLINT(google-explicit-constructor): it is the same value
      : value_(std::make_shared<T const>(std::move(value))) {}

  T const& operator*() const { return *value_; }
  T const* operator->() const { return value_.get(); }
  bool operator==(immutable const& other) const {
    return value_ == other.value_ || *value_ == *other.value_;
  }

 private:
  static std::shared_ptr<T const> const& empty() {
    static std::shared_ptr<T const> const value = std::make_shared<T const>();
    return value;
  }
  std::shared_ptr<T const> value_;
};

}  // namespace retrylab

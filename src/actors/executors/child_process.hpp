#pragma once
// A process of ours: started without a shell, fed on its standard input, listened to on the other
// two, and waited for through a pidfd, so that no signal handler is needed. It leads a process
// group of its own; when it ends, whatever it left of that group is killed. Linux only. Io thread
// only.

#include "actors/runtime/callback.hpp"
#include "events/core/result.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

#include <array>
#include <memory>
#include <string>
#include <sys/types.h>
#include <vector>

namespace retrylab {

struct child_setting {
  std::vector<std::string> command;      // looked up in PATH; not empty
  std::string directory{};               // empty: the server's own
  std::vector<std::string> environment;  // "NAME=value", nothing else is inherited
  std::string input{};
};

struct child_end {
  bool signalled = false;
  int code = 0;          // of the exit, or the signal's number
  std::string output{};  // the first limits::command_output_bytes
  bool output_cut = false;
  std::string errors{};  // the last limits::command_output_bytes
};

class child_process {
 public:
  using started = result<std::unique_ptr<child_process>, std::string>;
  // `done` is called once, never inside this call; unless this object goes first, which may also
  // happen inside `done`. The error says why nothing was started.
  [[nodiscard]] static started start(boost::asio::any_io_executor const& io, child_setting setting,
                                     callback<child_end> done);

  child_process(boost::asio::any_io_executor const& io, std::string input,
                callback<child_end> done);
  child_process(child_process const&) = delete;
  child_process& operator=(child_process const&) = delete;
  ~child_process();  // kills what still runs

  // To the whole group.
  void signal(int number) const;

 private:
  using stream = boost::asio::posix::stream_descriptor;
  struct capture {
    stream from;
    std::array<char, 16 * 1024> buffer{};
    bool reading = false;
  };
  [[nodiscard]] std::string launch(child_setting const& setting);
  void run();
  void feed();
  void listen(capture& c);
  void keep(capture& c, std::size_t bytes);
  void drain(capture& c);
  void ended();
  void finish();

  stream input_;
  capture output_;
  capture errors_;
  stream process_;
  std::string text_;
  callback<child_end> done_;
  child_end end_;
  pid_t pid_ = 0;  // 0: none that has to be waited for
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace retrylab

#include "actors/executors/child_process.hpp"

#include "events/core/limits.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace retrylab {
namespace {

namespace asio = boost::asio;

// What drain() takes at most: a pipe holds 64 KiB, and somebody who left the group may still write.
constexpr int drain_steps = 16;

// Both ends are closed in every child but the one that gets one as its standard stream.
struct pipe_ends {
  int read = -1;
  int write = -1;
  pipe_ends() {
    std::array<int, 2> ends{-1, -1};
    if (::pipe2(ends.data(), O_CLOEXEC) == 0) {
      read = ends[0];
      write = ends[1];
    }
  }
  pipe_ends(pipe_ends const&) = delete;
  pipe_ends& operator=(pipe_ends const&) = delete;
  ~pipe_ends() {
    if (read >= 0) ::close(read);
    if (write >= 0) ::close(write);
  }
  [[nodiscard]] bool good() const { return read >= 0; }
};

// The arguments of posix_spawn, freed together.
struct spawn_setting {
  posix_spawn_file_actions_t actions{};
  posix_spawnattr_t attributes{};
  spawn_setting() {
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawnattr_init(&attributes);
    sigset_t none;
    sigset_t usual;
    ::sigemptyset(&none);
    ::sigemptyset(&usual);
    ::sigaddset(&usual, SIGPIPE);  // which the server ignores
    ::posix_spawnattr_setsigmask(&attributes, &none);
    ::posix_spawnattr_setsigdefault(&attributes, &usual);
    ::posix_spawnattr_setpgroup(&attributes, 0);
    ::posix_spawnattr_setflags(
        &attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  }
  spawn_setting(spawn_setting const&) = delete;
  spawn_setting& operator=(spawn_setting const&) = delete;
  ~spawn_setting() {
    ::posix_spawn_file_actions_destroy(&actions);
    ::posix_spawnattr_destroy(&attributes);
  }
};

std::vector<char*> pointers(std::vector<std::string> const& texts) {
  std::vector<char*> out;
  out.reserve(texts.size() + 1);
  for (std::string const& text : texts) out.push_back(const_cast<char*>(text.c_str()));
  out.push_back(nullptr);
  return out;
}

}  // namespace

child_process::child_process(asio::any_io_executor const& io, std::string input,
                             callback<child_end> done)
    : input_(io),
      output_{stream{io}},
      errors_{stream{io}},
      process_(io),
      text_(std::move(input)),
      done_(std::move(done)) {}

child_process::~child_process() {
  if (pid_ == 0) return;
  signal(SIGKILL);
  ::waitpid(pid_, nullptr, 0);
}

child_process::started child_process::start(asio::any_io_executor const& io, child_setting setting,
                                            callback<child_end> done) {
  auto child = std::make_unique<child_process>(io, std::move(setting.input), std::move(done));
  std::string why = child->launch(setting);
  if (!why.empty()) return started{boost::system::in_place_error, std::move(why)};
  child->run();
  return started{boost::system::in_place_value, std::move(child)};
}

// Nothing, or why not.
std::string child_process::launch(child_setting const& setting) {
  pipe_ends in;
  pipe_ends out;
  pipe_ends err;
  if (!in.good() || !out.good() || !err.good()) return std::strerror(errno);
  spawn_setting how;
  ::posix_spawn_file_actions_adddup2(&how.actions, in.read, STDIN_FILENO);
  ::posix_spawn_file_actions_adddup2(&how.actions, out.write, STDOUT_FILENO);
  ::posix_spawn_file_actions_adddup2(&how.actions, err.write, STDERR_FILENO);
  // Asio's sockets and SQLite's files are none of its business.
  ::posix_spawn_file_actions_addclosefrom_np(&how.actions, STDERR_FILENO + 1);
  if (!setting.directory.empty())
    ::posix_spawn_file_actions_addchdir_np(&how.actions, setting.directory.c_str());
  int const failed =
      ::posix_spawnp(&pid_, setting.command.front().c_str(), &how.actions, &how.attributes,
                     pointers(setting.command).data(), pointers(setting.environment).data());
  if (failed != 0) {
    pid_ = 0;
    return std::strerror(failed);
  }
  int const handle = static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0));
  if (handle < 0) return std::strerror(errno);  // the destructor ends it
  ::fcntl(handle, F_SETFD, FD_CLOEXEC);
  process_.assign(handle);
  input_.assign(std::exchange(in.write, -1));
  output_.from.assign(std::exchange(out.read, -1));
  errors_.from.assign(std::exchange(err.read, -1));
  return {};
}

void child_process::signal(int number) const {
  if (pid_ > 0) ::kill(-pid_, number);
}

void child_process::run() {
  feed();
  listen(output_);
  listen(errors_);
  process_.async_wait(stream::wait_read,
                      [this, alive = std::weak_ptr{alive_}](boost::system::error_code ec) {
                        if (!ec && !alive.expired()) ended();
                      });
}

// A program that does not read its input is as good as one that does.
void child_process::feed() {
  asio::async_write(input_, asio::buffer(text_),
                    [this, alive = std::weak_ptr{alive_}](boost::system::error_code, std::size_t) {
                      boost::system::error_code ignored;
                      if (!alive.expired()) input_.close(ignored);
                    });
}

void child_process::listen(capture& c) {
  c.reading = true;
  c.from.async_read_some(
      asio::buffer(c.buffer),
      [this, alive = std::weak_ptr{alive_}, &c](boost::system::error_code ec, std::size_t bytes) {
        if (alive.expired()) return;
        c.reading = false;
        keep(c, bytes);
        if (pid_ == 0) return finish();
        if (!ec) listen(c);
      });
}

void child_process::keep(capture& c, std::size_t bytes) {
  constexpr std::size_t most = limits::command_output_bytes;
  if (&c == &output_) {
    std::size_t const taken = std::min(bytes, most - end_.output.size());
    end_.output.append(c.buffer.data(), taken);
    end_.output_cut = end_.output_cut || taken < bytes;
    return;
  }
  end_.errors.append(c.buffer.data(), bytes);
  if (end_.errors.size() > most) end_.errors.erase(0, end_.errors.size() - most);
}

// What is in the pipe already.
void child_process::drain(capture& c) {
  boost::system::error_code ec;
  c.from.non_blocking(true, ec);
  for (int i = 0; i < drain_steps && !ec; ++i) {
    std::size_t const bytes = c.from.read_some(asio::buffer(c.buffer), ec);
    keep(c, bytes);
  }
  c.from.close(ec);
}

void child_process::ended() {
  signal(SIGKILL);  // whoever is left of the group, before its number can be somebody else's
  int status = 0;
  ::waitpid(std::exchange(pid_, 0), &status, 0);
  end_.signalled = WIFSIGNALED(status);
  end_.code = end_.signalled ? WTERMSIG(status) : WEXITSTATUS(status);
  boost::system::error_code ignored;
  output_.from.cancel(ignored);
  errors_.from.cancel(ignored);
  finish();
}

// Once no read is under way: one may have taken its bytes already and only wait to hand them over.
void child_process::finish() {
  if (output_.reading || errors_.reading) return;
  drain(output_);
  drain(errors_);
  boost::system::error_code ignored;
  input_.close(ignored);
  process_.close(ignored);
  auto done = std::move(done_);
  std::move(done)(std::move(end_));  // this object may be gone now
}

}  // namespace retrylab

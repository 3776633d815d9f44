// A slower disk: with this library preloaded, each fsync and fdatasync of a process takes
// RETRYLAB_SLOW_SYNC_US microseconds longer.
//
//   RETRYLAB_SLOW_SYNC_US=5000 LD_PRELOAD=build/release/bench/libslow_sync.so
//   build/release/retrylab serve

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

static void linger(void) {
  char const* const text = getenv("RETRYLAB_SLOW_SYNC_US");
  long const us = text ? atol(text) : 0;
  struct timespec left = {us / 1000000, us % 1000000 * 1000};
  while (us > 0 && nanosleep(&left, &left) != 0) {
  }
}

typedef int (*sync_call)(int);

static int after_a_while(char const* name, int fd) {
  sync_call const real = (sync_call)dlsym(RTLD_NEXT, name);
  linger();
  return real(fd);
}

int fsync(int fd) { return after_a_while("fsync", fd); }
int fdatasync(int fd) { return after_a_while("fdatasync", fd); }

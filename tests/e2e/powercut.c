/* What a power cut would leave: preloaded into the server, this keeps a mirror of the files below $POWERCUT_DIR that holds
 * only what was synced. Writes go to the real file and are remembered; a sync of the file copies them to the mirror. A test
 * kills the server and starts another one on the mirror. The -shm file is memory-mapped and rebuilt from the -wal. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { files_max = 4096, path_max = 4096 };

struct range {
  off_t from, to;
};
struct file {
  char mirror[path_max];
  struct range* dirty;
  size_t count, room;
  off_t cut; /* the smallest size it was truncated to since the last sync; -1: none */
};

static struct file* tracked[files_max];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static ssize_t (*real_pwrite)(int, const void*, size_t, off_t);
static int (*real_ftruncate)(int, off_t);
static int (*real_fdatasync)(int);
static int (*real_fsync)(int);
static int (*real_close)(int);

__attribute__((constructor)) static void find_real(void) {
  *(void**)&real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
  *(void**)&real_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
  *(void**)&real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
  *(void**)&real_fsync = dlsym(RTLD_NEXT, "fsync");
  *(void**)&real_close = dlsym(RTLD_NEXT, "close");
}

static int ends_with(const char* text, const char* end) {
  size_t n = strlen(text), m = strlen(end);
  return n >= m && strcmp(text + n - m, end) == 0;
}

/* The entry of a database or its -wal below the watched directory; null for any other file. Under the lock. */
static struct file* find(int fd) {
  if (fd < 0 || fd >= files_max) return NULL;
  if (tracked[fd]) return tracked[fd];
  const char* watched = getenv("POWERCUT_DIR");
  const char* mirror = getenv("POWERCUT_MIRROR");
  if (!watched || !mirror) return NULL;
  char link[64], path[path_max];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t n = readlink(link, path, sizeof path - 1);
  if (n < 0) return NULL;
  path[n] = 0;
  if (strncmp(path, watched, strlen(watched)) != 0 || !(ends_with(path, ".db") || ends_with(path, ".db-wal"))) return NULL;
  struct file* f = calloc(1, sizeof *f);
  if (!f || snprintf(f->mirror, sizeof f->mirror, "%s/%s", mirror, strrchr(path, '/') + 1) >= (int)sizeof f->mirror) abort();
  f->cut = -1;
  return tracked[fd] = f;
}

ssize_t pwrite64(int fd, const void* bytes, size_t size, off64_t at) {
  ssize_t n = real_pwrite(fd, bytes, size, at);
  pthread_mutex_lock(&lock);
  struct file* f = n > 0 ? find(fd) : NULL;
  if (f) {
    if (f->count == f->room) f->dirty = realloc(f->dirty, (f->room = f->room ? 2 * f->room : 64) * sizeof *f->dirty);
    f->dirty[f->count++] = (struct range){at, at + n};
  }
  pthread_mutex_unlock(&lock);
  return n;
}

ssize_t pwrite(int fd, const void* bytes, size_t size, off_t at) { return pwrite64(fd, bytes, size, at); }

int ftruncate64(int fd, off64_t size) {
  int result = real_ftruncate(fd, size);
  pthread_mutex_lock(&lock);
  struct file* f = result == 0 ? find(fd) : NULL;
  if (f && (f->cut < 0 || size < f->cut)) f->cut = size;
  pthread_mutex_unlock(&lock);
  return result;
}

int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

/* The bytes that the real file holds now go to the mirror. */
static void harden(int fd) {
  pthread_mutex_lock(&lock);
  struct file* f = find(fd);
  if (f && (f->count || f->cut >= 0)) {
    int out = open(f->mirror, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (out < 0) abort();
    if (f->cut >= 0 && real_ftruncate(out, f->cut) != 0) abort();
    static char buffer[1 << 16];
    for (size_t i = 0; i < f->count; ++i) {
      for (off_t at = f->dirty[i].from; at < f->dirty[i].to;) {
        size_t want = f->dirty[i].to - at < (off_t)sizeof buffer ? (size_t)(f->dirty[i].to - at) : sizeof buffer;
        ssize_t got = pread(fd, buffer, want, at);
        if (got <= 0) break;
        if (real_pwrite(out, buffer, (size_t)got, at) != got) abort();
        at += got;
      }
    }
    real_close(out);
    f->count = 0;
    f->cut = -1;
  }
  pthread_mutex_unlock(&lock);
}

int fdatasync(int fd) {
  int result = real_fdatasync(fd);
  if (result == 0) harden(fd);
  return result;
}

int fsync(int fd) {
  int result = real_fsync(fd);
  if (result == 0) harden(fd);
  return result;
}

int close(int fd) {
  pthread_mutex_lock(&lock);
  if (fd >= 0 && fd < files_max && tracked[fd]) {
    free(tracked[fd]->dirty);
    free(tracked[fd]);
    tracked[fd] = NULL;
  }
  pthread_mutex_unlock(&lock);
  return real_close(fd);
}

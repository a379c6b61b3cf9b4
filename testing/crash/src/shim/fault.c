/*
 * Preloaded into a process, this fails one file operation below AEROLITH_FAULT_DIR: the AEROLITH_FAULT_AT-th of pwrite, write, fsync,
 * fdatasync and ftruncate, counted from 1. AEROLITH_FAULT_KIND says how:
 *   eio     the call returns EIO and does nothing
 *   enospc  the call returns ENOSPC and does nothing; so do all later writes until as many calls again were refused (a full disk)
 *   kill    the process ends before the call
 *   torn    a write stores half of its bytes, then the process ends; other calls: as kill
 * When the fault fires, one byte is appended to AEROLITH_FAULT_LOG.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static atomic_long calls;

static int below_folder(int fd) {
  const char *folder = getenv("AEROLITH_FAULT_DIR");
  if (!folder) return 0;
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return strncmp(path, folder, strlen(folder)) == 0;
}

static void note(void) {
  const char *log = getenv("AEROLITH_FAULT_LOG");
  if (!log) return;
  int fd = open(log, O_WRONLY | O_CREAT | O_APPEND, 0600);
  if (fd < 0) return;
  ssize_t (*real_write)(int, const void *, size_t) = dlsym(RTLD_NEXT, "write");
  real_write(fd, "!", 1);
  close(fd);
}

enum verdict { PASS, FAIL, TEAR };

static enum verdict judge(int fd) {
  if (!below_folder(fd)) return PASS;
  const char *at_text = getenv("AEROLITH_FAULT_AT"), *kind = getenv("AEROLITH_FAULT_KIND");
  if (!at_text || !kind) return PASS;
  long at = atol(at_text), call = atomic_fetch_add(&calls, 1) + 1;
  int full = strcmp(kind, "enospc") == 0;
  if (call != at && !(full && call > at && call < at + 20)) return PASS;
  if (call == at) note();
  if (strcmp(kind, "kill") == 0) _exit(137);
  if (strcmp(kind, "torn") == 0) return TEAR;
  errno = full ? ENOSPC : EIO;
  return FAIL;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

#define WRITE_AT(name, offset_type)                                              \
  ssize_t name(int fd, const void *bytes, size_t count, offset_type offset) {    \
    switch (judge(fd)) {                                                         \
      case FAIL: return -1;                                                      \
      case TEAR: REAL(name)(fd, bytes, count / 2, offset); _exit(137);           \
      default: return REAL(name)(fd, bytes, count, offset);                      \
    }                                                                            \
  }

WRITE_AT(pwrite, off_t)
WRITE_AT(pwrite64, off64_t)

ssize_t write(int fd, const void *bytes, size_t count) {
  switch (judge(fd)) {
    case FAIL: return -1;
    case TEAR: REAL(write)(fd, bytes, count / 2); _exit(137);
    default: return REAL(write)(fd, bytes, count);
  }
}

#define OTHER(name, parameters, arguments)       \
  int name parameters {                          \
    switch (judge(fd)) {                         \
      case FAIL: return -1;                      \
      case TEAR: _exit(137);                     \
      default: return REAL(name) arguments;      \
    }                                            \
  }

OTHER(fsync, (int fd), (fd))
OTHER(fdatasync, (int fd), (fd))
OTHER(ftruncate, (int fd, off_t length), (fd, length))
OTHER(ftruncate64, (int fd, off64_t length), (fd, length))

/*
 * Preloaded into a process, this fails one file operation below AEROLITH_FAULT_DIR: the AEROLITH_FAULT_AT-th of pwrite, write, fsync,
 * fdatasync and ftruncate, counted from 1. AEROLITH_FAULT_KIND says how:
 *   eio         the call returns EIO and does nothing
 *   enospc      the call returns ENOSPC and does nothing; so do all later writes until as many calls again were refused (a full disk)
 *   kill        the process ends before the call; what it wrote stays
 *   torn        a write stores half of its bytes, then the process ends; other calls: as kill
 *   power       before the call the machine loses power: what was written below the folder and not synced is undone, the process ends
 *   power-some  as power, but each sector that was not synced keeps some of what was written to it, drawn from AEROLITH_FAULT_AT
 * When the fault fires, one byte is appended to AEROLITH_FAULT_LOG. A sync takes SYNC_MICROSECONDS longer, so that there is something
 * written while it runs. What undo-log.h says is how true to a machine the power kinds are. AEROLITH_FAULT_LEFTOVER=LENGTH:PATH says that
 * a process before has not synced what it wrote to PATH from LENGTH on.
 */
#define _GNU_SOURCE
#include "undo-log.h"
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define SYNC_MICROSECONDS 2000
#define ENDED 137

static atomic_long calls;

static const char *kind_of_fault(void) {
  const char *kind = getenv("AEROLITH_FAULT_KIND");
  return kind ? kind : "";
}

static int loses_power(void) { return strncmp(kind_of_fault(), "power", 5) == 0; }

static int in_folder(const char *path) {
  const char *folder = getenv("AEROLITH_FAULT_DIR");
  size_t length = folder ? strlen(folder) : 0;
  return length > 0 && strncmp(path, folder, length) == 0 && (path[length] == '/' || path[length] == 0);
}

/* Writes the path of the descriptor; false when it is not below the folder. */
static int below_folder(int fd, char path[PATH_MAX]) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return in_folder(path);
}

static void note(void) {
  const char *log = getenv("AEROLITH_FAULT_LOG");
  if (!log) return;
  int fd = REAL(open)(log, O_WRONLY | O_CREAT | O_APPEND, 0600);
  if (fd < 0) return;
  REAL(write)(fd, "!", 1);
  close(fd);
}

__attribute__((constructor)) static void note_leftover(void) {
  const char *leftover = getenv("AEROLITH_FAULT_LEFTOVER");
  const char *colon = leftover ? strchr(leftover, ':') : NULL;
  if (!colon || !loses_power()) return;
  undo_lock();
  undo_note_leftover(colon + 1, atoll(leftover));
  undo_unlock();
}

_Noreturn static void lose_power(long at) {
  undo_lock();
  if (strcmp(kind_of_fault(), "power-some") == 0) undo_some((unsigned long)at);
  else undo_all();
  note();
  _exit(ENDED);
}

enum verdict { PASS, FAIL, TEAR };

static enum verdict judge(const char *path) {
  if (!path) return PASS;
  const char *at_text = getenv("AEROLITH_FAULT_AT"), *kind = kind_of_fault();
  if (!at_text || !*kind) return PASS;
  long at = atol(at_text), call = atomic_fetch_add(&calls, 1) + 1;
  int full = strcmp(kind, "enospc") == 0;
  if (call != at && !(full && call > at && call < at + 20)) return PASS;
  if (loses_power()) lose_power(at);
  if (call == at) note();
  if (strcmp(kind, "kill") == 0) _exit(ENDED);
  if (strcmp(kind, "torn") == 0) return TEAR;
  errno = full ? ENOSPC : EIO;
  return FAIL;
}

/* The statement `call` makes the change; in the power kinds it is noted by `noted` before, under the lock. */
#define CHANGE(type, noted, call, torn)                          \
  char buffer[PATH_MAX], *path = below_folder(fd, buffer) ? buffer : NULL; \
  switch (judge(path)) {                                         \
    case FAIL: return -1;                                        \
    case TEAR: torn; _exit(ENDED);                               \
    default: break;                                              \
  }                                                              \
  if (!path || !loses_power()) return call;                      \
  undo_lock();                                                   \
  noted;                                                         \
  type result = call;                                            \
  int error = errno;                                             \
  undo_unlock();                                                 \
  errno = error;                                                 \
  return result;

#define WRITE_AT(name, offset_type)                                                                                        \
  ssize_t name(int fd, const void *bytes, size_t count, offset_type offset) {                                              \
    CHANGE(ssize_t, undo_note_write(fd, path, offset, count), REAL(name)(fd, bytes, count, offset),                        \
           REAL(name)(fd, bytes, count / 2, offset))                                                                       \
  }

WRITE_AT(pwrite, off_t)
WRITE_AT(pwrite64, off64_t)

static off_t position(int fd) { return lseek(fd, 0, fcntl(fd, F_GETFL) & O_APPEND ? SEEK_END : SEEK_CUR); }

ssize_t write(int fd, const void *bytes, size_t count) {
  CHANGE(ssize_t, undo_note_write(fd, path, position(fd), count), REAL(write)(fd, bytes, count),
         REAL(write)(fd, bytes, count / 2))
}

#define TRUNCATION(name, length_type)                                                                       \
  int name(int fd, length_type length) {                                                                    \
    CHANGE(int, undo_note_truncate(fd, path, length), REAL(name)(fd, length), (void)0)                      \
  }

TRUNCATION(ftruncate, off_t)
TRUNCATION(ftruncate64, off64_t)

/* What was changed before the sync began is durable once it has succeeded; what was changed meanwhile is not. */
#define SYNC(name)                                                                  \
  int name(int fd) {                                                                \
    char buffer[PATH_MAX], *path = below_folder(fd, buffer) ? buffer : NULL;        \
    switch (judge(path)) {                                                          \
      case FAIL: return -1;                                                         \
      case TEAR: _exit(ENDED);                                                      \
      default: break;                                                               \
    }                                                                               \
    if (!path) return REAL(name)(fd);                                               \
    long moment = undo_moment();                                                    \
    usleep(SYNC_MICROSECONDS);                                                      \
    int result = REAL(name)(fd);                                                    \
    if (result == 0) undo_synced(fd, moment);                                       \
    return result;                                                                  \
  }

SYNC(fsync)
SYNC(fdatasync)

#define OPEN(name)                                                                  \
  int name(const char *path, int flags, ...) {                                      \
    va_list rest;                                                                   \
    va_start(rest, flags);                                                          \
    mode_t mode = va_arg(rest, mode_t);                                             \
    va_end(rest);                                                                   \
    if (!(flags & O_CREAT) || !loses_power() || !in_folder(path)) return REAL(name)(path, flags, mode); \
    undo_lock();                                                                    \
    int created = access(path, F_OK) != 0;                                          \
    int fd = REAL(name)(path, flags, mode);                                         \
    int error = errno;                                                              \
    if (created && fd >= 0) undo_note_creation(path);                               \
    undo_unlock();                                                                  \
    errno = error;                                                                  \
    return fd;                                                                      \
  }

OPEN(open)
OPEN(open64)

int unlink(const char *path) {
  if (!loses_power() || !in_folder(path)) return REAL(unlink)(path);
  undo_lock();
  undo_forget(path);
  int result = REAL(unlink)(path);
  int error = errno;
  undo_unlock();
  errno = error;
  return result;
}

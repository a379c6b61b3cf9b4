#define _GNU_SOURCE
#include "undo-log.h"
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define SECTOR 512
#define CREATION_SECTOR -1
#define LENGTH_SECTOR -2

enum kind { WRITE, TRUNCATE, CREATION };

struct change {
  enum kind kind;
  long number;
  /* What a sync must be of to drop this: the file, or for a creation the folder it is in. */
  dev_t device;
  ino_t inode;
  /* The file, also of a creation. */
  ino_t file;
  char *path;
  off_t offset, old_size;
  size_t count;
  char *old;
  size_t old_count;
  char *new;
  size_t new_count;
  struct change *older, *newer;
};

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static struct change *newest, *oldest;
static long last_number;

void undo_lock(void) { pthread_mutex_lock(&mutex); }
void undo_unlock(void) { pthread_mutex_unlock(&mutex); }

/* The system calls themselves: the functions of these names are the ones that are watched. */
static int open_file(const char *path, int flags) { return syscall(SYS_openat, AT_FDCWD, path, flags | O_CLOEXEC, 0); }

static size_t read_at(int fd, char *bytes, size_t count, off_t offset) {
  size_t done = 0;
  while (done < count) {
    ssize_t part = syscall(SYS_pread64, fd, bytes + done, count - done, offset + (off_t)done);
    if (part <= 0) break;
    done += part;
  }
  return done;
}

static void write_at(int fd, const char *bytes, size_t count, off_t offset) {
  size_t done = 0;
  while (done < count) {
    ssize_t part = syscall(SYS_pwrite64, fd, bytes + done, count - done, offset + (off_t)done);
    if (part <= 0) abort();
    done += part;
  }
}

static void set_length(int fd, off_t length) {
  if (syscall(SYS_ftruncate, fd, length) != 0) abort();
}

static int durable(const char *path) {
  size_t length = strlen(path);
  return length < 4 || strcmp(path + length - 4, "-shm") != 0;
}

static struct change *add(enum kind kind, const char *path, const struct stat *synced, ino_t file) {
  struct change *change = calloc(1, sizeof *change);
  if (!change) abort();
  change->kind = kind;
  change->number = ++last_number;
  change->device = synced->st_dev;
  change->inode = synced->st_ino;
  change->file = file;
  change->path = strdup(path);
  change->older = newest;
  if (newest) newest->newer = change; else oldest = change;
  newest = change;
  return change;
}

static void drop(struct change *change) {
  if (change->older) change->older->newer = change->newer; else oldest = change->newer;
  if (change->newer) change->newer->older = change->older; else newest = change->older;
  free(change->path);
  free(change->old);
  free(change->new);
  free(change);
}

/* A descriptor that only writes is opened again and never closed: closing it would give up the locks of the process on the file. */
static int readable(int fd, const char *path) {
  return (fcntl(fd, F_GETFL) & O_ACCMODE) == O_WRONLY ? open_file(path, O_RDONLY) : fd;
}

static void note(enum kind kind, int fd, const char *path, off_t offset, size_t count, size_t overwritten) {
  struct stat file;
  if (!durable(path) || fstat(fd, &file) != 0) return;
  struct change *change = add(kind, path, &file, file.st_ino);
  change->offset = offset;
  change->count = count;
  change->old_size = file.st_size;
  if (offset >= file.st_size || overwritten == 0) return;
  change->old = malloc(overwritten);
  if (!change->old) abort();
  change->old_count = read_at(readable(fd, path), change->old, overwritten, offset);
}

void undo_note_write(int fd, const char *path, off_t offset, size_t count) { note(WRITE, fd, path, offset, count, count); }

void undo_note_truncate(int fd, const char *path, off_t length) {
  struct stat file;
  if (fstat(fd, &file) != 0) return;
  note(TRUNCATE, fd, path, length, 0, length < file.st_size ? file.st_size - length : 0);
}

void undo_note_creation(const char *path) {
  struct stat file, folder;
  char parent[4096];
  snprintf(parent, sizeof parent, "%s", path);
  char *slash = strrchr(parent, '/');
  if (!slash || !durable(path)) return;
  *slash = 0;
  if (stat(path, &file) != 0 || stat(parent, &folder) != 0) return;
  add(CREATION, path, &folder, file.st_ino);
}

void undo_note_leftover(const char *path, off_t length) {
  struct stat file;
  if (stat(path, &file) != 0 || file.st_size <= length) return;
  struct change *change = add(WRITE, path, &file, file.st_ino);
  change->offset = change->old_size = length;
  change->count = file.st_size - length;
}

void undo_forget(const char *path) {
  struct stat file;
  if (stat(path, &file) != 0) return;
  for (struct change *change = newest, *older; change; change = older) {
    older = change->older;
    if (change->device == file.st_dev && change->file == file.st_ino) drop(change);
  }
}

long undo_moment(void) {
  undo_lock();
  long moment = last_number;
  undo_unlock();
  return moment;
}

void undo_synced(int fd, long moment) {
  struct stat file;
  if (fstat(fd, &file) != 0) return;
  undo_lock();
  for (struct change *change = newest, *older; change; change = older) {
    older = change->older;
    if (change->number <= moment && change->device == file.st_dev && change->inode == file.st_ino) drop(change);
  }
  undo_unlock();
}

/* The file of a change by its path; -1 when another file or none is there now. */
static int open_changed(const struct change *change) {
  struct stat file;
  int fd = open_file(change->path, O_RDWR);
  if (fd < 0 || (fstat(fd, &file) == 0 && file.st_ino == change->file)) return fd;
  close(fd);
  return -1;
}

/* Newest first. What a write had written is read before it goes, so that it can be written again. */
static void undo(struct change *change) {
  if (change->kind == CREATION) return;
  int fd = open_changed(change);
  if (fd < 0) return;
  change->new = change->count > 0 ? malloc(change->count) : NULL;
  if (change->new) change->new_count = read_at(fd, change->new, change->count, change->offset);
  set_length(fd, change->old_size);
  write_at(fd, change->old, change->old_count, change->offset);
  close(fd);
}

static void remove_created(const struct change *change) {
  struct stat file;
  if (stat(change->path, &file) == 0 && file.st_ino == change->file) syscall(SYS_unlinkat, AT_FDCWD, change->path, 0);
}

void undo_all(void) {
  for (struct change *change = newest; change; change = change->older) undo(change);
  for (struct change *change = newest; change; change = change->older)
    if (change->kind == CREATION) remove_created(change);
}

/* splitmix64 */
static unsigned long mixed(unsigned long value) {
  value += 0x9e3779b97f4a7c15;
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
  value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
  return value ^ (value >> 31);
}

/* Whether this sector of the file was stored at or after the change. A quarter of all sectors was never stored, another quarter last. */
static int kept(const struct change *change, unsigned long seed, long sector) {
  const char *name = strrchr(change->path, '/');
  unsigned long drawn = mixed(seed);
  for (; name && *name; name++) drawn = mixed(drawn ^ (unsigned char)*name);
  drawn = mixed(drawn ^ (unsigned long)sector);
  if (drawn % 4 == 0) return 0;
  if (drawn % 4 == 1) return 1;
  long moments = newest->number - oldest->number + 2;
  return change->number < oldest->number + (long)((drawn >> 2) % (unsigned long)moments);
}

static void write_kept(int fd, const struct change *change, unsigned long seed) {
  size_t done = 0;
  while (done < change->new_count) {
    off_t offset = change->offset + (off_t)done;
    size_t part = SECTOR - (size_t)(offset % SECTOR);
    if (part > change->new_count - done) part = change->new_count - done;
    if (kept(change, seed, offset / SECTOR)) write_at(fd, change->new + done, part, offset);
    done += part;
  }
}

static void redo_some(const struct change *change, unsigned long seed) {
  if (change->kind == CREATION) {
    if (!kept(change, seed, CREATION_SECTOR)) remove_created(change);
    return;
  }
  int fd = open_changed(change);
  if (fd < 0) return;
  if (change->kind == WRITE) write_kept(fd, change, seed);
  else if (kept(change, seed, LENGTH_SECTOR)) set_length(fd, change->offset);
  close(fd);
}

void undo_some(unsigned long seed) {
  for (struct change *change = newest; change; change = change->older) undo(change);
  for (struct change *change = oldest; change; change = change->newer) redo_some(change, seed);
}

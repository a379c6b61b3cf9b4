/*
 * What was changed below a folder and not synced since: enough to undo it, as a loss of power would. Old bytes and old sizes are kept
 * for each file; a sync drops those that were there when it began. The lock is held over a note and the change it is about, so that a
 * change that has a number is also made.
 *
 * The model: a file holds what was synced. Of what was not, either nothing is left (`undo_all`), or each sector of 512 bytes holds
 * what it held at some moment since, other sectors at other moments (`undo_some`): disks reorder, and tear what spans sectors.
 * A new file whose folder was not synced is gone (or not, in `undo_some`). Taken as durable at once: making a folder, unlink, rename.
 * Not seen: writev, mmap, O_TRUNC. SQLite's `-shm` is written through mmap and made anew after a loss of power; it is left alone.
 */
#ifndef UNDO_LOG_H
#define UNDO_LOG_H
#include <stddef.h>
#include <sys/types.h>

void undo_lock(void);
void undo_unlock(void);

/* Before the change, with the lock held. */
void undo_note_write(int fd, const char *path, off_t offset, size_t count);
void undo_note_truncate(int fd, const char *path, off_t length);
/* After a file was made, with the lock held. */
void undo_note_creation(const char *path);
/* What an earlier process has left in the file from `length` on, and did not sync; with the lock held. */
void undo_note_leftover(const char *path, off_t length);
/* Before the file goes, with the lock held. */
void undo_forget(const char *path);

/* The number of the last change. */
long undo_moment(void);
/* A sync of this file or folder has succeeded that began at `moment`. */
void undo_synced(int fd, long moment);

/* At the loss of power, with the lock held; the process must end afterwards without letting it go. */
void undo_all(void);
void undo_some(unsigned long seed);
#endif

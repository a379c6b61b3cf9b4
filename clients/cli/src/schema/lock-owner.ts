import { hostname, userInfo } from 'node:os';

/** Who holds a lock. */
export type LockOwner = { readonly user: string; readonly host: string; readonly pid: number };

export function thisProcess(): LockOwner {
  return { user: userName(), host: hostname(), pid: process.pid };
}

/** `ada on build-7 (process 4711)`. */
export function ownerText({ user, host, pid }: LockOwner): string {
  return `${user} on ${host} (process ${pid})`;
}

/** Whether the process was one of this machine and has ended. */
export function isGone({ host, pid }: LockOwner): boolean {
  if (host !== hostname()) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}

/** A user without an entry in the system has only a number. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `user ${process.getuid?.() ?? 'unknown'}`;
  }
}

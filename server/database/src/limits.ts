/** Every limit of the door, each declared once. */
export const DOOR_LIMITS = {
  /** Failed attempts of one user name from one place within the window; then its passwords are not looked at. */
  failedAttempts: 10,
  /** Milliseconds after which failed attempts are forgotten. */
  failedAttemptsWindowMs: 60_000,
  /** User names and places whose failed attempts are counted; past it the oldest is forgotten. */
  failedAttemptsTracked: 10_000,
  /** Passwords hashed at the same time; each takes 19 MiB and tens of milliseconds. */
  passwordChecks: 2,
  /** Passwords that may wait to be hashed. */
  passwordChecksWaiting: 64,
  /** Credentials that each HTTP thread remembers as right, so that a password is not hashed for each request. */
  rememberedCredentials: 4096,
  /** Characters of a password or token. */
  secretLength: 1024,
  /** Characters of the shortest password that is taken. */
  passwordLengthMin: 8,
  /** Changes that a watch fetches at once. */
  watchPage: 256,
} as const;

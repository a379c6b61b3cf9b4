/** What the person at the keyboard can mend: its message is the one sentence that is printed. */
export class SetupError extends Error {}

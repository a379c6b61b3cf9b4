/** `part` of what is looked at, 0 to 1; called before each step of a long check, and may end the work by throwing. */
export type OnStep = (label: string, part: number) => Promise<void>;

export type Severity = 'ok' | 'warning' | 'error';

/** What one check found: one line of the doctor's table. */
export type Finding = {
  readonly check: string;
  readonly severity: Severity;
  /** What is so, in a sentence. */
  readonly found: string;
  /** What to do about it; there when the severity is not `ok`. */
  readonly todo?: string;
  /** What was measured, by name; sizes in bytes, times in milliseconds. */
  readonly figures?: Readonly<Record<string, number | string | boolean>>;
};

export type Figures = NonNullable<Finding['figures']>;

export function fine(check: string, found: string, figures?: Figures): Finding {
  return { check, severity: 'ok', found, ...(figures !== undefined && { figures }) };
}

export function warning(check: string, found: string, todo: string, figures?: Figures): Finding {
  return { check, severity: 'warning', found, todo, ...(figures !== undefined && { figures }) };
}

export function error(check: string, found: string, todo: string, figures?: Figures): Finding {
  return { check, severity: 'error', found, todo, ...(figures !== undefined && { figures }) };
}

const RANK: Readonly<Record<Severity, number>> = { ok: 0, warning: 1, error: 2 };

/** The worst of them; `ok` when there is none. */
export function worst(findings: readonly Finding[]): Severity {
  return findings.reduce<Severity>((so, { severity }) => (RANK[severity] > RANK[so] ? severity : so), 'ok');
}

/** A check that could not be made, because of what the system said. */
export function notPossible(check: string, thrown: unknown, todo: string): Finding {
  return error(check, thrown instanceof Error ? thrown.message : String(thrown), todo);
}

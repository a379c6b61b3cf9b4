import { X509Certificate } from 'node:crypto';
import { readTls } from '../listening-rules.ts';
import type { NodeOptions } from '../options.ts';
import { error, type Finding, fine, notPossible, warning } from './finding.ts';

const CHECK = 'certificate';
const DAY_MS = 86_400_000;
const SOON_DAYS = 14;

/** Whether the certificate still holds; nothing when HTTP has none. */
export function checkCertificate(options: NodeOptions, nowMs: number): Finding[] {
  try {
    const tls = readTls(options);
    return tls === undefined ? [] : [judgeCertificate(new X509Certificate(tls.cert), nowMs)];
  } catch (thrown) {
    return [notPossible(CHECK, thrown, 'Give --tls-cert and --tls-key files in PEM that belong together.')];
  }
}

function judgeCertificate({ validFrom, validTo, subject }: X509Certificate, nowMs: number): Finding {
  const days = Math.floor((Date.parse(validTo) - nowMs) / DAY_MS);
  const figures = { subject, validFrom, validTo };
  const todo = 'Renew it, then send SIGHUP to the node.';
  if (days < 0) return error(CHECK, `it ended on ${validTo}`, todo, figures);
  if (Date.parse(validFrom) > nowMs)
    return error(CHECK, `it holds only from ${validFrom}`, 'Check the clock and the file.', figures);
  const found = `it holds until ${validTo}`;
  return days < SOON_DAYS ? warning(CHECK, found, todo, figures) : fine(CHECK, found, figures);
}

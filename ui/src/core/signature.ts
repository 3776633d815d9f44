import type { Job, JobError } from '../api/types';

// Errors that differ only in what they were about are one problem: numbers, ids, addresses and quoted values become slots.

export interface Signature {
  key: string;
  type: string;
  /** The message in pieces; a piece at an odd place is the name of a slot. */
  pieces: readonly string[];
}

const SLOTS: readonly (readonly [string, RegExp])[] = [
  ['url', /\bhttps?:\/\/[^\s"'<>]+/],
  ['address', /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/],
  ['id', /\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/i],
  ['time', /\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?/],
  ['host', /\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b/],
  ['id', /\b0x[0-9a-f]+\b|\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{8,}\b/i],
  ['text', /"[^"\n]{1,200}"|“[^”\n]{1,200}”|'[^'\s][^'\n]{0,199}'(?![\p{L}\d])/u],
  ['n', /(?<!\p{L})\d[\d,]*(?:\.\d+)?|(?<=\p{L})\d{2,}/u],
];

const LONGEST = 500;
const ANY = new RegExp(SLOTS.map(([, pattern]) => `(${pattern.source})`).join('|'), 'giu');

function piecesOf(message: string): string[] {
  const text = message.slice(0, LONGEST);
  const pieces: string[] = [];
  let from = 0;
  for (const match of text.matchAll(ANY)) {
    const slot = SLOTS[match.slice(1).findIndex((group) => group !== undefined)]?.[0] ?? 'n';
    pieces.push(text.slice(from, match.index), slot);
    from = match.index + match[0].length;
  }
  pieces.push(text.slice(from));
  return pieces;
}

export function signatureOf(error: Pick<JobError, 'type' | 'message'>): Signature {
  const pieces = piecesOf(error.message);
  return { key: JSON.stringify([error.type, ...pieces]), type: error.type || 'Error', pieces };
}

/** A short name of a signature that an address can hold. */
export function signatureId(key: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const unit of key)
    hash = ((hash ^ BigInt(unit.codePointAt(0) ?? 0)) * 0x100000001b3n) & 0xffffffffffffffffn;
  return hash.toString(36);
}

export const errorOfJob = (job: Job): Pick<JobError, 'type' | 'message'> =>
  job.error ?? { type: 'Error', message: job.last_error ?? '' };

import type { Job, JsonObject } from '../api/types';
import { changedPolicy, type PolicyDraft } from './draft';
import { addMembers, payloadFault, rawMembers } from './json';
import { CONTROLS } from './plan';

interface Edits {
  payload: string;
  maxAttempts: string;
  policy: PolicyDraft;
}

/** The body of a retry with edits: only what differs, the payload as typed. */
export function retryBody(edits: Edits, job: Job, originalPayload: string): string {
  const fields: string[] = [];
  const payload = edits.payload.trim();
  if (payload !== originalPayload.trim()) fields.push(`"payload":${payload}`);
  const attempts = edits.maxAttempts.trim();
  if (attempts !== String(job.max_attempts)) {
    fields.push(
      `"max_attempts":${attempts !== '' && Number.isFinite(Number(attempts)) ? Number(attempts) : JSON.stringify(attempts)}`,
    );
  }
  const retry = changedPolicy(edits.policy, job.retry);
  if (retry) fields.push(`"retry":${JSON.stringify(retry)}`);
  return `{${fields.join(',')}}`;
}

/** The payload with another failure plan in the place of its own; every other value stays as it was typed. */
export function withControls(payload: string, controls: JsonObject): string {
  if (payloadFault(payload) || Object.keys(controls).length === 0) return payload;
  const goes = CONTROLS.filter((name) => name !== 'duration_ms' || name in controls) as readonly string[];
  const kept = [...rawMembers(payload)].filter(([name]) => !goes.includes(name));
  return addMembers(`{${kept.map(([name, text]) => `${JSON.stringify(name)}:${text}`).join(',')}}`, controls);
}

export interface MemberChange {
  name: string;
  before: string | null;
  after: string | null;
}

/** Which members of the payload differ, by their text. */
export function payloadChanges(before: string, after: string): MemberChange[] {
  if (payloadFault(after)) return [];
  const [old, fresh] = [rawMembers(before), rawMembers(after)];
  return [...new Set([...old.keys(), ...fresh.keys()])]
    .map((name) => ({ name, before: old.get(name) ?? null, after: fresh.get(name) ?? null }))
    .filter((change) => change.before !== change.after);
}

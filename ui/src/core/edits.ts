import type { Job } from '../api/types';
import { changedPolicy, type PolicyDraft } from './draft';

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

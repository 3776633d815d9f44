export const DETAIL_IDS = ['error', 'payload', 'result', 'raw'] as const;

// What the address of a job page may hold.
export interface JobParameters {
  event?: string;
  tab?: string;
  scale?: string;
  generation?: string;
  /** The questions that are open, with commas; `none` closes what opens by itself. */
  why?: string;
}

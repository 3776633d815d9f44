import { parse } from 'yaml';
import type { RetryPolicy } from '../../api/types';
import type { Examples } from '../../core/labPolicy';
import { DEFAULT_POLICY } from '../../core/policy';

// The files of examples/lab, as the build finds them.

const scenarios = import.meta.glob<string>('../../../../examples/lab/*.yaml', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const policies = import.meta.glob<string>('../../../../examples/lab/policies/*.yaml', {
  query: '?raw',
  import: 'default',
  eager: true,
});

const stem = (path: string): string => /([^/]+)\.yaml$/.exec(path)?.[1] ?? path;

export const SCENARIOS: Record<string, string> = Object.fromEntries(
  Object.entries(scenarios).map(([path, text]) => [stem(path), text]),
);
export const POLICIES: Examples = Object.fromEntries(
  Object.entries(policies).map(([path, text]) => [
    stem(path),
    { ...DEFAULT_POLICY, ...(parse(text) as Partial<RetryPolicy>) },
  ]),
);
export const FIRST = 'outage';
export const FIRST_B = 'example.hasty';

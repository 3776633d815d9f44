import { request } from './client';
import type { RetryPolicy } from './types';

export interface NamedPolicy {
  name: string;
  version: number;
  policy: RetryPolicy;
}

export const listPolicies = async (): Promise<NamedPolicy[]> => (await request('/policies')).json();

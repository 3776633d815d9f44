import type { BulkAction } from '../core/bulk';
import { post, request } from './client';
import type { Status } from './types';

export interface Operation {
  id: number;
  action: BulkAction;
  state: 'RUNNING' | 'FINISHED' | 'STOPPED' | 'FAILED';
  total: number;
  total_estimated: boolean;
  changed: number;
  refused: number;
  refusals: { job: number; detail: string }[];
  error: string | null;
  created_at: string;
  finished_at: string | null;
}

export interface BulkFilter {
  status: Status[];
  q?: string;
  type?: string;
  queue?: string;
}

export interface BulkRequest {
  action: BulkAction;
  ids?: number[];
  filter?: BulkFilter;
  reason?: string;
  per_second?: number;
}

export const startAction = async (body: BulkRequest): Promise<Operation> =>
  (await post('/jobs/actions', JSON.stringify(body))).json();

export const getActions = async (): Promise<Operation[]> => (await request('/jobs/actions')).json();

export const stopAction = async (id: number): Promise<Operation> =>
  (await post(`/jobs/actions/${id}/stop`)).json();

import { post, request } from './client';
import type { NewOperation, Operation } from './generated';
import type { Status } from './types';

export type { Operation } from './generated';

/** What the page filters by, of what the interface takes. */
export type BulkFilter = Pick<NonNullable<NewOperation['filter']>, 'q' | 'type' | 'queue'> & {
  status: Status[];
};

export type BulkRequest = Omit<NewOperation, 'filter'> & { filter?: BulkFilter };

export const startAction = async (body: BulkRequest): Promise<Operation> =>
  (await post('/jobs/actions', JSON.stringify(body))).json();

export const getActions = async (): Promise<Operation[]> => (await request('/jobs/actions')).json();

export const getAction = async (id: string): Promise<Operation> =>
  (await request(`/jobs/actions/${encodeURIComponent(id)}`)).json();

export const stopAction = async (id: number): Promise<Operation> =>
  (await post(`/jobs/actions/${id}/stop`)).json();

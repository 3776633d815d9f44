import { millis } from '../core/time';
import { post, request } from './client';
import type { LabRun, LabRunJob, LabRunResult, NewLabRun } from './generated';

export type { LabReport, LabRun, LabRunJob, LabRunResult, LabSeries, LabSide } from './generated';

export const startRun = async (order: NewLabRun): Promise<LabRun> =>
  (await post('/lab/runs', JSON.stringify(order))).json();

export const listRuns = async (): Promise<LabRun[]> => (await request('/lab/runs')).json();

export const getRun = async (id: string): Promise<LabRunResult> => (await request(`/lab/runs/${id}`)).json();

export const stopRun = async (id: number): Promise<LabRun> =>
  (await request(`/lab/runs/${id}`, { method: 'DELETE' })).json();

export const getRunJob = async (id: number, job: number): Promise<LabRunJob> =>
  (await request(`/lab/runs/${id}/jobs/${job}`)).json();

/** The server's time, which somebody else may move. */
export const serverTime = async (): Promise<number> => millis((await (await request('/clock')).json()).now);

export const hasEnded = ({ status }: Pick<LabRun, 'status'>): boolean =>
  status !== 'queued' && status !== 'running';

import { request } from './client';
import type { Why } from './generated';

export type { Gate, Run, Why } from './generated';

export const getWhy = async (id: number): Promise<Why> => (await request(`/jobs/${id}/why`)).json();

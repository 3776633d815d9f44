import type { Job, Json } from '../api/types';
import { CONTROLS } from './plan';

const isScalar = (value: Json | undefined): boolean =>
  value !== null && value !== undefined && typeof value !== 'object' && value !== '';

/** The first plain field of the payload in words: `{"order_id": 88213}` is "order 88213". */
export function jobSubject(job: Job): string {
  const fields = Object.entries(job.payload).filter(([, value]) => isScalar(value));
  const isControl = (name: string): boolean => (CONTROLS as readonly string[]).includes(name);
  const field = fields.find(([name]) => !isControl(name)) ?? fields[0];
  if (!field) return '';
  const name = field[0].replace(/_(id|ms)$/i, '').replaceAll('_', ' ');
  return `${name} ${String(field[1]).slice(0, 120)}`;
}

import { useState } from 'react';
import { ApiError, createJob } from '../../api/client';
import type { FieldError } from '../../api/types';
import { count } from '../../core/numbers';
import { toast } from '../../ui/toasts';

const AT_ONCE = 10;

interface Create {
  /** Posts the body once for each copy; the errors of the first refusal, or none. */
  create(body: string, copies: number): Promise<FieldError[]>;
  /** The words of the button while it works. */
  progress: string | null;
}

export function useCreate(): Create {
  const [progress, setProgress] = useState<string | null>(null);
  const create = async (body: string, copies: number): Promise<FieldError[]> => {
    const ids: number[] = [];
    try {
      while (ids.length < copies) {
        setProgress(copies === 1 ? 'Creating' : `Creating ${ids.length} of ${copies}`);
        const group = Array.from({ length: Math.min(AT_ONCE, copies - ids.length) }, () => createJob(body));
        for (const { value } of await Promise.all(group)) ids.push(value.id);
      }
    } catch (error) {
      if (ids.length > 0) toast(`Created ${ids.length} of ${copies} jobs`, { tone: 'bad' });
      if (error instanceof ApiError && error.fields.length > 0) return error.fields;
      return [{ field: 'request', message: (error as Error).message }];
    } finally {
      setProgress(null);
    }
    const first = Math.min(...ids);
    const words =
      copies === 1
        ? `Created job ${count(first)}`
        : `Created ${copies} jobs, from ${count(first)} to ${count(Math.max(...ids))}`;
    toast(words, { tone: 'good', job: first });
    return [];
  };
  return { create, progress };
}

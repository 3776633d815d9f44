import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useMemo } from 'react';
import { type Column, columnsFrom, columnsText } from '../../core/columns';
import { type JobOrder, orderFrom, orderParameters } from '../../core/order';
import { toast } from '../../ui/toasts';

export interface LookParameters {
  sort?: string;
  dir?: string;
  /** Columns beyond the usual ones. */
  cols?: string;
}

interface ListLook {
  columns: readonly Column[];
  order: JobOrder;
  setColumns(columns: readonly Column[]): void;
  setOrder(order: JobOrder): void;
}

/** How the list is shown, now and in the past; it stands in the address. */
export function useListLook(): ListLook {
  const { cols = '', sort, dir } = useSearch({ from: '/jobs' });
  const navigate = useNavigate({ from: '/jobs' });
  const columns = useMemo(() => columnsFrom(cols).columns, [cols]);
  return {
    columns,
    order: orderFrom(sort, dir).order,
    setColumns: (next) =>
      void navigate({
        search: (kept) => ({ ...kept, cols: next.length > 0 ? columnsText(next) : undefined }),
        replace: true,
      }),
    setOrder: (next) => void navigate({ search: (kept) => ({ ...kept, ...orderParameters(next) }) }),
  };
}

/** Takes out of the address what it does not understand, and says so once. */
export function useLookNotice(): void {
  const { cols = '', sort, dir } = useSearch({ from: '/jobs' });
  const navigate = useNavigate({ from: '/jobs' });
  useEffect(() => {
    const read = columnsFrom(cols);
    const { order, refused } = orderFrom(sort, dir);
    const words = [...read.refused.map((name) => `column “${name}”`), ...refused.map((each) => `“${each}”`)];
    if (words.length === 0) return;
    toast(`Left out of the address: ${words.join(', ')}`, { tone: 'bad' });
    const rest = read.columns.length > 0 ? columnsText(read.columns) : undefined;
    void navigate({
      search: (kept) => ({ ...kept, ...orderParameters(order), cols: rest }),
      replace: true,
    });
  }, [cols, sort, dir, navigate]);
}

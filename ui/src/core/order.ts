// In which order jobs are listed. The server knows that of their ids, which is that of their creation.

export type JobOrder = 'newest' | 'oldest';

/** Of the address, `sort=id&dir=asc`; what it refuses is named. */
export function orderFrom(
  sort: string | undefined,
  dir: string | undefined,
): { order: JobOrder; refused: string[] } {
  const isSort = sort === undefined || sort === 'id';
  const isDir = dir === undefined || dir === 'asc' || dir === 'desc';
  return {
    order: isSort && dir === 'asc' ? 'oldest' : 'newest',
    refused: [...(isSort ? [] : [`sort=${sort}`]), ...(isDir ? [] : [`dir=${dir}`])],
  };
}

/** The newest first is what an address without them shows. */
export const orderParameters = (order: JobOrder): { sort: string | undefined; dir: string | undefined } =>
  order === 'oldest' ? { sort: 'id', dir: 'asc' } : { sort: undefined, dir: undefined };

/** Whether one id stands before another. */
export const standsBefore = (order: JobOrder, a: number, b: number): boolean =>
  order === 'oldest' ? a < b : a > b;

/** Stands after every id. */
export const lastOf = (order: JobOrder): number => (order === 'oldest' ? Number.POSITIVE_INFINITY : 0);

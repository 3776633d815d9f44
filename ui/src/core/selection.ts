// What is chosen in a list: rows by hand, or everything that its query matches, never a list of what nobody has read.

export type Selection =
  | { kind: 'rows'; ids: ReadonlySet<number>; anchor: number | null }
  /** Everything that matched when the log was at `seq`. */
  | { kind: 'query'; seq: number };

export const NOTHING: Selection = { kind: 'rows', ids: new Set(), anchor: null };

export const isSelected = (selection: Selection, id: number): boolean =>
  selection.kind === 'query' || selection.ids.has(id);

export const isEmpty = (selection: Selection): boolean =>
  selection.kind === 'rows' && selection.ids.size === 0;

const rows = (ids: Iterable<number>, anchor: number | null): Selection => ({
  kind: 'rows',
  ids: new Set(ids),
  anchor,
});

/** A query that loses a row becomes the rows that are loaded. */
const handPicked = (selection: Selection, order: readonly number[]): Set<number> =>
  new Set(selection.kind === 'rows' ? selection.ids : order);

export function toggled(selection: Selection, id: number, order: readonly number[]): Selection {
  const ids = handPicked(selection, order);
  if (!ids.delete(id)) ids.add(id);
  return rows(ids, id);
}

/** Takes in what lies between the row that was chosen last and this one. */
export function extended(selection: Selection, id: number, order: readonly number[]): Selection {
  if (selection.kind === 'query') return selection;
  const [from, to] = [order.indexOf(selection.anchor ?? id), order.indexOf(id)];
  if (from < 0 || to < 0) return rows([...selection.ids, id], id);
  const between = order.slice(Math.min(from, to), Math.max(from, to) + 1);
  return rows([...selection.ids, ...between], selection.anchor ?? id);
}

export const allOf = (order: readonly number[]): Selection => rows(order, null);

/** How much of the loaded rows is chosen. */
export function extentOf(selection: Selection, order: readonly number[]): 'none' | 'some' | 'all' {
  if (isEmpty(selection)) return 'none';
  return order.every((id) => isSelected(selection, id)) ? 'all' : 'some';
}

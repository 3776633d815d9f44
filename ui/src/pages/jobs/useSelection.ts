import { useState } from 'react';
import { allOf, extended, extentOf, isEmpty, NOTHING, type Selection, toggled } from '../../core/selection';
import { useStable } from '../../ui/useStable';
import { useServices } from '../services';

export interface SelectionControl {
  selection: Selection;
  extent: 'none' | 'some' | 'all';
  toggle(id: number): void;
  extend(id: number): void;
  selectLoaded(): void;
  selectQuery(): void;
  clear(): void;
}

/** What is chosen in the list of one filter. */
export function useSelection(order: readonly number[]): SelectionControl {
  const { live } = useServices();
  const [selection, setSelection] = useState<Selection>(NOTHING);
  return {
    selection,
    extent: isEmpty(selection) ? 'none' : extentOf(selection, order),
    toggle: useStable((id: number) => setSelection((known) => toggled(known, id, order))),
    extend: useStable((id: number) => setSelection((known) => extended(known, id, order))),
    selectLoaded: useStable(() => setSelection(allOf(order))),
    selectQuery: useStable(() => setSelection({ kind: 'query', seq: live.getState().stats?.seq ?? 0 })),
    clear: useStable(() => setSelection(NOTHING)),
  };
}

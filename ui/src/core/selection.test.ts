import { describe, expect, it } from 'vitest';
import {
  allOf,
  extended,
  extentOf,
  isEmpty,
  isSelected,
  NOTHING,
  type Selection,
  toggled,
} from './selection';

const order = [9, 8, 7, 6, 5];
const ids = (selection: Selection) => (selection.kind === 'rows' ? [...selection.ids] : selection.kind);
const query: Selection = { kind: 'query', seq: 40 };

describe('a selection', () => {
  it('takes a row in and lets it go', () => {
    const one = toggled(NOTHING, 8, order);
    expect(ids(one)).toEqual([8]);
    expect(isEmpty(toggled(one, 8, order))).toBe(true);
  });
  it('reaches from the row that was chosen last, up or down, and keeps what was chosen', () => {
    const one = toggled(toggled(NOTHING, 9, order), 7, order);
    expect(ids(extended(one, 5, order))).toEqual([9, 7, 6, 5]);
    expect(ids(extended(extended(one, 5, order), 8, order))).toEqual([9, 7, 6, 5, 8]);
  });
  it('starts at the row itself when the anchor is gone', () => {
    expect(ids(extended(NOTHING, 7, order))).toEqual([7]);
    expect(ids(extended(toggled(NOTHING, 4, order), 7, order))).toEqual([4, 7]);
  });
  it('of a query holds every row, and is the loaded ones without the row that is taken out', () => {
    expect(isSelected(query, 12345)).toBe(true);
    expect(ids(extended(query, 7, order))).toBe('query');
    expect(ids(toggled(query, 7, order))).toEqual([9, 8, 6, 5]);
  });
  it.each([
    [NOTHING, 'none'],
    [toggled(NOTHING, 8, order), 'some'],
    [allOf(order), 'all'],
    [query, 'all'],
  ] as const)('%o covers %s', (selection, extent) => expect(extentOf(selection, order)).toBe(extent));
});

import { describe, expect, it } from 'vitest';
import { MOST_VIEWS, nameFault, readViews } from './savedViews';

describe('saved views', () => {
  it('are read back, without what is none', () => {
    const view = { name: 'Payments', query: 'queue=payments' };
    expect(readViews(JSON.stringify([view, 7, null, { name: 'x' }, { ...view, extra: 1 }]))).toEqual([
      view,
      view,
    ]);
    expect(readViews(null)).toEqual([]);
    expect(readViews('{"name":')).toEqual([]);
    expect(readViews('{}')).toEqual([]);
  });
  it('have names of their own, and there are only so many', () => {
    const known = Array.from({ length: MOST_VIEWS }, (_, i) => ({ name: `v${i}`, query: '' }));
    expect(nameFault(' ', [])).toMatch(/Give/);
    expect(nameFault(' v1 ', known.slice(0, 3))).toMatch(/of this name/);
    expect(nameFault('new', known.slice(0, 3))).toBeNull();
    expect(nameFault('new', known)).toMatch(/remove one/);
  });
});

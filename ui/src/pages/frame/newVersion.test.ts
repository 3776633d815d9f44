import { expect, it } from 'vitest';
import { scriptOf } from './useNewVersion';

it('a build is told by the name of its first script', () => {
  expect(scriptOf('<script type="module" src="/ui/assets/index-DxYz_1-a.js"></script>')).toBe(
    'assets/index-DxYz_1-a.js',
  );
  expect(scriptOf('<script src="/ui/theme.js"></script>')).toBeNull();
});

// @vitest-environment jsdom
import { act } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import { show } from '../testing/render';

type Preferences = typeof import('./preferences');

/** As the page finds it when it is opened anew. */
async function open(): Promise<Preferences> {
  vi.resetModules();
  return import('./preferences');
}

function zoneOf({ useZone, useIsLocal }: Preferences) {
  const Zone = () => (
    <p>
      {useZone()} {useIsLocal() ? 'local' : 'chosen'}
    </p>
  );
  const { container } = show(<Zone />);
  return () => container.textContent;
}

beforeEach(() => localStorage.clear());

it('the zone is that of the browser until another one is chosen, and Shift+Z goes to UTC and back', async () => {
  const preferences = await open();
  const shown = zoneOf(preferences);
  expect(shown()).toBe(`${preferences.BROWSER_ZONE} local`);
  act(() => preferences.setZone('Asia/Tokyo'));
  expect(shown()).toBe('Asia/Tokyo chosen');
  expect(preferences.flipZoneWords('Asia/Tokyo')).toBe('Times in UTC');
  act(preferences.flipZone);
  expect(shown()).toBe('UTC chosen');
  expect(preferences.flipZoneWords('UTC')).toBe('Times in Asia/Tokyo');

  const again = await open();
  const shownAgain = zoneOf(again);
  expect(shownAgain()).toBe('UTC chosen');
  act(again.flipZone);
  expect(shownAgain()).toBe('Asia/Tokyo chosen');
  act(() => again.setZone('UTC'));
  act(again.flipZone);
  expect(shownAgain()).toBe('Asia/Tokyo chosen');
  act(() => again.setZone(again.LOCAL));
  expect(shownAgain()).toBe(`${again.BROWSER_ZONE} local`);
});

it.each(['Mars/Olympus', '', '<b>', 'null', '+05:30'])('a stored zone “%s” is none', async (stored) => {
  localStorage.setItem('retrylab.zone', stored);
  localStorage.setItem('retrylab.utc', 'perhaps');
  const preferences = await open();
  expect(zoneOf(preferences)()).toBe(`${preferences.BROWSER_ZONE} local`);
});

it('a stored zone is read as the browser spells it; UTC stored as the zone does not lock one in', async () => {
  localStorage.setItem('retrylab.zone', 'europe/berlin');
  expect(zoneOf(await open())()).toBe('Europe/Berlin chosen');
  localStorage.setItem('retrylab.zone', 'utc');
  const preferences = await open();
  const shown = zoneOf(preferences);
  expect(shown()).toBe('UTC chosen');
  act(preferences.flipZone);
  expect(shown()).toBe(`${preferences.BROWSER_ZONE} local`);
});

it('the theme follows the system until one is chosen, and Shift+T leads to the other one', async () => {
  let isLight = true;
  const listeners = new Set<() => void>();
  vi.stubGlobal('matchMedia', () => ({
    get matches() {
      return isLight;
    },
    addEventListener: (_: string, listener: () => void) => listeners.add(listener),
    removeEventListener: (_: string, listener: () => void) => listeners.delete(listener),
  }));
  const preferences = await open();
  const { dataset } = document.documentElement;
  preferences.keepLook();
  expect([dataset.theme, dataset.density]).toEqual(['light', 'comfortable']);
  isLight = false;
  for (const listener of listeners) listener();
  expect(dataset.theme).toBe('dark');
  preferences.flipTheme();
  expect(dataset.theme).toBe('light');
  preferences.setTheme('system');
  preferences.setDensity('compact');
  preferences.setSingleKeys(false);
  expect(dataset.keys).toBe('off');
  expect([dataset.theme, dataset.density]).toEqual(['dark', 'compact']);
  expect(localStorage.getItem('retrylab.theme')).toBe('system');
  vi.unstubAllGlobals();
});

import {
  createMemoryHistory,
  createRootRoute,
  createRouter,
  RouterContextProvider,
} from '@tanstack/react-router';
import { cleanup, render } from '@testing-library/react';
import { Tooltip } from 'radix-ui';
import type { ReactElement } from 'react';
import { afterEach } from 'vitest';

afterEach(cleanup);

/** Renders inside what every part of the page may count on. */
export const show = (element: ReactElement) => render(<Tooltip.Provider>{element}</Tooltip.Provider>);

/** The same of what has links of the router in it. */
export function showWithLinks(element: ReactElement) {
  const router = createRouter({ routeTree: createRootRoute(), history: createMemoryHistory() });
  return show(<RouterContextProvider router={router as never}>{element}</RouterContextProvider>);
}

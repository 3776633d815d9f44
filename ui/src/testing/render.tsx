import { cleanup, render } from '@testing-library/react';
import { Tooltip } from 'radix-ui';
import type { ReactElement } from 'react';
import { afterEach } from 'vitest';

afterEach(cleanup);

/** Renders inside what every part of the page may count on. */
export const show = (element: ReactElement) => render(<Tooltip.Provider>{element}</Tooltip.Provider>);

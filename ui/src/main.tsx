import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { Tooltip } from 'radix-ui';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { askAgain } from './api/askAgain';
import { browserEnvironment } from './live/environment';
import { LiveStore } from './live/store';
import { ServicesProvider } from './pages/services';
import { serverTimeQuery } from './pages/useServerTime';
import { makeRouter } from './router';
import { keepLook } from './ui/preferences';
import './styles/fonts.css';
import './styles/tokens.css';
import './styles/app.css';
import './styles/parts.css';
import './styles/frame.css';

const live = new LiveStore(browserEnvironment());
live.start();
keepLook();

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      retry: false,
      refetchInterval: askAgain,
      staleTime: Number.POSITIVE_INFINITY,
      refetchOnWindowFocus: false,
    },
  },
});

function render(): void {
  const root = document.getElementById('root');
  if (!root) return;
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <Tooltip.Provider delayDuration={400} skipDelayDuration={200}>
          <ServicesProvider live={live}>
            <RouterProvider router={makeRouter()} />
          </ServicesProvider>
        </Tooltip.Provider>
      </QueryClientProvider>
    </StrictMode>,
  );
}

/** Pages ask for stretches of the server's time: it is known before they do, unless the server does not answer. */
const CLOCK_WAIT_MS = 1000;
const known = queries.prefetchQuery(serverTimeQuery);
const waited = new Promise((done) => setTimeout(done, CLOCK_WAIT_MS));
void Promise.race([known, waited]).then(render);

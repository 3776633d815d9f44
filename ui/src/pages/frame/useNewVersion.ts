import { useEffect, useRef } from 'react';
import { request } from '../../api/client';
import { toast } from '../../ui/toasts';
import { useLiveState } from '../services';

const SCRIPT = /assets\/index-[\w-]+\.js/;

/** The script that a page begins with; its name changes with each build. */
export const scriptOf = (html: string): string | null => SCRIPT.exec(html)?.[0] ?? null;

/** After the server was gone, asks whether it came back with another dashboard, and offers it; never loads it by itself. */
export function useNewVersion(): void {
  const { connection } = useLiveState();
  const isLive = connection.phase === 'live';
  const state = useRef({ wasLive: false, isTold: false });
  useEffect(() => {
    const { wasLive, isTold } = state.current;
    if (!isLive || isTold) return;
    state.current.wasLive = true;
    if (!wasLive) return;
    const own = scriptOf(document.documentElement.innerHTML);
    request('/ui/').then(
      async (answer) => {
        const found = scriptOf(await answer.text());
        if (!own || !found || own === found || state.current.isTold) return;
        state.current.isTold = true;
        toast('A new version is ready', {
          isKept: true,
          action: { label: 'Reload', run: () => location.reload() },
        });
      },
      // It is asked again when the server comes back the next time.
      () => {},
    );
  }, [isLive]);
}

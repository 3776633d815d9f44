import { useRouter, useRouterState } from '@tanstack/react-router';
import { useEffect } from 'react';
import { toast } from '../../ui/toasts';
import { unreadable } from './address';

/** Leaves out of the address what the page cannot read, and says so in one line. */
export function useAddressNotice(): void {
  const router = useRouter();
  const text = useRouterState({
    select: ({ matches, location }) =>
      JSON.stringify(
        unreadable(
          matches.map(({ routeId }) => routeId),
          location.search,
        ),
      ),
  });
  useEffect(() => {
    const bad = JSON.parse(text) as [string, string][];
    if (bad.length === 0) return;
    const words = bad.map(([name, value]) => `${name}=${value}`).join(', ');
    toast(`This page cannot read ${words}: it was left out of the address`, { tone: 'bad' });
    const without = Object.fromEntries(bad.map(([name]) => [name, undefined]));
    void router.navigate({ to: '.', search: (kept: object) => ({ ...kept, ...without }), replace: true });
  }, [text, router]);
}

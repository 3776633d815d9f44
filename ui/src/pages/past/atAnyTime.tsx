import type { AsyncRouteComponent } from '@tanstack/react-router';
import { Suspense } from 'react';
import { usePast } from './context';

type Page = AsyncRouteComponent<object>;

/** A page that is about now, and the one that shows the same of then; each is loaded when it is shown first. */
export function atAnyTime(Live: Page, Then: Page): Page {
  function AnyTime() {
    const past = usePast();
    return <Suspense fallback={<header className="bar" />}>{past ? <Then /> : <Live />}</Suspense>;
  }
  const preload = async (): Promise<void> => {
    const isPast = new URLSearchParams(location.search).has('at');
    await (isPast ? Then : Live).preload?.();
  };
  return Object.assign(AnyTime, { preload });
}

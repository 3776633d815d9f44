import { type KeyboardEvent, type ReactNode, useRef } from 'react';

export interface Tab<T extends string> {
  id: T;
  content: ReactNode;
}

interface TabsProps<T extends string> {
  label: string;
  tabs: readonly Tab<T>[];
  /** The chosen tab, or null when none fits. */
  value: T | null;
  panelId: string;
  onChange(id: T): void;
}

export const tabId = (panelId: string, id: string): string => `${panelId}-tab-${id}`;

export function Tabs<T extends string>({ label, tabs, value, panelId, onChange }: TabsProps<T>) {
  const list = useRef<HTMLDivElement>(null);
  const reachable = tabs.some((tab) => tab.id === value) ? value : tabs[0]?.id;
  const move = (event: KeyboardEvent, at: number): void => {
    const last = tabs.length - 1;
    const targets: Record<string, number> = {
      ArrowRight: at === last ? 0 : at + 1,
      ArrowLeft: at === 0 ? last : at - 1,
      Home: 0,
      End: last,
    };
    const to = targets[event.key];
    const target = to === undefined ? undefined : tabs[to];
    if (to === undefined || !target) return;
    event.preventDefault();
    event.stopPropagation();
    onChange(target.id);
    (list.current?.children[to] as HTMLElement | undefined)?.focus();
  };
  return (
    <div className="tabs" role="tablist" aria-label={label} ref={list}>
      {tabs.map((tab, i) => (
        <button
          key={tab.id}
          id={tabId(panelId, tab.id)}
          type="button"
          role="tab"
          aria-selected={tab.id === value}
          aria-controls={panelId}
          tabIndex={tab.id === reachable ? 0 : -1}
          onClick={() => onChange(tab.id)}
          onKeyDown={(event) => move(event, i)}
        >
          {tab.content}
        </button>
      ))}
    </div>
  );
}

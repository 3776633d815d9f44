import { useNavigate } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { useRef } from 'react';
import { useShortcuts } from '../../ui/shortcuts';

/** What is looked for stands in the address, so that the view can be linked. */
export function FindField({ text }: { text: string }) {
  const navigate = useNavigate({ from: '/workers' });
  const input = useRef<HTMLInputElement>(null);
  useShortcuts('Workers', [{ keys: ['/'], label: 'Find a worker', run: () => input.current?.focus() }]);
  return (
    <label className="field">
      <Search className="i s" />
      <span className="sr">Find a worker</span>
      <input
        ref={input}
        type="search"
        placeholder="Name, host or type of job"
        value={text}
        onChange={(event) =>
          void navigate({
            search: (kept) => ({ ...kept, q: event.target.value || undefined }),
            replace: true,
          })
        }
      />
      <kbd aria-hidden="true">/</kbd>
    </label>
  );
}

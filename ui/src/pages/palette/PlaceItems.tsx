import { useNavigate } from '@tanstack/react-router';
import { Command } from 'cmdk';
import { Bookmark, BookOpen, Settings } from 'lucide-react';
import { filterFromQuery, parametersFromFilter } from '../../core/filter';
import { Keys } from '../../ui/Keys';
import { useSavedViews } from '../../ui/savedViews';
import { PLACES } from '../frame/places';

/** The pages and the filters that have a name. */
export function PlaceItems({ onChoose }: { onChoose(run: () => void): void }) {
  const navigate = useNavigate();
  const views = useSavedViews();
  return (
    <>
      <Command.Group heading="Go to">
        {PLACES.map(({ to, title, key, icon: Icon }) => (
          <Command.Item
            key={to}
            value={`Go to ${title}`}
            onSelect={() => onChoose(() => void navigate({ to, search: {} }))}
          >
            <Icon className="i" />
            {title}
            <span className="grow" />
            <Keys of={`g ${key}`} />
          </Command.Item>
        ))}
        <Command.Item
          value="Go to HTTP reference"
          onSelect={() => onChoose(() => void navigate({ to: '/reference' }))}
        >
          <BookOpen className="i" />
          HTTP reference
        </Command.Item>
        <Command.Item
          value="Go to Settings: time zone, theme, density, keys"
          onSelect={() => onChoose(() => void navigate({ to: '/settings' }))}
        >
          <Settings className="i" />
          Settings
        </Command.Item>
      </Command.Group>
      {views.length > 0 && (
        <Command.Group heading="Saved views">
          {views.map(({ name, query }) => (
            <Command.Item
              key={name}
              value={`View ${name}`}
              onSelect={() =>
                onChoose(
                  () => void navigate({ to: '/jobs', search: parametersFromFilter(filterFromQuery(query)) }),
                )
              }
            >
              <Bookmark className="i" />
              <span className="ellip">{name}</span>
            </Command.Item>
          ))}
        </Command.Group>
      )}
    </>
  );
}

import { Command } from 'cmdk';
import { Check, Search } from 'lucide-react';
import { useMemo, useState } from 'react';
import { offsetWords, UTC, type Zone, zoneWords } from '../../core/zone';
import { findZones, type ZoneItem, zonesAt } from '../../core/zoneSearch';
import { Keys } from '../../ui/Keys';
import { BROWSER_ZONE, LOCAL, setZone, useIsLocal, useSingleKeys, useZone } from '../../ui/preferences';
import './zone.css';

/** Every zone that the browser knows, to be found by city, region or offset. */
export function ZoneList({ onChosen }: { onChosen(): void }) {
  const zone = useZone();
  const isLocal = useIsLocal();
  const areKeysOn = useSingleKeys();
  const [typed, setTyped] = useState('');
  // Offsets are those of now.
  const [now] = useState(Date.now);
  const zones = useMemo(() => zonesAt(now), [now]);
  const found = useMemo(() => findZones(typed, zones), [typed, zones]);
  const isUtcFound = /^(|u|ut|utc|gmt|z|0|[+-]0|utc[+-]0)$/.test(typed.trim().toLowerCase());
  const choose = (next: Zone | typeof LOCAL): void => {
    setZone(next);
    onChosen();
  };
  const current = isLocal ? LOCAL : zone;
  return (
    <Command label="Time zone" shouldFilter={false} loop defaultValue={current}>
      <div className="pin">
        <Search className="i s" />
        <Command.Input
          value={typed}
          onValueChange={setTyped}
          placeholder="City, region or offset"
          maxLength={60}
        />
      </div>
      <Command.List label="Time zones">
        <Command.Empty>The browser knows no such zone</Command.Empty>
        {typed.trim() === '' && (
          <Row
            value={LOCAL}
            item={{ zone: BROWSER_ZONE, offset: offsetWords(now, BROWSER_ZONE) }}
            note="this browser"
            isChosen={current === LOCAL}
            onChoose={() => choose(LOCAL)}
          />
        )}
        {isUtcFound && (
          <Row
            value={UTC}
            item={{ zone: UTC, offset: '' }}
            isChosen={current === UTC}
            onChoose={() => choose(UTC)}
          />
        )}
        {typed.trim() === '' && <div role="presentation" className="sep" />}
        {found.map((item) => (
          <Row
            key={item.zone}
            value={item.zone}
            item={item}
            isChosen={item.zone === current}
            onChoose={() => choose(item.zone)}
          />
        ))}
      </Command.List>
      {areKeysOn && (
        <footer aria-hidden="true">
          <Keys of="Shift+Z" /> UTC and back
        </footer>
      )}
    </Command>
  );
}

interface RowProps {
  value: string;
  item: ZoneItem;
  note?: string;
  isChosen: boolean;
  onChoose(): void;
}

function Row({ value, item, note, isChosen, onChoose }: RowProps) {
  return (
    <Command.Item value={value} onSelect={onChoose}>
      <span className="ellip">{zoneWords(item.zone)}</span>
      {note && <span className="faint nowrap">{note}</span>}
      <span className="grow" />
      <span className="faint num nowrap">{item.offset}</span>
      <span className="tick">
        {isChosen && (
          <>
            <Check className="i s" />
            <span className="sr">chosen</span>
          </>
        )}
      </span>
    </Command.Item>
  );
}

import { type ReactNode, useId } from 'react';
import { fullTime } from '../../core/time';
import { offsetWords, UTC } from '../../core/zone';
import { useRealClock } from '../../ui/clock';
import {
  type Density,
  setDensity,
  setSingleKeys,
  setTheme,
  type ThemeChoice,
  useDensity,
  useIsLocal,
  useSingleKeys,
  useTheme,
  useThemeChoice,
  useZone,
} from '../../ui/preferences';
import { Segmented } from '../../ui/Segmented';
import { TopBar } from '../frame/TopBar';
import { ZoneButton } from '../frame/ZoneButton';
import { useTitle } from '../useTitle';
import './settings.css';

const THEMES = [
  ['system', 'System'],
  ['light', 'Light'],
  ['dark', 'Dark'],
] as const satisfies readonly (readonly [ThemeChoice, string])[];

const DENSITIES = [
  ['comfortable', 'Comfortable'],
  ['compact', 'Compact'],
] as const satisfies readonly (readonly [Density, string])[];

const SWITCH = [
  ['on', 'On'],
  ['off', 'Off'],
] as const;

/** What this browser remembers of how the dashboard looks and listens. */
export function SettingsPage() {
  const theme = useTheme();
  const choice = useThemeChoice();
  const density = useDensity();
  const areKeysOn = useSingleKeys();
  useTitle('Settings');
  return (
    <>
      <TopBar>
        <h1>Settings</h1>
      </TopBar>
      <div className="body">
        <div className="settings">
          <Setting name="Time zone" detail={<ZoneDetail />}>
            <ZoneButton />
          </Setting>
          <Setting
            name="Theme"
            detail={choice === 'system' ? `As your system has it: ${theme} now.` : `Always ${theme}.`}
          >
            <Segmented label="Theme" options={THEMES} value={choice} onChange={setTheme} />
          </Setting>
          <Setting
            name="Density"
            detail={`Rows of tables are ${density === 'compact' ? 30 : 36} pixels high. Cards on a phone stay as they are.`}
          >
            <Segmented label="Density" options={DENSITIES} value={density} onChange={setDensity} />
          </Setting>
          <Setting
            name="Single keys"
            detail={
              areKeysOn
                ? 'Letters, digits and signs alone do what the list of keys says.'
                : 'Letters, digits and signs alone do nothing. Keys with Ctrl, Esc, Enter, Space, Del and the arrows still work.'
            }
          >
            <Segmented
              label="Single keys"
              options={SWITCH}
              value={areKeysOn ? 'on' : 'off'}
              onChange={(next) => setSingleKeys(next === 'on')}
            />
          </Setting>
          <p className="sub">This browser remembers these. They are never part of a link.</p>
        </div>
      </div>
    </>
  );
}

interface SettingProps {
  name: string;
  detail: ReactNode;
  children: ReactNode;
}

function Setting({ name, detail, children }: SettingProps) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <div>
        <h2 id={id}>{name}</h2>
        <p className="dim">{detail}</p>
      </div>
      {children}
    </section>
  );
}

function ZoneDetail() {
  const zone = useZone();
  const isLocal = useIsLocal();
  const time = useRealClock((now) => fullTime(now, zone).slice(0, -4));
  const offset = useRealClock((now) => offsetWords(now, zone));
  return (
    <>
      {isLocal ? 'That of this browser. ' : ''}It is{' '}
      <span className="num">
        {time}
        {zone !== UTC && `, ${offset}`}
      </span>
      . Every time is shown and typed in it; virtual time in the Lab has no zone.
    </>
  );
}

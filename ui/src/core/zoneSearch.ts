import { knownZone, offsetWords, UTC, type Zone } from './zone';

// Which zones a person may mean.

export interface ZoneItem {
  zone: Zone;
  offset: string;
}

/** All that the browser knows, with their offsets at an instant. */
export const zonesAt = (at: number): ZoneItem[] =>
  Intl.supportedValuesOf('timeZone')
    .filter((zone) => zone !== UTC)
    .map((zone) => ({ zone, offset: offsetWords(at, zone) }));

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll('−', '-')
    .replaceAll(/[_/\s]+/g, ' ')
    .trim();

/** Browsers list some cities under an older name (Calcutta), but know the newer one (Kolkata) within its region. */
function byNewerName(typed: string, zones: readonly ZoneItem[]): Zone[] {
  if (typed.length < 3) return [];
  const city = typed.replaceAll(' ', '_');
  const regions = new Set(zones.map(({ zone }) => zone.slice(0, zone.lastIndexOf('/') + 1)));
  return [...regions].flatMap((region) => knownZone(region + city) ?? []);
}

/** Those whose name has each typed word at the start of one of its own, or whose offset is as typed: `new y`, `utc+5:45`, `-3`. */
export function findZones(typed: string, zones: readonly ZoneItem[]): ZoneItem[] {
  const wanted = plain(typed);
  if (wanted === '') return [...zones];
  const offset = /^(?:utc|gmt)?([+-]\d{1,2}(?::\d{2})?)$/.exec(wanted.replaceAll(' ', ''))?.[1];
  if (offset !== undefined) {
    const exact = `utc${offset.replace(/^([+-])0(\d)/, '$1$2').replace(/:00$/, '')}`;
    return zones.filter((item) => plain(item.offset) === exact);
  }
  const words = wanted.split(' ');
  const newer = new Set(byNewerName(wanted, zones));
  return zones.filter(
    ({ zone }) => newer.has(zone) || words.every((word) => ` ${plain(zone)}`.includes(` ${word}`)),
  );
}

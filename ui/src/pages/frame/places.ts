import {
  Activity,
  AlignLeft,
  FlaskConical,
  Gauge,
  History,
  Inbox,
  Layers,
  type LucideIcon,
  Server,
} from 'lucide-react';
import type { Stats } from '../../api/types';

interface Place {
  to: '/' | '/jobs' | '/events' | '/dead-letters' | '/queues' | '/workers' | '/lab' | '/time-travel';
  title: string;
  /** Under an icon at the foot of a narrow screen. */
  short: string;
  /** Whether it has a tab of its own there. */
  isTab?: boolean;
  /** Goes there after `g`. */
  key: string;
  icon: LucideIcon;
  /** How many are there. */
  count?(stats: Stats): number;
  /** Whether any there are is bad news. */
  isBad?: boolean;
}

/** Where one can go, in the groups of the sidebar. */
export const GROUPS: readonly { name: string; places: readonly Place[] }[] = [
  {
    name: 'Observe',
    places: [
      { to: '/', title: 'Overview', short: 'Overview', key: 'o', icon: Gauge, isTab: true },
      {
        to: '/jobs',
        title: 'Jobs',
        short: 'Jobs',
        key: 'j',
        icon: AlignLeft,
        count: (stats) => stats.total,
        isTab: true,
      },
      { to: '/events', title: 'Event stream', short: 'Events', key: 'e', icon: Activity, isTab: true },
      {
        to: '/dead-letters',
        title: 'Dead letters',
        short: 'Dead',
        key: 'd',
        icon: Inbox,
        count: (stats) => stats.by_status.FAILED,
        isBad: true,
        isTab: true,
      },
    ],
  },
  {
    name: 'Operate',
    places: [
      { to: '/queues', title: 'Queues', short: 'Queues', key: 'q', icon: Layers },
      { to: '/workers', title: 'Workers', short: 'Workers', key: 'w', icon: Server },
    ],
  },
  {
    name: 'Experiment',
    places: [
      { to: '/lab', title: 'Lab', short: 'Lab', key: 'l', icon: FlaskConical },
      { to: '/time-travel', title: 'Time travel', short: 'Past', key: 't', icon: History },
    ],
  },
];

export const PLACES: readonly Place[] = GROUPS.flatMap(({ places }) => places);

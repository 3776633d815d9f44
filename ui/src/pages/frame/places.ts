import { AlignLeft, type LucideIcon, Server } from 'lucide-react';

interface Place {
  to: '/jobs' | '/workers';
  title: string;
  icon: LucideIcon;
}

/** Where one can go, in the groups of the sidebar. */
export const GROUPS: readonly { name: string; places: readonly Place[] }[] = [
  { name: 'Observe', places: [{ to: '/jobs', title: 'Jobs', icon: AlignLeft }] },
  { name: 'Operate', places: [{ to: '/workers', title: 'Workers', icon: Server }] },
];

import { describe, expect, it } from 'vitest';
import {
  choiceName,
  historyBody,
  historyDraft,
  isoOfWall,
  isSameHistory,
  lately,
  runName,
  wallText,
} from './labHistory';

const NOW = Date.parse('2026-11-12T13:44:07.312Z');
const NOTHING = { from: '', to: '', queues: '', slots: '' };
const recorded = {
  from: '2026-11-12T12:44:07.312000Z',
  to: '2026-11-12T13:44:07.312000Z',
  queues: ['mail', 'post'],
  slots: 4,
  jobs: 12,
  assumption: '',
};

describe('a stretch of the log', () => {
  it('is sent without what says nothing', () => {
    expect(historyBody(NOTHING)).toEqual({});
    expect(historyBody({ ...lately(60, NOW), queues: 'mail, post', slots: '4' })).toEqual({
      from: '2026-11-12T12:44:07.312Z',
      to: '2026-11-12T13:44:07.312Z',
      queues: ['mail', 'post'],
      slots: 4,
    });
  });

  it('comes back from its run', () => {
    const draft = historyDraft(recorded);
    expect(historyBody(draft)).toEqual({
      ...lately(60, NOW),
      queues: ['mail', 'post'],
      slots: 4,
    });
    expect(isSameHistory(draft, historyDraft(recorded))).toBe(true);
    expect(isSameHistory(draft, { ...draft, slots: '5' })).toBe(false);
  });

  it('is typed in the time of the zone', () => {
    expect(wallText('2026-11-12T13:44:07.312Z', 'Asia/Tokyo')).toBe('2026-11-12T22:44:07');
    expect(isoOfWall('2026-11-12T22:44:07', 'Asia/Tokyo')).toBe('2026-11-12T13:44:07.000Z');
    expect(wallText('', 'UTC')).toBe('');
    expect(isoOfWall('', 'UTC')).toBe('');
  });

  it('names its runs and their sides', () => {
    expect(runName({ id: 7, name: '', history: recorded }, 'UTC')).toBe(
      'Recorded: mail, post, 12:44:07 to 13:44:07',
    );
    expect(runName({ id: 7, name: '', history: null }, 'UTC')).toBe('run 7');
    expect(choiceName({ history: recorded }, { name: 'scenario' })).toBe('as recorded');
    expect(choiceName({ history: null }, { name: 'scenario' })).toBe('scenario');
    expect(choiceName({ history: recorded }, null)).toBe('');
  });
});

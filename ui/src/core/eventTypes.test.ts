import { describe, expect, it } from 'vitest';
import document from '../../public/openapi.json';
import { EVENT_TYPES, eventTypesOf, withToggled } from './eventTypes';

describe('the types of event', () => {
  it('are those that the server has, each once', () =>
    expect([...EVENT_TYPES].sort()).toEqual([...document.components.schemas.EventType.enum].sort()));

  it.each([
    ['Failed', 'Failed'],
    ['Purged,Failed,Created', 'Created,Failed,Purged'],
    ['Failed,Exploded,Failed', 'Failed'],
    ['failed', ''],
    ['', ''],
  ])('of %j are %j', (text, names) => expect(eventTypesOf(text).join()).toBe(names));

  it('are put in or taken out, in one order', () => {
    expect(withToggled([], 'Failed')).toEqual(['Failed']);
    expect(withToggled(['Failed', 'Purged'], 'Created')).toEqual(['Created', 'Failed', 'Purged']);
    expect(withToggled(['Created', 'Failed', 'Purged'], 'Failed')).toEqual(['Created', 'Purged']);
    expect(withToggled(['Failed'], 'Failed')).toEqual([]);
  });
});

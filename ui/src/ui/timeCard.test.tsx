// @vitest-environment jsdom
import { act, fireEvent, screen } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { show } from '../testing/render';
import { HINTS_ID } from './Button';
import { TimeCard } from './TimeCard';

const card = () => screen.queryByRole('group', { name: 'This time, to copy' });
const focused = () => document.activeElement?.textContent;

/** Opened by the key, for the time that has the focus. */
function openCard() {
  show(
    <>
      <time dateTime="2026-11-30T12:00:00Z" tabIndex={-1}>
        noon
      </time>
      <button type="button">elsewhere</button>
      <div id={HINTS_ID} />
      <TimeCard />
    </>,
  );
  const time = screen.getByText('noon');
  act(() => time.focus());
  fireEvent.keyDown(time, { key: 'i' });
  expect(card()?.contains(document.activeElement)).toBe(true);
}

describe('the card of a time that a key has opened', () => {
  beforeEach(openCard);
  it('gives the focus back when it is closed by Escape', () => {
    fireEvent.keyDown(document.activeElement ?? document.body, { key: 'Escape' });
    expect(card()).toBeNull();
    expect(focused()).toBe('noon');
  });
  it('gives the focus back when the page is scrolled', () => {
    fireEvent.scroll(document);
    expect(card()).toBeNull();
    expect(focused()).toBe('noon');
  });
  it('is closed when the focus goes on, and leaves it there', () => {
    act(() => screen.getByText('elsewhere').focus());
    expect(card()).toBeNull();
    expect(focused()).toBe('elsewhere');
  });
  it('stays while the focus goes from form to form', () => {
    act(() => screen.getByRole('button', { name: /ISO 8601/ }).focus());
    expect(card()?.contains(document.activeElement)).toBe(true);
  });
});

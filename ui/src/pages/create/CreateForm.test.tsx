// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { makeJob } from '../../testing/jobs';
import { show } from '../../testing/render';
import { CreateForm } from './CreateForm';

const answer = (status: number, body: unknown): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } });

const post = vi.fn<(path: string, init: RequestInit) => Promise<Response>>();

beforeEach(() => {
  post.mockReset();
  vi.stubGlobal('fetch', post);
});

const field = (name: string) => screen.getByLabelText<HTMLInputElement>(name);
const type = (name: string, value: string): void => void fireEvent.change(field(name), { target: { value } });
const submit = async (): Promise<void> => {
  await act(async () => void fireEvent.click(screen.getByRole('button', { name: /^Create/ })));
};

describe('the form of a new job', () => {
  it('posts what it shows', async () => {
    post.mockResolvedValue(answer(201, makeJob()));
    const done = vi.fn();
    show(<CreateForm onDone={done} />);
    fireEvent.click(screen.getByRole('radio', { name: 'Fail n times' }));
    type('Max attempts', '5');
    expect(screen.getByText(/Succeeds on attempt 3/)).toBeTruthy();
    const shown = screen.getByRole('figure', { name: 'What is sent' }).textContent;
    await submit();
    expect(post.mock.calls[0]?.[1].body).toBe(shown);
    expect(shown).toBe('{"type":"hello","payload":{"fail_times":2},"max_attempts":5}');
    expect(done).toHaveBeenCalledOnce();
  });

  it('posts as many copies as asked', async () => {
    post.mockImplementation(async () => answer(201, makeJob()));
    show(<CreateForm onDone={() => {}} />);
    type('copies', '12');
    await submit();
    await waitFor(() => expect(post).toHaveBeenCalledTimes(12));
  });

  it('puts a refusal under its field and the focus there', async () => {
    const errors = [{ field: 'max_attempts', message: 'must be an integer from 1 to 100' }];
    post.mockResolvedValue(answer(422, { status: 422, detail: 'x', errors }));
    show(<CreateForm onDone={() => {}} />);
    type('Max attempts', '500');
    await submit();
    expect(screen.getByText('must be an integer from 1 to 100')).toBeTruthy();
    await waitFor(() => expect(document.activeElement).toBe(field('Max attempts')));
  });

  it('keeps a broken payload as typed and sends nothing', async () => {
    show(<CreateForm onDone={() => {}} />);
    type('Payload', '{"a": 1,}');
    await submit();
    expect(post).not.toHaveBeenCalled();
    expect(field('Payload').value).toBe('{"a": 1,}');
    expect(screen.getByText(/This is not JSON/)).toBeTruthy();
  });

  it('says what is wrong with the number of copies in words, and sends nothing', async () => {
    show(<CreateForm onDone={() => {}} />);
    type('copies', '1000');
    await submit();
    expect(post).not.toHaveBeenCalled();
    const words = screen.getByText('From 1 to 100');
    expect(field('copies').getAttribute('aria-describedby')).toBe(words.id);
  });

  it('offers the types and queues that there are', () => {
    show(<CreateForm types={['charge.capture']} queues={['mails', 'payments']} onDone={() => {}} />);
    const offered = (name: string): string[] =>
      [...(field(name).list?.options ?? [])].map((option) => option.value);
    expect(offered('Type')).toEqual(['charge.capture']);
    expect(offered('Queue')).toEqual(['mails', 'payments']);
    expect(offered('Priority')).toEqual([]);
  });
});

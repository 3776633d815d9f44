import { describe, expect, it } from 'vitest';
import { signatureId, signatureOf } from './signature';

const shape = (message: string): string =>
  signatureOf({ type: 'E', message })
    .pieces.map((piece, i) => (i % 2 ? `{${piece}}` : piece))
    .join('');

describe('the signature of an error', () => {
  it.each([
    ['POST /v1/charges timed out after 3021 ms', 'POST /v1/charges timed out after {n} ms'],
    ['Planned failure 1/2', 'Planned failure {n}/{n}'],
    ['no template 68052eaa-5b81-48b0-a441-6819dd0cd5ff for de-AT', 'no template {id} for de-AT'],
    ['552 mailbox a.b+c@example.org is over quota', '{n} mailbox {address} is over quota'],
    ['peer 10.0.12.7:443 closed', 'peer {host} closed'],
    ['row 12: unexpected column "vat_7"', 'row {n}: unexpected column {text}'],
    ["can't read the file 'a b.txt'", "can't read the file {text}"],
    ['GET https://example.org/x?y=1 failed', 'GET {url} failed'],
    ['at 2026-11-23T15:00:00.123Z', 'at {time}'],
    ['object 0x7ffe12 of deadbeef01', 'object {id} of {id}'],
    ['disk full', 'disk full'],
    ['', ''],
  ])('%s', (message, expected) => expect(shape(message)).toBe(expected));

  it('is the same for errors that differ in their values only, and another for another type', () => {
    const of = (type: string, message: string): string => signatureOf({ type, message }).key;
    expect(of('A', 'after 12 ms')).toBe(of('A', 'after 9 ms'));
    expect(of('A', 'after 12 ms')).not.toBe(of('B', 'after 12 ms'));
    expect(of('A', 'n')).not.toBe(of('A', '1'));
  });
  it('has a short name', () => {
    expect(signatureId('a')).toMatch(/^[0-9a-z]{5,13}$/);
    expect(signatureId('a')).not.toBe(signatureId('b'));
  });
});

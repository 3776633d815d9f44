import { describe, expect, it } from 'vitest';
import { addMembers, indent, payloadFault, rawElements, rawMembers, tokens } from './json';

describe('the scanner', () => {
  it('cuts members out as they were sent', () => {
    const text = '{"id":17, "payload" : {"n":12345678901234567890,"s":"a\\"}b" } ,"result":null}';
    const members = rawMembers(text);
    expect(members.get('payload')).toBe('{"n":12345678901234567890,"s":"a\\"}b" }');
    expect(members.get('result')).toBe('null');
    expect(members.get('id')).toBe('17');
  });
  it('cuts elements out', () => {
    expect(rawElements('[ {"a":[1,2]}, "x,]" ,3]')).toEqual(['{"a":[1,2]}', '"x,]"', '3']);
    expect(rawElements('[]')).toEqual([]);
    expect(rawElements('')).toEqual([]);
  });
});

describe('showing JSON', () => {
  it('indents without touching a value', () => {
    expect(indent('{"b":1.0,"a":[],"c":{"d":12345678901234567890}}')).toBe(
      '{\n  "b": 1.0,\n  "a": [],\n  "c": {\n    "d": 12345678901234567890\n  }\n}',
    );
  });
  it('tells names from strings and loses no character', () => {
    const text = '{"a": "b", "c": [true, -1.5e3]}';
    const found = tokens(text);
    expect(found.map((token) => token.text).join('')).toBe(text);
    expect(found.filter((token) => token.kind === 'key').map((token) => token.text)).toEqual(['"a"', '"c"']);
  });
});

describe('a payload that is being written', () => {
  it('must be an object', () => {
    expect(payloadFault('{"a":1}')).toBeNull();
    expect(payloadFault('[1]')).toMatch(/object/);
    expect(payloadFault('{')).toMatch(/not JSON/);
  });
  it('gets members added at its end, the rest as typed', () => {
    expect(addMembers('{"n":12345678901234567890 }', { fail_times: 2 })).toBe(
      '{"n":12345678901234567890,"fail_times":2}',
    );
    expect(addMembers('{}', { force: 'fail' })).toBe('{"force":"fail"}');
  });
});

import type { Json, JsonObject } from '../api/types';

// JSON.parse rounds integers beyond 2^53. What was sent is shown exactly, so the text is kept and cut by the scanner below,
// and where a parsed value is needed, such an integer becomes a bigint.

type Reviver = (name: string, value: unknown, context?: { source: string }) => unknown;

/** Parses; integers too large for a number become bigints where the engine gives the source text. */
export function parseExact(text: string): unknown {
  if (!/\d{16}/.test(text)) return JSON.parse(text);
  const revive: Reviver = (_name, value, context) => {
    if (typeof value !== 'number' || Number.isSafeInteger(value) || !context) return value;
    return /^-?\d+$/.test(context.source) ? BigInt(context.source) : value;
  };
  return JSON.parse(text, revive as (name: string, value: unknown) => unknown);
}

const skipSpace = (text: string, at: number): number => {
  let i = at;
  while (i < text.length && ' \n\r\t'.includes(text.charAt(i))) i++;
  return i;
};

function endOfString(text: string, at: number): number {
  let i = at + 1;
  while (i < text.length && text[i] !== '"') i += text[i] === '\\' ? 2 : 1;
  return i + 1;
}

/** Index just after the value that starts at `at`. The text must be valid JSON. */
function endOfValue(text: string, at: number): number {
  const first = text[at];
  if (first === '"') return endOfString(text, at);
  if (first !== '{' && first !== '[') {
    let i = at;
    while (i < text.length && !',]} \n\r\t'.includes(text.charAt(i))) i++;
    return i;
  }
  let depth = 0;
  let i = at;
  do {
    const c = text[i];
    if (c === '"') {
      i = endOfString(text, i);
      continue;
    }
    if (c === '{' || c === '[') depth++;
    if (c === '}' || c === ']') depth--;
    i++;
  } while (depth > 0 && i < text.length);
  return i;
}

/** The raw text of each member of an object, by name. The last of two equal names wins, as in JSON.parse. */
export function rawMembers(text: string): Map<string, string> {
  const found = new Map<string, string>();
  let i = skipSpace(text, 0);
  if (text[i] !== '{') return found;
  i = skipSpace(text, i + 1);
  while (i < text.length && text[i] === '"') {
    const nameEnd = endOfString(text, i);
    const name = JSON.parse(text.slice(i, nameEnd)) as string;
    const start = skipSpace(text, skipSpace(text, nameEnd) + 1);
    const end = endOfValue(text, start);
    found.set(name, text.slice(start, end));
    i = skipSpace(text, end);
    if (text[i] === ',') i = skipSpace(text, i + 1);
  }
  return found;
}

/** The raw text of each element of an array. */
export function rawElements(text: string): string[] {
  const found: string[] = [];
  let i = skipSpace(text, 0);
  if (text[i] !== '[') return found;
  i = skipSpace(text, i + 1);
  while (i < text.length && text[i] !== ']') {
    const end = endOfValue(text, i);
    found.push(text.slice(i, end));
    i = skipSpace(text, end);
    if (text[i] === ',') i = skipSpace(text, i + 1);
  }
  return found;
}

export type TokenKind = 'key' | 'string' | 'number' | 'punctuation' | 'space';
export interface Token {
  kind: TokenKind;
  text: string;
}

/** Splits JSON for colouring; anything unexpected comes through as it is. */
export function tokens(text: string): Token[] {
  const pattern = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null|[{}[\],:]|\s+|./g;
  const found: Token[] = [];
  for (const [part] of text.matchAll(pattern)) {
    const first = part.charAt(0);
    if (first === '"') {
      found.push({ kind: 'string', text: part });
    } else if (/\s/.test(first)) {
      found.push({ kind: 'space', text: part });
    } else if ('{}[],:'.includes(first)) {
      if (first === ':') markKey(found);
      found.push({ kind: 'punctuation', text: part });
    } else {
      found.push({ kind: 'number', text: part });
    }
  }
  return found;
}

function markKey(found: Token[]): void {
  const last = found.findLast((token) => token.kind !== 'space');
  if (last?.kind === 'string') last.kind = 'key';
}

/** Breaks lines and indents without touching any value: numbers keep their digits, names their order. */
export function indent(text: string): string {
  let depth = 0;
  let out = '';
  const parts = tokens(text).filter((token) => token.kind !== 'space');
  parts.forEach((token, i) => {
    const c = token.kind === 'punctuation' ? token.text : '';
    const next = parts[i + 1]?.text ?? '';
    const opensEmpty = (c === '{' && next === '}') || (c === '[' && next === ']');
    const closesEmpty =
      (c === '}' && parts[i - 1]?.text === '{') || (c === ']' && parts[i - 1]?.text === '[');
    if ((c === '}' || c === ']') && !closesEmpty) out += `\n${'  '.repeat(--depth)}`;
    out += token.text;
    if ((c === '{' || c === '[') && !opensEmpty) out += `\n${'  '.repeat(++depth)}`;
    if (c === ',') out += `\n${'  '.repeat(depth)}`;
    if (c === ':') out += ' ';
  });
  return out;
}

/** What is wrong with the text of a payload, or null. */
export function payloadFault(text: string): string | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return `This is not JSON: ${(error as Error).message}`;
  }
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? null : 'The payload must be an object, in { }';
}

/** Adds members at the end of an object's text, leaving what is there untouched. */
export function addMembers(text: string, members: JsonObject): string {
  const added = Object.entries(members).map(
    ([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`,
  );
  const trimmed = text.trim();
  if (added.length === 0) return trimmed;
  const open = trimmed.slice(0, -1).trimEnd();
  return `${open}${open === '{' ? '' : ','}${added.join(',')}}`;
}

/** A short text for a value in a sentence or a diff. */
export function brief(value: Json | undefined): string {
  if (value === undefined || value === null) return 'none';
  if (typeof value === 'string') return value;
  if (typeof value === 'bigint') return value.toString();
  return JSON.stringify(value, (_name, inner) => (typeof inner === 'bigint' ? Number(inner) : inner));
}

import { describe, expect, test } from 'vitest';
import raw from '../../public/openapi.json';
import { curlOf, fieldsOf, groupsOf, linkOf, type OpenApi, type Operation, typeText } from './reference';

const document = raw as unknown as OpenApi;
const groups = groupsOf(document);
function operation(id: string): Operation {
  const found = groups.flatMap(({ operations }) => operations).find((each) => each.id === id);
  if (!found) throw new Error(`no operation ${id}`);
  return found;
}

describe('a type in words', () => {
  test.each([
    [{ type: 'integer', minimum: 1, maximum: 100 }, 'integer 1 to 100'],
    [{ type: ['integer', 'null'], minimum: 1 }, 'integer from 1 or null'],
    [{ type: 'string', minLength: 1, maxLength: 100 }, 'text of 1 to 100'],
    [{ type: 'array', items: { $ref: '#/components/schemas/Job' } }, 'array of Job'],
    [{ oneOf: [{ $ref: '#/components/schemas/Time' }, { type: 'null' }] }, 'Time or null'],
    [{ enum: ['a', 'b'] }, '"a", "b"'],
    [{ const: true }, 'true'],
    [{ description: 'Any JSON.' }, 'any JSON'],
  ])('%j', (schema, text) => expect(typeText(schema)).toBe(text));

  test('links to the schema it holds', () => {
    expect(linkOf({ type: 'array', items: { $ref: '#/components/schemas/Job' } })).toBe('Job');
    expect(
      linkOf({ oneOf: [{ $ref: '#/components/schemas/A' }, { $ref: '#/components/schemas/B' }] }),
    ).toBeNull();
  });
});

describe('the document', () => {
  test('has every operation in a group that says what it is for, under an id of its own', () => {
    const all = Object.values(document.paths).flatMap((methods) => Object.values(methods));
    const shown = groups.flatMap(({ operations }) => operations);
    expect(shown).toHaveLength(all.length);
    expect(new Set(shown.map(({ id }) => id)).size).toBe(all.length);
    for (const { name, description, operations } of groups) {
      expect(description, name).not.toBe('');
      expect(operations, name).not.toHaveLength(0);
    }
  });

  test('refers to nothing that is not there', () => {
    for (const [, section, name] of JSON.stringify(document).matchAll(/"#\/components\/(\w+)\/(\w+)"/g))
      expect(
        document.components[section as keyof OpenApi['components']],
        `${section}/${name}`,
      ).toHaveProperty(name ?? '');
  });

  test('names the fields of a new job, which of them are required, and their defaults', () => {
    const fields = operation('createJob').body?.fields ?? [];
    expect(fields.filter(({ isRequired }) => isRequired).map(({ name }) => name)).toEqual(['type']);
    expect(fields.find(({ name }) => name === 'max_attempts')).toMatchObject({
      type: 'integer 1 to 100',
      description: 'Default 3.',
    });
    expect(fieldsOf({ type: 'string' })).toEqual([]);
  });

  test('says what each answer is, also those that any write may give', () => {
    const answers = operation('createJob').answers;
    expect(answers.map(({ status }) => status)).toEqual([
      '200',
      '201',
      '400',
      '403',
      '408',
      '409',
      '411',
      '413',
      '421',
      '422',
      '429',
      '431',
      '500',
      '503',
      '507',
    ]);
    expect(answers.find(({ status }) => status === '201')).toMatchObject({ type: 'Job', link: 'Job' });
  });
});

test('an operation as a command line', () => {
  expect(curlOf(operation('createJob'), 'http://h')).toBe(
    `curl -d '{"type":"email.send","payload":{"to":"a@example.org","fail_times":2},"max_attempts":5}' http://h/jobs`,
  );
  expect(curlOf(operation('pauseQueue'), 'http://h')).toBe('curl -X POST http://h/queues/NAME/pause');
  expect(curlOf(operation('getJob'), 'http://h')).toBe('curl http://h/jobs/1');
});

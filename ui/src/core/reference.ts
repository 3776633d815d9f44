// What an OpenAPI 3.1 document says of its operations, in the words that the reference page shows.

export interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  description?: string;
  default?: unknown;
  example?: unknown;
  enum?: unknown[];
  const?: unknown;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  maxItems?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  oneOf?: Schema[];
}

interface Content {
  schema: Schema;
  example?: unknown;
}

interface Reply {
  $ref?: string;
  description: string;
  headers?: Record<string, { $ref?: string; description?: string }>;
  content?: Record<string, Content>;
}

interface Parameter {
  $ref?: string;
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  description?: string;
  schema: Schema;
}

interface RawOperation {
  operationId: string;
  tags: string[];
  summary: string;
  description?: string;
  parameters?: Parameter[];
  requestBody?: { required?: boolean; content: Record<string, Content> };
  responses: Record<string, Reply>;
}

export interface OpenApi {
  info: { title: string; version: string; description: string };
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, RawOperation>>;
  components: {
    schemas: Record<string, Schema>;
    parameters: Record<string, Parameter>;
    responses: Record<string, Reply>;
    headers: Record<string, { description?: string }>;
  };
}

export interface Field {
  name: string;
  type: string;
  isRequired: boolean;
  description: string;
  /** The schema by name, where there is one to link to. */
  link: string | null;
}

export interface Answer {
  status: string;
  description: string;
  type: string | null;
  link: string | null;
}

export interface Operation {
  id: string;
  method: string;
  path: string;
  summary: string;
  description: string;
  parameters: (Field & { place: Parameter['in'] })[];
  body: { fields: Field[]; type: string; link: string | null; isRequired: boolean; example: unknown } | null;
  answers: Answer[];
}

export interface Group {
  name: string;
  description: string;
  operations: Operation[];
}

const lastPart = (ref: string): string => ref.slice(ref.lastIndexOf('/') + 1);

const plain: Record<string, string> = {
  string: 'text',
  object: 'object',
  null: 'null',
  boolean: 'true or false',
};

function range(low: number | undefined, high: number | undefined, unit = ''): string {
  if (low !== undefined && high !== undefined)
    return ` ${low.toLocaleString('en')} to ${high.toLocaleString('en')}${unit}`;
  if (low !== undefined) return ` from ${low.toLocaleString('en')}${unit}`;
  return high === undefined ? '' : ` up to ${high.toLocaleString('en')}${unit}`;
}

/** A schema in a few words, as in "integer 1 to 100" or "array of Job". */
export function typeText(schema: Schema): string {
  if (schema.$ref) return lastPart(schema.$ref);
  if (schema.oneOf) return [...new Set(schema.oneOf.map(typeText))].join(' or ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(', ');
  if (schema.format === 'date-time') return 'time';
  const types = [schema.type ?? 'any JSON'].flat();
  return types
    .map((type) => {
      if (type === 'array') return `array of ${schema.items ? typeText(schema.items) : 'anything'}`;
      if (type === 'integer' || type === 'number') return type + range(schema.minimum, schema.maximum);
      if (type === 'string' && schema.maxLength !== undefined)
        return `text of${range(schema.minLength ?? 0, schema.maxLength)}`;
      return plain[type] ?? type;
    })
    .join(' or ');
}

/** The named schema that a schema is, or holds as its only part. */
export function linkOf(schema: Schema): string | null {
  if (schema.$ref) return lastPart(schema.$ref);
  if (schema.items) return linkOf(schema.items);
  const named = schema.oneOf?.map(linkOf).filter((name) => name !== null) ?? [];
  return named.length === 1 ? (named[0] ?? null) : null;
}

function fieldOf(name: string, schema: Schema, isRequired: boolean): Field {
  const usual = schema.default === undefined ? '' : `Default ${JSON.stringify(schema.default)}.`;
  const description = [schema.description, usual].filter(Boolean).join(' ');
  return { name, type: typeText(schema), isRequired, description, link: linkOf(schema) };
}

/** The properties of an object's schema. */
export const fieldsOf = (schema: Schema): Field[] =>
  Object.entries(schema.properties ?? {}).map(([name, property]) =>
    fieldOf(name, property, schema.required?.includes(name) ?? false),
  );

function answersOf(document: OpenApi, replies: Record<string, Reply>): Answer[] {
  return Object.entries(replies).map(([status, given]) => {
    const reply = given.$ref ? document.components.responses[lastPart(given.$ref)] : given;
    const schema = Object.values(reply?.content ?? {})[0]?.schema;
    return {
      status,
      description: reply?.description ?? '',
      type: schema ? typeText(schema) : null,
      link: schema ? linkOf(schema) : null,
    };
  });
}

function bodyOf(document: OpenApi, raw: RawOperation): Operation['body'] {
  const content = raw.requestBody?.content['application/json'];
  if (!content) return null;
  const link = linkOf(content.schema);
  const whole = content.schema.$ref && link ? document.components.schemas[link] : content.schema;
  return {
    fields: whole ? fieldsOf(whole) : [],
    type: typeText(content.schema),
    link: content.schema.$ref ? null : link,
    isRequired: raw.requestBody?.required ?? false,
    example: content.example,
  };
}

function operationOf(document: OpenApi, path: string, method: string, raw: RawOperation): Operation {
  const parameters = (raw.parameters ?? []).map((given) => {
    const whole = given.$ref ? document.components.parameters[lastPart(given.$ref)] : given;
    if (!whole) throw new Error(`${given.$ref} is not there`);
    const field = fieldOf(whole.name, whole.schema, whole.required ?? false);
    return {
      ...field,
      description: [whole.description, field.description].filter(Boolean).join(' '),
      place: whole.in,
    };
  });
  return {
    id: raw.operationId,
    method: method.toUpperCase(),
    path,
    summary: raw.summary,
    description: raw.description ?? '',
    parameters,
    body: bodyOf(document, raw),
    answers: answersOf(document, raw.responses),
  };
}

/** Operations by tag, in the order of the document. */
export function groupsOf(document: OpenApi): Group[] {
  const all = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, raw]) => ({
      tag: raw.tags[0],
      operation: operationOf(document, path, method, raw),
    })),
  );
  return document.tags.map(({ name, description }) => ({
    name,
    description,
    operations: all.filter(({ tag }) => tag === name).map(({ operation }) => operation),
  }));
}

/** The call as a command line. */
export function curlOf({ method, path, body }: Operation, origin: string): string {
  const words = ['curl'];
  if (method !== 'GET' && !(method === 'POST' && body?.example !== undefined)) words.push(`-X ${method}`);
  if (body?.example !== undefined)
    words.push(`-d '${JSON.stringify(body.example).replaceAll("'", "'\\''")}'`);
  words.push(
    `${origin}${path.replaceAll(/\{(\w+)\}/g, (_, name: string) => (name === 'name' ? 'NAME' : '1'))}`,
  );
  return words.join(' ');
}

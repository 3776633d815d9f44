import { useQuery } from '@tanstack/react-query';
import { request } from '../../api/client';
import { fieldsOf, groupsOf, type OpenApi } from '../../core/reference';
import { TopBar } from '../frame/TopBar';
import { QueryFailure } from '../QueryFailure';
import { useTitle } from '../useTitle';
import { Fields, Prose } from './Fields';
import { OperationEntry } from './OperationEntry';
import './reference.css';

const getDocument = async (): Promise<OpenApi> => (await request('/openapi.json')).json();

/** The HTTP interface, from the same document that the server gives to programs. */
export function ReferencePage() {
  useTitle('HTTP reference');
  const document = useQuery({
    queryKey: ['openapi'],
    queryFn: getDocument,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <>
      <TopBar>
        <h1>HTTP reference</h1>
        {document.data && <span className="sub">version {document.data.info.version}</span>}
      </TopBar>
      <div className="body">
        {document.data && <Reference document={document.data} />}
        <QueryFailure title="The reference did not load" query={document} request="GET /openapi.json" />
      </div>
    </>
  );
}

function Reference({ document }: { document: OpenApi }) {
  const groups = groupsOf(document);
  return (
    <div className="ref">
      <nav aria-label="Operations">
        {groups.map(({ name, operations }) => (
          <section key={name}>
            <h2>{name}</h2>
            <ul>
              {operations.map(({ id, summary }) => (
                <li key={id}>
                  <a href={`#${id}`}>{summary.replace(/\.$/, '')}</a>
                </li>
              ))}
            </ul>
          </section>
        ))}
        <section>
          <h2>Programs</h2>
          <ul>
            <li>
              <a href="/openapi.json">openapi.json</a>
            </li>
          </ul>
        </section>
      </nav>
      <div className="ref-all">
        <div className="ref-intro">
          {document.info.description
            .trim()
            .split(/\n\s*\n/)
            .map((paragraph) => (
              <p key={paragraph}>
                <Prose text={paragraph} />
              </p>
            ))}
        </div>
        {groups.map((group) => (
          <section key={group.name} className="ref-group">
            <h2>{group.name}</h2>
            <p className="sub">{group.description}</p>
            {group.operations.map((operation) => (
              <OperationEntry key={operation.id} operation={operation} />
            ))}
          </section>
        ))}
        <section className="ref-group">
          <h2>Schemas</h2>
          <p className="sub">What bodies and answers are made of.</p>
          {Object.entries(document.components.schemas)
            .filter(([, schema]) => schema.properties)
            .map(([name, schema]) => (
              <article key={name} id={`schema-${name}`} className="ref-op">
                <h3>{name}</h3>
                <Fields caption={`Fields of ${name}`} fields={fieldsOf(schema)} />
              </article>
            ))}
        </section>
      </div>
    </div>
  );
}

import { curlOf, type Operation } from '../../core/reference';
import { Fields, Prose, TypeName } from './Fields';

const PLACES = { path: 'In the path', query: 'Query', header: 'Header' } as const;

export function OperationEntry({ operation }: { operation: Operation }) {
  const { body } = operation;
  const own = operation.answers.filter(({ status }) => status.startsWith('2') || isOwn(status));
  const common = operation.answers.filter((answer) => !own.includes(answer));
  return (
    <article id={operation.id} className="ref-op">
      <h3>
        <span className={`ref-method ${operation.method.toLowerCase()}`}>{operation.method}</span>
        <code>{operation.path}</code>
      </h3>
      <p>{operation.summary}</p>
      {operation.description && (
        <p className="dim">
          <Prose text={operation.description} />
        </p>
      )}
      {(['path', 'query', 'header'] as const).map((place) => {
        const fields = operation.parameters.filter((parameter) => parameter.place === place);
        return (
          fields.length > 0 && (
            <div key={place}>
              <h4>{PLACES[place]}</h4>
              <Fields caption={`${PLACES[place]}: ${operation.id}`} fields={fields} />
            </div>
          )
        );
      })}
      {body && (
        <div>
          <h4>
            Body{body.isRequired ? '' : ', optional'}
            {body.fields.length === 0 && (
              <>
                : <TypeName type={body.type} link={body.link} />
              </>
            )}
          </h4>
          {body.fields.length > 0 && <Fields caption={`Body of ${operation.id}`} fields={body.fields} />}
        </div>
      )}
      <h4>Answers</h4>
      <dl className="ref-answers">
        {own.map((answer) => (
          <div key={answer.status}>
            <dt className="num">{answer.status}</dt>
            <dd>
              <Prose text={answer.description} />{' '}
              {answer.type && answer.type !== 'Problem' && <TypeName type={answer.type} link={answer.link} />}
            </dd>
          </div>
        ))}
        <div>
          <dt className="num">{common.map(({ status }) => status).join(' ')}</dt>
          <dd className="dim">as anywhere, with a Problem</dd>
        </div>
      </dl>
      <pre className="ref-curl">{curlOf(operation, window.location.origin)}</pre>
    </article>
  );
}

const isOwn = (status: string): boolean => ['404', '409', '422'].includes(status);

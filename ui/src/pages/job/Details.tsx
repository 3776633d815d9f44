import { Link } from '@tanstack/react-router';
import { Copy } from 'lucide-react';
import type { Job, JobEvent, WithText } from '../../api/types';
import { errorOf } from '../../core/eventWords';
import { indent, rawMembers } from '../../core/json';
import { bytes } from '../../core/numbers';
import { signatureId, signatureOf } from '../../core/signature';
import { IconButton } from '../../ui/Button';
import { JsonCode } from '../../ui/JsonCode';
import { type Tab, Tabs, tabId } from '../../ui/Tabs';
import { copy } from '../../ui/toasts';
import { ErrorDetail, type ShownError } from './ErrorDetail';
import type { DETAIL_IDS } from './parameters';

export type Detail = (typeof DETAIL_IDS)[number];
export const DETAILS: readonly (Tab<Detail> & { content: string })[] = [
  { id: 'error', content: 'Error' },
  { id: 'payload', content: 'Payload' },
  { id: 'result', content: 'Result' },
  { id: 'raw', content: 'Raw event' },
];
const PANEL = 'job-detail';

export const isDetail = (text: string | undefined): text is Detail => DETAILS.some((tab) => tab.id === text);

interface DetailsProps {
  job: WithText<Job>;
  event: WithText<JobEvent> | undefined;
  /** The tab of the address; without one the most telling. */
  tab: Detail | null;
  onTab(tab: Detail): void;
}

export function Details({ job, event, tab, onTab }: DetailsProps) {
  const members = rawMembers(job.text);
  const error = errorFor(job.value, event?.value);
  const result = job.value.result === null ? '' : (members.get('result') ?? '');
  const chosen = tab ?? telling(job.value, event?.value, error);
  const texts: Record<Detail, string> = {
    error: error ? [`${error.type}: ${error.message}`, ...error.backtrace].join('\n') : '',
    payload: members.get('payload') ?? '',
    result,
    raw: event?.text ?? '',
  };
  const text = texts[chosen];
  const name = chosen === 'raw' ? 'event' : chosen;
  return (
    <section className="det" aria-label="Details">
      <div className="tabrow">
        <Tabs label="Details" tabs={DETAILS} value={chosen} panelId={PANEL} onChange={onTab} />
        {text !== '' && (
          <IconButton tone="ghost" label={`Copy ${name}`} onClick={() => void copy(text, `the ${name}`)}>
            <Copy className="i s" />
          </IconButton>
        )}
      </div>
      <div className="detbody" id={PANEL} role="tabpanel" aria-labelledby={tabId(PANEL, chosen)}>
        {chosen === 'error' &&
          (error ? (
            <>
              <ErrorDetail error={error} />
              <p className="same">
                <Link
                  className="link"
                  to="/dead-letters"
                  search={{ group: signatureId(signatureOf(error).key) }}
                  preload={false}
                >
                  Dead letters with this error
                </Link>
              </p>
            </>
          ) : (
            <p className="faint">No attempt has failed.</p>
          ))}
        {chosen === 'payload' && <JsonPart text={text} label="Payload JSON" />}
        {chosen === 'result' &&
          (text === '' ? (
            <p className="faint">No result yet.</p>
          ) : (
            <JsonPart text={text} label="Result JSON" />
          ))}
        {chosen === 'raw' && <JsonPart text={text} label="Event as stored" />}
      </div>
    </section>
  );
}

function JsonPart({ text, label }: { text: string; label: string }) {
  return (
    <>
      <p className="sub num">{bytes(new TextEncoder().encode(text).length)}</p>
      <JsonCode text={isOneLine(text) ? indent(text) : text} label={label} />
    </>
  );
}

const isOneLine = (text: string): boolean => !text.includes('\n') && text.length < 64 * 1024;

/** What one most likely wants to see. */
function telling(job: Job, event: JobEvent | undefined, error: ShownError | null): Detail {
  if (job.status === 'SUCCEEDED' && event?.type !== 'Failed')
    return job.result === null ? 'payload' : 'result';
  return error ? 'error' : 'payload';
}

/** The error of the chosen event if it is a failure, else the latest of the job. */
function errorFor(job: Job, event: JobEvent | undefined): ShownError | null {
  if (event?.type === 'Failed') {
    return { ...errorOf(event.data), attempt: Number(event.data.attempt), at: event.at };
  }
  return job.error && { ...job.error, attempt: null, at: null };
}

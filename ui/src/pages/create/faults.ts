import type { FieldError } from '../../api/types';

/** Names of the server for what a form shows under another name. */
const SHOWN_AS: Record<string, string> = {
  'payload.force': 'payload',
  'payload.fail_times': 'fail_times',
  'payload.sequence': 'sequence',
  'payload.success_rate': 'success_rate',
  'payload.seed': 'seed',
  'payload.duration_ms': 'duration_ms',
};

/** The first message for each field of a form; what fits no field is returned under ''. */
export function faultsByField(
  errors: readonly FieldError[],
  known: readonly string[],
): Record<string, string> {
  const faults: Record<string, string> = {};
  for (const { field, message } of errors) {
    const plain = SHOWN_AS[field] ?? field;
    const short = plain.replace(/^retry\./, '');
    const name =
      known.find((each) => each === plain || each === short) ??
      (plain.startsWith('payload') ? 'payload' : '');
    faults[name] ??= name === '' ? `${field}: ${message}` : message;
  }
  return faults;
}

/** Puts the focus on the first control that is wrong. */
export function focusFirstFault(form: HTMLFormElement | null): void {
  requestAnimationFrame(() => form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
}

import type { BulkFilter, BulkRequest } from '../../api/actions';
import type { BulkAction } from '../../core/bulk';
import { plural } from '../../core/numbers';

/** What an action is about: jobs that were read, or all of a filter, wherever they are. */
export type Scope = { ids: number[] } | { filter: BulkFilter; about: number; isEstimated: boolean };

export const scopeSize = (scope: Scope): number => ('ids' in scope ? scope.ids.length : scope.about);

export function scopeWords(scope: Scope): string {
  const words = plural(scopeSize(scope), 'job');
  return !('ids' in scope) && scope.isEstimated ? `about ${words}` : words;
}

export function bulkRequest(action: BulkAction, scope: Scope, pace = '', reason = ''): BulkRequest {
  return {
    action,
    ...('ids' in scope ? { ids: scope.ids } : { filter: scope.filter }),
    ...(reason.trim() !== '' && { reason: reason.trim() }),
    ...(pace !== '' && { per_second: Number(pace) }),
  };
}

const ASK_FROM = 101;
const TYPE_FROM = 1001;

/** Whether an action asks first, and whether the number has to be typed. */
export const asks = (action: BulkAction, scope: Scope): boolean =>
  action === 'discard' || scopeSize(scope) >= ASK_FROM;
export const wantsTyping = (action: BulkAction, scope: Scope): boolean =>
  scopeSize(scope) >= TYPE_FROM || (action === 'discard' && scopeSize(scope) > 1);

import type { Search } from './search';

/** In the line under a list: that it is still being searched, with a way to stop that, or that it was stopped. */
export function SearchNote({ search: { isStopped, stop, again } }: { search: Search }) {
  return (
    <span className="live search">
      <span className={isStopped ? 'dot paused' : 'dot warn'} />
      <span role="status">{isStopped ? 'Stopped' : 'Still searching'}</span>
      <button type="button" className="link" onClick={isStopped ? again : stop}>
        {isStopped ? 'Search again' : 'Stop'}
      </button>
    </span>
  );
}

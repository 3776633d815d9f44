import { Link } from '@tanstack/react-router';
import { Notice } from '../../ui/Empty';
import { TopBar } from './TopBar';

export function NotFound() {
  return (
    <>
      <TopBar>
        <h1>Not found</h1>
      </TopBar>
      <div className="body">
        <Notice title="There is no such page">
          <Link className="btn" to="/jobs" search={{}}>
            Go to Jobs
          </Link>
        </Notice>
      </div>
    </>
  );
}

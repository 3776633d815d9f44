import { Link } from '@tanstack/react-router';

interface QueueLinkProps {
  name: string;
  className?: string;
  /** Whether the page stays scrolled where it is, as the list of queues does. */
  isHere?: boolean;
}

/** The name of a queue, which leads to its page. */
export const QueueLink = ({ name, className = 'ellip', isHere = false }: QueueLinkProps) => (
  <Link
    className={className}
    to="/queues/$name"
    params={{ name }}
    search={{}}
    title={name}
    resetScroll={!isHere}
    preload={false}
  >
    {name}
  </Link>
);

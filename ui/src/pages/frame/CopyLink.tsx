import { Link2 } from 'lucide-react';
import { ContextMenu } from 'radix-ui';
import { HINTS_ID, IconButton } from '../../ui/Button';
import { copyLink } from './useAnywhereKeys';
import { useCopyMoment } from './useCopyMoment';

/** Copies the link to this page; with Alt, or from its menu, to this moment. */
export function CopyLink() {
  const moment = useCopyMoment();
  return (
    <ContextMenu.Root modal={false}>
      <ContextMenu.Trigger asChild>
        <span className="clip">
          <IconButton
            tone="ghost"
            label="Copy the link to this page (Ctrl+Shift+C), with Alt to this moment"
            onClick={(event) => (event.altKey && !moment.refusal ? moment.copy() : copyLink())}
          >
            <Link2 className="i" />
          </IconButton>
        </span>
      </ContextMenu.Trigger>
      <ContextMenu.Portal container={document.getElementById(HINTS_ID)}>
        <ContextMenu.Content className="menu" collisionPadding={8}>
          <ContextMenu.Item onSelect={copyLink}>
            Link to this page
            <span className="why">live, for whoever opens it</span>
          </ContextMenu.Item>
          <ContextMenu.Item disabled={moment.refusal !== null} onSelect={moment.copy}>
            Link to this moment
            <span className="why">{moment.refusal ?? 'shows what is here now, for good'}</span>
          </ContextMenu.Item>
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}

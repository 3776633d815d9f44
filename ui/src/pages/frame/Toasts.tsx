import { Link } from '@tanstack/react-router';
import { X } from 'lucide-react';
import { Button, IconButton } from '../../ui/Button';
import { Glyph } from '../../ui/Glyph';
import { dismiss, useToasts } from '../../ui/toasts';

export function Toasts() {
  const toasts = useToasts();
  return (
    <div className="toasts" role="status" aria-label="Notifications">
      {toasts.map((toast) => (
        <div className="toast" key={toast.id}>
          {toast.tone !== 'plain' && (
            <Glyph name={toast.tone === 'good' ? 'SUCCEEDED' : 'ATTEMPT_FAILED'} ground="var(--raised)" />
          )}
          <span>{toast.text}</span>
          {toast.job !== undefined && (
            <Link className="link" to="/jobs/$id" params={{ id: String(toast.job) }}>
              Open
            </Link>
          )}
          {toast.action && (
            <Button className="small" onClick={toast.action.run}>
              {toast.action.label}
            </Button>
          )}
          <IconButton tone="ghost" label="Dismiss" onClick={() => dismiss(toast.id)}>
            <X className="i s" />
          </IconButton>
        </div>
      ))}
    </div>
  );
}

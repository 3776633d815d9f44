import type { Signature } from '../core/signature';

/** The message of a signature with what differs as named slots. */
export function SignatureText({ signature }: { signature: Signature }) {
  return signature.pieces.map((piece, i) => (i % 2 === 0 ? piece : <var key={i}>{piece}</var>));
}

/** The request as it will be sent, to the byte. */
export const SentBody = ({ body }: { body: string }) => (
  <figure aria-label="What is sent">
    <pre className="sent">{body}</pre>
  </figure>
);

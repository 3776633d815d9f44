import type { Field } from '../../core/reference';

export function Fields({ caption, fields }: { caption: string; fields: readonly Field[] }) {
  return (
    <table className="ref-fields">
      <caption className="sr">{caption}</caption>
      <tbody>
        {fields.map((field) => (
          <tr key={field.name}>
            <th scope="row">
              <code>{field.name}</code>
              {field.isRequired && <span className="sub"> required</span>}
            </th>
            <td>
              <TypeName type={field.type} link={field.link} />
            </td>
            <td className="dim">
              <Prose text={field.description} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A type in words, and the way to it where it has a name. */
export function TypeName({ type, link }: { type: string; link: string | null }) {
  return link && type.includes(link) ? <a href={`#schema-${link}`}>{type}</a> : <span>{type}</span>;
}

/** Text with `code` between backticks. */
export function Prose({ text }: { text: string }) {
  return text.split('`').map((part, i) => (i % 2 === 1 ? <code key={i}>{part}</code> : part));
}

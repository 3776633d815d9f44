/** How well a command fits what was typed: every word of it has to begin a word of the command, or at least be in it. */
export function rank(value: string, search: string): number {
  const [text, wanted] = [value.toLowerCase(), search.trim().toLowerCase()];
  if (text.startsWith(wanted)) return 1;
  const words = text.split(/[\s.:_/-]+/);
  const ranks = wanted.split(/\s+/).map((part) => {
    if (words.some((word) => word.startsWith(part))) return 0.8;
    return part.length > 2 && text.includes(part) ? 0.4 : 0;
  });
  return Math.min(...ranks);
}

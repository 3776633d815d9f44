// Which lines of a backtrace are one's own code. Every language has its own way to name a place, and its libraries theirs to lie in.

const FOREIGN: readonly RegExp[] = [
  /\/node_modules\/|\bnode:|\(internal\//,
  /\/(?:site|dist)-packages\/|\/lib\d*\/python\d|<frozen /,
  /\/gems\/|\/lib\/ruby\/|<internal:/,
  /\/pkg\/mod\/|\/go\/src\/|^(?:runtime|net\/http|sync|testing)\./,
  /^(?:[\w.]+\/)?(?:java|javax|jdk|sun|kotlin|scala)\.|^(?:System|Microsoft)\./,
  /\/rustc\/|\/\.cargo\/registry\/|^(?:core|std|alloc|tokio)::/,
  /\/vendor\/|\/usr\/include\/|\/usr\/lib(?:64|exec)?\//,
];

/** What a language writes before the place: `at` (JavaScript, Java), `from` (Ruby), the number of the frame. */
const LEAD = /^\s*(?:at |from |#?\d+[:.]? +)?/;

const NAMES_A_PLACE = /:\d+|\bline \d+|\bat .+\(/;

export interface Frame {
  text: string;
  isOwn: boolean;
}

/**
 * The lines, each with whether it is one's own. A line that names no place (Python shows the code below it) goes with the one
 * before it. Where all are of libraries, none is told apart.
 */
export function framesOf(lines: readonly string[]): Frame[] {
  let isOwn = true;
  const frames = lines.map((line) => {
    const place = line.replace(LEAD, '');
    const isForeign = FOREIGN.some((pattern) => pattern.test(place));
    if (isForeign || NAMES_A_PLACE.test(line)) isOwn = !isForeign;
    return { text: line, isOwn };
  });
  return frames.some((frame) => frame.isOwn) ? frames : frames.map(({ text }) => ({ text, isOwn: true }));
}

/** As it stands below the message: a place that has no word before it gets one. */
export const frameText = (line: string): string =>
  /^\s|^(?:at|from|File) /.test(line) ? `  ${line}` : `  at ${line}`;

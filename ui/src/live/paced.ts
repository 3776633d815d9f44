type Listen = (listener: () => void) => () => void;

/**
 * Tells at once of the first change, and of those that follow at most once in a while: what changes faster than one can read need
 * not be drawn each time.
 */
export function paced(listen: Listen, gapMs: number): Listen {
  return (listener) => {
    let toldAt = Number.NEGATIVE_INFINITY;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tell = (): void => {
      timer = undefined;
      toldAt = Date.now();
      listener();
    };
    const stop = listen(() => {
      if (timer !== undefined) return;
      const wait = toldAt + gapMs - Date.now();
      if (wait <= 0) tell();
      else timer = setTimeout(tell, wait);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  };
}

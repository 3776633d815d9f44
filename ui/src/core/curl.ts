/** A command line that posts the same body. */
export const curlFor = (body: string, host: string, path = '/jobs'): string =>
  `curl -d '${body.replaceAll("'", "'\\''")}' ${host}${path}`;

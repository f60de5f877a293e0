import { startPageServer, type PageServer, type PageServerOptions } from "./server.ts";

const USUAL_PORT = 4040;

function isTaken(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EADDRINUSE";
}

/**
 * Starts the page's server on the port that is asked for, or else on 4040, or else on any free one.
 * @param wanted as it is in `PLAYGROUND_PORT`
 * @throws Error when the wanted port is no port, or taken
 */
export async function listenSomewhere(
  options: Omit<PageServerOptions, "port">,
  wanted: string | undefined,
): Promise<PageServer> {
  if (wanted !== undefined && wanted !== "") {
    const port = Number(wanted);
    if (!/^\d{1,5}$/.test(wanted) || port > 65_535) throw new Error(`PLAYGROUND_PORT is no port: ${wanted}`);
    return startPageServer({ ...options, port }).catch((error: unknown) => {
      throw isTaken(error) ? new Error(`Something else listens on port ${wanted} (PLAYGROUND_PORT).`) : error;
    });
  }
  return startPageServer({ ...options, port: USUAL_PORT }).catch((error: unknown) => {
    if (!isTaken(error)) throw error;
    return startPageServer(options);
  });
}

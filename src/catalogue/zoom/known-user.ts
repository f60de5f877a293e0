import type { Known } from "../known.ts";

/** The input of a read about the person, once Zoom knows who it is. */
export function byZoomUser({ zoomUserId }: Known): { userId: string } | undefined {
  return zoomUserId === undefined ? undefined : { userId: zoomUserId };
}

import type { VideoBlock } from "@slack/types";
import { Picture } from "../image.tsx";

/** Stands for a video, which is never loaded here: its title and its words. */
export function VideoPlaceholder({ block }: { block: VideoBlock }) {
  return <Picture alt={`Video: ${block.alt_text}`} title={block.title} size="block" />;
}

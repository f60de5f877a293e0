import type { VideoBlock } from "@slack/types";
import { Picture } from "../image.tsx";
import { SafeLink } from "../safe-link.tsx";
import { TextObject } from "../text.tsx";
import "./display.css";

/** Stands for a video, which is never loaded here: its words and where it is. */
export function VideoPlaceholder({ block }: { block: VideoBlock }) {
  const { title_url: titleUrl, author_name: author, provider_name: provider, description } = block;
  const title = <TextObject text={block.title} />;
  const from = [author, provider].filter((name) => name !== undefined && name !== "");
  return (
    <div class="bk-video">
      <strong>{titleUrl === undefined ? title : <SafeLink url={titleUrl}>{title}</SafeLink>}</strong>
      {from.length > 0 && <div class="bk-soft">{from.join(", ")}</div>}
      {description !== undefined && (
        <div>
          <TextObject text={description} />
        </div>
      )}
      <Picture alt={`Video: ${block.alt_text}`} size="block" />
    </div>
  );
}

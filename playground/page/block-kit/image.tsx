import type { ImageBlock as SlackImageBlock } from "@slack/types";
import { TextObject } from "./text.tsx";

interface Props {
  alt: string;
  title?: SlackImageBlock["title"];
  size: "block" | "small";
}

/** Stands for a picture: its words without the picture, as nothing is ever loaded from outside. */
export function Picture({ alt, title, size }: Props) {
  if (size === "small")
    return (
      <span class="bk-picture" role="img" aria-label={alt} title={alt}>
        <PictureSign size={20} />
      </span>
    );
  return (
    <figure class="bk-picture bk-picture-block">
      {title !== undefined && (
        <figcaption>
          <TextObject text={title} />
        </figcaption>
      )}
      <span class="bk-picture-frame">
        <PictureSign size={28} />
        <span>{alt}</span>
      </span>
    </figure>
  );
}

/** A picture with its title. */
export function ImageBlock({ block }: { block: SlackImageBlock }) {
  return <Picture alt={block.alt_text} size="block" title={block.title} />;
}

function PictureSign({ size }: { size: number }) {
  return (
    <svg
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      stroke-width="1.7"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <rect x="3" y="4" width="18" height="16" rx="2" />
      <circle cx="8.5" cy="9.5" r="1.6" />
      <path d="m4 18 5.5-5 3.5 3 3-2.5 4.5 4" />
    </svg>
  );
}

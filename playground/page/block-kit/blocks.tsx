import type { ComponentChildren } from "preact";
import { useErrorBoundary } from "preact/hooks";
import type { AnyBlock, KnownBlock } from "@slack/types";
import type { Block } from "../../page-api.ts";
import { ActionsBlock } from "./actions-block.tsx";
import "./blocks.css";
import { ContextActionsBlock } from "./context-actions-block.tsx";
import { ContextBlock } from "./context-block.tsx";
import { BlockContextProvider, type BlockContext } from "./context.ts";
import { AlertBlock } from "./display/alert-block.tsx";
import { CardBlock } from "./display/card-block.tsx";
import { CarouselBlock } from "./display/carousel-block.tsx";
import { ContainerBlock } from "./display/container-block.tsx";
import { DataTableBlock } from "./display/data-table-block.tsx";
import { FileBlock } from "./display/file-block.tsx";
import { MarkdownBlock } from "./display/markdown-block.tsx";
import { PlanBlock } from "./display/plan-block.tsx";
import { RichText } from "./display/rich-text.tsx";
import { TableBlock } from "./display/table-block.tsx";
import { TaskCardBlock } from "./display/task-card-block.tsx";
import { UnknownBlock } from "./display/unknown-block.tsx";
import { VideoPlaceholder } from "./display/video-placeholder.tsx";
import { HeaderBlock } from "./header-block.tsx";
import { ImageBlock } from "./image.tsx";
import { InputBlock } from "./input-block.tsx";
import { SectionBlock } from "./section-block.tsx";

/** Blocks as Slack's client shows them to one reader. What cannot be shown is named, never left out. */
export function Blocks({ blocks, context }: { blocks: readonly Block[]; context: BlockContext }) {
  return (
    <BlockContextProvider.Provider value={context}>
      <div class={`bk-blocks bk-${context.surface}`}>
        {blocks.map((block, index) => (
          // A changed type or id is another block; one that only moved keeps what was typed.
          <BlockView key={block.block_id ?? `${index} ${block.type}`} block={block as AnyBlock} />
        ))}
      </div>
    </BlockContextProvider.Provider>
  );
}

/** One block; a malformed one is shown as one that is not known, and the others stay. */
function BlockView({ block }: { block: AnyBlock }) {
  const [error] = useErrorBoundary();
  if (error !== undefined) return <UnknownBlock block={block} />;
  return <>{known(block as KnownBlock)}</>;
}

function known(block: KnownBlock): ComponentChildren {
  switch (block.type) {
    case "section":
      return <SectionBlock block={block} />;
    case "header":
      return <HeaderBlock block={block} />;
    case "divider":
      return <hr class="bk-divider" />;
    case "context":
      return <ContextBlock block={block} />;
    case "context_actions":
      return <ContextActionsBlock block={block} />;
    case "actions":
      return <ActionsBlock block={block} />;
    case "input":
      return <InputBlock block={block} />;
    case "image":
      return <ImageBlock block={block} />;
    case "rich_text":
      return <RichText block={block} />;
    case "markdown":
      return <MarkdownBlock block={block} />;
    case "table":
      return <TableBlock block={block} />;
    case "data_table":
      return <DataTableBlock block={block} />;
    case "alert":
      return <AlertBlock block={block} />;
    case "card":
      return <CardBlock block={block} />;
    case "carousel":
      return <CarouselBlock block={block} />;
    case "container":
      return <ContainerBlock block={block} View={BlockView} />;
    case "plan":
      return <PlanBlock block={block} />;
    case "task_card":
      return <TaskCardBlock block={block} />;
    case "file":
      return <FileBlock block={block} />;
    case "video":
      return <VideoPlaceholder block={block} />;
    default:
      return <UnknownBlock block={block} />;
  }
}

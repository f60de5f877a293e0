import type { CarouselBlock as SlackCarouselBlock } from "@slack/types";
import { CardBlock } from "./card-block.tsx";
import "./cards.css";
import "./display.css";
import { ScrollRegion } from "./scroll-region.tsx";

/** Cards in a row that scrolls sideways. */
export function CarouselBlock({ block }: { block: SlackCarouselBlock }) {
  return (
    <ScrollRegion label={`${block.elements.length} cards`} isBare>
      <div class="bk-carousel">
        {block.elements.map((card, index) => (
          <CardBlock key={card.block_id ?? index} block={card} />
        ))}
      </div>
    </ScrollRegion>
  );
}

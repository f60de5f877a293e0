import { render } from "preact";
import { useMemo, useState } from "preact/hooks";
import type { EnteredValue } from "../page-api.ts";
import { Blocks } from "./block-kit/blocks.tsx";
import "./gallery/gallery.css";
import { COMPANY } from "./gallery/company.ts";
import type { Sample } from "./gallery/sample.ts";
import { SAMPLES } from "./gallery/samples.ts";
import { STRANGE_BLOCKS } from "./gallery/strange.ts";
import "./theme.css";

/** One line of what blocks told: a press, an edit, or a change that the app hears at once. */
interface Told {
  kind: "press" | "change" | "dispatch";
  blockId: string;
  actionId: string;
  value: EnteredValue;
}

const STRANGE: Sample = {
  id: "strange",
  title: "Blocks that no app can send",
  surface: "message",
  blocks: [...STRANGE_BLOCKS],
};
const SHOWN: readonly Sample[] = [...SAMPLES, STRANGE];

const ERRORS = { wrong: "This is no link. Begin it with https://." };

function Gallery() {
  const [told, setTold] = useState<Told[]>([]);
  // Kept, so that what one block tells does not draw all the others again.
  const samples = useMemo(() => {
    const tell = (one: Told) => setTold((before) => [...before, one]);
    return SHOWN.map((sample) => <GallerySample key={sample.id} sample={sample} tell={tell} />);
  }, []);
  return (
    <>
      <header class="gallery-bar">
        <strong>Block Kit gallery</strong>
        <span>Pretend: nothing here is real, and nothing is sent anywhere.</span>
      </header>
      <main class="gallery">
        <h1>Every block and element, ordinary and with as much in it as Slack takes</h1>
        <nav aria-label="Samples">
          <ul>
            {SHOWN.map((sample) => (
              <li key={sample.id}>
                <a href={`#${sample.id}`}>{sample.title}</a>
              </li>
            ))}
          </ul>
        </nav>
        {samples}
        <h2 id="told">What the blocks told</h2>
        <output class="gallery-log" data-log aria-live="off">
          {told.map((one) => JSON.stringify(one)).join("\n")}
        </output>
      </main>
    </>
  );
}

function GallerySample({ sample, tell }: { sample: Sample; tell: (one: Told) => void }) {
  return (
    <section class="gallery-sample" aria-labelledby={sample.id} data-sample={sample.id}>
      <h2 id={sample.id}>{sample.title}</h2>
      <Blocks
        blocks={sample.blocks}
        context={{
          ...(sample.company ?? COMPANY),
          timeZone: "Europe/Stockholm",
          surface: sample.surface,
          errors: ERRORS,
          onPress: (actionId, blockId, value) => tell({ kind: "press", blockId, actionId, value }),
          onChange: (blockId, actionId, value) => tell({ kind: "change", blockId, actionId, value }),
          onDispatch: (blockId, actionId, value) => tell({ kind: "dispatch", blockId, actionId, value }),
        }}
      />
    </section>
  );
}

const place = document.querySelector("#page");
if (place !== null) render(<Gallery />, place);

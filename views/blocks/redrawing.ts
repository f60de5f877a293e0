import type { ModalView } from "@slack/types";
import type { WebClient } from "@slack/web-api";
import { slackErrorCode } from "./slack-error.ts";

/** One change of an open form: what it draws counts until the next change. */
export interface Turn {
  viewId: string;
  /** Draws the form; false when a newer change, a submission or a closing came first, and nothing was drawn. */
  draw(client: WebClient, view: ModalView): Promise<boolean>;
}

interface Drawn {
  hash: string | undefined;
  turn: number;
  last: Promise<unknown>;
}

/** Forms that nobody sent or changed since are forgotten beyond this many. */
const MOST = 500;

/**
 * Draws open forms again, in the order in which someone changed them: Slack refuses an update by a view that is not the
 * newest, and a change may come while the answer to the one before is still on its way.
 */
export function createRedrawing() {
  const forms = new Map<string, Drawn>();

  /** @param view as the change showed it, or as it was opened */
  function begin(view: { id: string; hash?: string | undefined }): Turn {
    const known = forms.get(view.id);
    const form: Drawn = known ?? { hash: view.hash, turn: 0, last: Promise.resolve() };
    forms.delete(view.id);
    forms.set(view.id, form);
    for (const oldest of forms.keys()) {
      if (forms.size <= MOST) break;
      forms.delete(oldest);
    }
    form.turn += 1;
    const { turn } = form;
    async function draw(client: WebClient, content: ModalView): Promise<boolean> {
      if (form.turn !== turn) return false;
      try {
        const answer = await client.views.update({
          view_id: view.id,
          hash: form.hash,
          view: content,
        });
        form.hash = answer.view?.hash;
        return true;
      } catch (error) {
        // Sent or closed meanwhile: what is there is newer.
        const code = slackErrorCode(error);
        if (code === "hash_conflict" || code === "not_found" || code === "view_not_found") return false;
        throw error;
      }
    }
    return {
      viewId: view.id,
      draw(client, content) {
        const drawn = form.last.then(() => draw(client, content));
        form.last = drawn.catch(() => undefined);
        return drawn;
      },
    };
  }
  return { begin };
}

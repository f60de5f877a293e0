import type { PlanBlock as SlackPlanBlock, TaskCardBlock as SlackTaskCardBlock } from "@slack/types";
import "./cards.css";
import "./display.css";
import { TaskCardBlock } from "./task-card-block.tsx";

/** Tasks under one title, in order. */
export function PlanBlock({ block }: { block: SlackPlanBlock }) {
  return (
    <section class="bk-plan">
      <strong>{block.title}</strong>
      <ol>
        {(block.tasks ?? []).map((task, index) => (
          <li key={index}>
            <TaskCardBlock block={task as SlackTaskCardBlock} />
          </li>
        ))}
      </ol>
    </section>
  );
}

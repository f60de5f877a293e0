import type { PlanBlock as SlackPlanBlock, TaskCardBlock as SlackTaskCardBlock } from "@slack/types";
import "./cards.css";
import "./display.css";
import { TaskCardBlock } from "./task-card-block.tsx";

/** Tasks under one title, in order. */
export function PlanBlock({ block }: { block: SlackPlanBlock }) {
  const { title, tasks = [] } = block;
  return (
    <div class="bk-plan">
      <strong>{title}</strong>
      {tasks.length > 0 && (
        <ol>
          {tasks.map((task, index) => (
            <li key={index}>
              <TaskCardBlock block={task as SlackTaskCardBlock} />
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}

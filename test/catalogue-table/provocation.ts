import type { PreparedWorld, PreparedWorldOptions } from "./prepared-world.ts";
import type { Input } from "./zoom-sample-inputs.ts";

/** How a pretend vendor is brought to refuse a call by its own rules. */
export interface Provocation {
  /** What the world must be from the start. */
  options?: PreparedWorldOptions;
  /** How often the call may be made before it is refused; once by default. */
  calls?: number;
  /** Changes the world, and answers the input that is refused there. */
  provoke(world: PreparedWorld, good: Input): Input;
}

/** Provocations of one operation, by the refusal: `400/200`. */
export type Provocations = Readonly<Record<string, Provocation>>;

/** One that needs nothing from the start. */
export function by(provoke: Provocation["provoke"]): Provocation {
  return { provoke };
}

/** One that only asks for something else. */
export function byInput(changes: Input): Provocation {
  return { provoke: (_world, good) => ({ ...good, ...changes }) };
}

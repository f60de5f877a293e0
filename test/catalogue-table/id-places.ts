import type { Operation, VendorCall } from "../../src/catalogue/operation.ts";
import { operations } from "../../src/catalogue/registry.ts";
import type { PreparedWorld } from "./prepared-world.ts";
import { sampleInput } from "./sample-inputs.ts";
import type { Input } from "./zoom-sample-inputs.ts";

/** One id in the path of one operation's call. */
export interface IdPlace {
  operation: Operation;
  /** The input's field that holds it. */
  field: string;
  /** The good input around it. */
  input: Input;
  method: VendorCall["method"];
  /** The path of the good call, cut at its slashes. */
  segments: readonly string[];
  /** Which of the segments the id is. */
  index: number;
}

function callOf(operation: Operation, input: Input): VendorCall {
  return operation.call(operation.input.parse(input));
}

/** Every id that is in a path, of every operation. */
export function findIdPlaces(world: PreparedWorld): IdPlace[] {
  return operations.flatMap((operation) => {
    const input = sampleInput(world, operation);
    const { method, path } = callOf(operation, input);
    const segments = path.split("/");
    return Object.entries(input).flatMap(([field, value]) => {
      const index = typeof value === "string" ? segments.indexOf(encodeURIComponent(value)) : -1;
      return index === -1 ? [] : [{ operation, field, input, method, segments, index }];
    });
  });
}

/**
 * The segments of an operation's path that differ from one good input to the next, which makes them ids, and which
 * none of the places is. Both worlds have ids of their own throughout.
 */
export function findOverlookedIds(
  operation: Operation,
  worlds: readonly [PreparedWorld, PreparedWorld],
  places: readonly IdPlace[],
): string[] {
  const [one = [], other = []] = worlds.map((world) =>
    callOf(operation, sampleInput(world, operation)).path.split("/"),
  );
  return one.filter(
    (segment, index) =>
      segment !== other[index] &&
      !places.some((place) => place.operation === operation && place.index === index),
  );
}

/** The words that name another endpoint where an id stands: of our own operations, and those that vendors add. */
export function wordsBeside(place: IdPlace, places: readonly IdPlace[], world: PreparedWorld): string[] {
  const isId = (operation: Operation, index: number) =>
    places.some((other) => other.operation === operation && other.index === index);
  const { operation, segments, index } = place;
  return operations.flatMap((other) => {
    if (other.vendor !== operation.vendor || isId(other, index)) return [];
    const path = callOf(other, sampleInput(world, other)).path.split("/");
    const isBeside = path
      .slice(0, index)
      .every((segment, at) => segment === segments[at] || (isId(other, at) && isId(operation, at)));
    const word = path[index];
    return isBeside && path.length === segments.length && word !== undefined ? [word] : [];
  });
}

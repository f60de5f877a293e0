import type { Syntax } from "./syntax.ts";

/** What a slip of the hand makes of an operator: first the bound wrong by one, then the other way round. */
const SLIPS: Readonly<Record<string, readonly string[]>> = {
  "===": ["!=="],
  "!==": ["==="],
  "<": ["<=", ">="],
  "<=": ["<", ">"],
  ">": [">=", "<="],
  ">=": [">", "<"],
  "+": ["-"],
  "-": ["+"],
  "*": ["/"],
  "/": ["*"],
  "%": ["*"],
};

/** Calls of a method that narrow, order or check what they are called on: the mutant goes without. */
const NARROWS =
  /^(filter|toSorted|toReversed|slice|trim|toLowerCase|min|max|int|positive|nonempty|strict|regex|refine|superRefine)$/;
const ASKS_METHOD = /^(has|includes|some|every|test|startsWith|endsWith)$/;
const ASKS_FUNCTION = /^(is|has|may|can|was|needs|takes|fits)[A-Z]/;

type Text = (node: Syntax) => string;

function isTest(node: Syntax, parent: Syntax): boolean {
  return "test" in parent && parent.test === node;
}

function ofCall(node: Syntax & { type: "CallExpression" }, parent: Syntax, text: Text): string[] {
  const { callee } = node;
  if (callee.type === "Identifier")
    return ASKS_FUNCTION.test(callee.name) && !isTest(node, parent) ? ["true", "false"] : [];
  if (callee.type !== "MemberExpression" || callee.property.type !== "Identifier") return [];
  const { name } = callee.property;
  const object = text(callee.object);
  const given = node.arguments.map((argument) => text(argument)).join(", ");
  if (object === "Math") {
    const other = { min: "max", max: "min", floor: "ceil", ceil: "floor" }[name];
    return other === undefined ? [] : [`Math.${other}(${given})`];
  }
  if (NARROWS.test(name)) return [object];
  if (name === "some" || name === "every")
    return [`${object}.${name === "some" ? "every" : "some"}(${given})`, "true", "false"];
  return ASKS_METHOD.test(name) && !isTest(node, parent) ? ["true", "false"] : [];
}

function ofLiteral(node: Syntax & { type: "Literal" }, parent: Syntax): string[] {
  if (typeof node.value === "boolean") return [String(!node.value)];
  if (typeof node.value === "number" && parent.type === "LogicalExpression") return [];
  if (typeof node.value === "number") return [String(node.value + 1)];
  if ("regex" in node && node.regex) {
    const { pattern, flags } = node.regex;
    const loose = [pattern.replace(/^\^/, ""), pattern.replace(/\$$/, "")];
    return loose.filter((one) => one !== pattern).map((one) => `/${one}/${flags}`);
  }
  // Sentences are for readers, and are judged by reading. A word decides.
  const decides = typeof node.value === "string" && /^\S+$/.test(node.value);
  const isAlone = /^(ReturnStatement|ConditionalExpression|ArrowFunction|LogicalExpression|CallExpression)/;
  return decides && isAlone.test(parent.type) ? ['""'] : [];
}

function ofBinary(node: Syntax & { type: "BinaryExpression" }, parent: Syntax, text: Text): string[] {
  const left = text(node.left);
  const right = text(node.right);
  const joinsText = node.operator === "+" && /^["`]|["`]$/m.test(`${left}\n${right}`);
  const slips = joinsText ? [] : (SLIPS[node.operator] ?? []);
  // A whole condition is also tried as "always" and "never", which says more than turning it round.
  const useful = isTest(node, parent) ? slips.slice(0, -1) : slips;
  return useful.map((operator) => `${left} ${operator} ${right}`);
}

/** Whether `left ?? right` is there for the compiler, which takes every place of a list to be possibly empty. */
function isForCompiler(node: Syntax & { type: "LogicalExpression" }, text: Text): boolean {
  return (
    node.operator === "??" && text(node.left).endsWith("]") && /^(0|""|\[\]|false)$/.test(text(node.right))
  );
}

/**
 * What plausible slips make of an expression. What the compiler or the linter refuses anyway (a forgotten `await`, a
 * `?.` that is needed) is not among it.
 * @param text gives the code of a node
 */
export function alternativesOf(node: Syntax, parent: Syntax, text: Text): string[] {
  const own = ((): string[] => {
    switch (node.type) {
      case "BinaryExpression":
        return ofBinary(node, parent, text);
      case "LogicalExpression":
        return isForCompiler(node, text) ? [] : [text(node.left), text(node.right)];
      case "UnaryExpression":
        return node.operator === "!" ? [text(node.argument)] : [];
      case "Literal":
        return ofLiteral(node, parent);
      case "CallExpression":
        return ofCall(node, parent, text);
      case "TemplateLiteral":
        return / for update\b/.test(text(node)) ? [text(node).replace(/ for update\b/, "")] : [];
      default:
        return [];
    }
  })();
  if (!isTest(node, parent) || parent.type === "SwitchCase" || node.type === "LogicalExpression") return own;
  return [...own, ...(/^(While|DoWhile|For)/.test(parent.type) ? ["false"] : ["true", "false"])];
}

/** Whether a node is one of several in a list or an object, which can go missing. */
export function isDroppable(node: Syntax, parent: Syntax): boolean {
  if (parent.type === "ArrayExpression") return node.type !== "SpreadElement";
  return parent.type === "ObjectExpression" && node.type === "Property" && node.kind === "init";
}

/** Whether a statement can go missing: one that does something, or that refuses. */
export function isRemovable(node: Syntax): boolean {
  if (node.type === "ThrowStatement") return true;
  return node.type === "ExpressionStatement" && !("directive" in node && node.directive);
}

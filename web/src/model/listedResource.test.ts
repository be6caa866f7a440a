import { expect, test } from "vitest";
import type { Counts } from "~/api/own";
import { weight } from "./listedResource";

const none: Counts = { critical: 0, high: 0, medium: 0, low: 0, informational: 0, untriaged: 0 };

test("one worse finding weighs more than many lesser ones", () => {
  const order = [undefined, none, { ...none, untriaged: 900 }, { ...none, low: 1 }, { ...none, medium: 1 }, { ...none, medium: 1, low: 2 }, { ...none, high: 1 }, { ...none, critical: 1 }, { ...none, critical: 1, high: 1 }];
  const weights = order.map(weight);
  expect([...weights].sort((a, b) => a - b)).toEqual(weights);
  expect(new Set(weights.slice(1)).size).toBe(order.length - 1);
});

import { expect, test } from "vitest";
import { everything } from "./everything";

/** Pages of three out of `count` numbers. */
function source(count: number) {
  const asked: (string | undefined)[] = [];
  const page = (token: string | undefined) => {
    asked.push(token);
    const begin = Number(token ?? 0);
    const items = Array.from({ length: Math.min(3, count - begin) }, (_, index) => begin + index);
    return Promise.resolve({ items, ...(begin + 3 < count ? { next: String(begin + 3) } : {}) });
  };
  return { asked, page };
}

test("all pages, in their order", async () => {
  const { asked, page } = source(7);
  expect(await everything(100, page)).toEqual({ items: [0, 1, 2, 3, 4, 5, 6], more: false });
  expect(asked).toEqual([undefined, "3", "6"]);
});

test("an empty list is one page", async () => {
  expect(await everything(100, source(0).page)).toEqual({ items: [], more: false });
});

test("what is beyond the most is not asked for, and known to be there", async () => {
  const { asked, page } = source(10);
  expect(await everything(4, page)).toEqual({ items: [0, 1, 2, 3], more: true });
  expect(asked).toHaveLength(2);
  expect(await everything(6, source(6).page)).toEqual({ items: [0, 1, 2, 3, 4, 5], more: false });
});

// All pages, found by their place.
import type { Page } from "./page";

const found = import.meta.glob<{ default: Page }>("../pages/*/page.ts", { eager: true });
export const pages: Page[] = Object.values(found).map((module) => module.default);

export function pageOf(path: string): Page | undefined {
  return pages.find((page) => page.path === path);
}

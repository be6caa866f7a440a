// A page of the console. Each is a directory of src/pages/ with a page.ts that default-exports one of
// these; nothing else has to be edited.
import type { ComponentType } from "react";

export interface Page {
  /** As react-router writes it: "/findings/:findingId". */
  path: string;
  /** In the browser's title, the breadcrumbs and the navigation. */
  title: string;
  /** Where it stands in the navigation; absent for pages one comes to from others. */
  navigation?: { section: Section; order: number };
  /** The path of the page above it, for breadcrumbs. */
  under?: string;
  /** Shown to administrators only. */
  administrator?: boolean;
  /** The widest the content may be; "full" for tables. */
  width?: "full" | "text";
  load: () => Promise<{ default: ComponentType }>;
}

/** In this order. */
export const sections = ["Overview", "Findings", "Inventory", "Response", "Administration"] as const;
export type Section = (typeof sections)[number];

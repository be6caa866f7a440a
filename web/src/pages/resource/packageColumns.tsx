// The columns of the list of packages.
import type { Counts } from "~/api/own";
import { sortable } from "~/components/columns";
import Copy from "~/components/Copy";
import Prose from "~/components/Prose";
import SeverityCounts from "~/components/SeverityCounts";
import { equals } from "~/model/criteria";
import type { InventoryPackage } from "~/model/inventory";
import { weight } from "~/model/listedResource";
import { managerName } from "~/model/packages";

export interface PackageRow extends InventoryPackage {
  index: number;
  /** Of its findings; absent where it has none. */
  counts: Counts | undefined;
}

const kindOf = ({ manager, ecosystem }: PackageRow) => (manager ? managerName(manager) : (ecosystem ?? "–"));
const pathOf = ({ locations }: PackageRow) => locations?.[0]?.path ?? "";

export function columnsOf(resourceId: string) {
  const criteria = ({ name }: PackageRow) => ({ resourceId: equals(resourceId), vulnerablePackages: [{ name: { comparison: "EQUALS" as const, value: name } }] });
  return sortable<PackageRow>([
    { id: "name", name: "Package", width: 230, minWidth: 140, fixed: true, isRowHeader: true, by: ({ name }) => name, cell: (one) => <Prose>{one.name}</Prose> },
    { id: "version", name: "Version", width: 190, minWidth: 110, by: ({ version }) => version ?? "", cell: (one) => <Prose>{one.version ?? "–"}</Prose> },
    { id: "findings", name: "Open findings", width: 190, minWidth: 120, by: ({ counts }) => weight(counts), cell: (one) => (one.counts ? <SeverityCounts counts={one.counts} criteria={criteria(one)} of={one.name} /> : "–") },
    { id: "kind", name: "Kind", width: 170, minWidth: 110, by: kindOf, cell: kindOf },
    { id: "licence", name: "Licence", width: 130, minWidth: 90, by: ({ license }) => license ?? "", cell: (one) => <Prose>{one.license ?? "–"}</Prose> },
    {
      id: "path",
      name: "Found in",
      width: 340,
      minWidth: 150,
      by: pathOf,
      cell: (one) => (pathOf(one) === "" ? "–" : <span title={(one.locations ?? []).map(({ path, line }) => (line ? `${path}:${line}` : path)).join("\n")}>{pathOf(one)}{(one.locations?.length ?? 0) > 1 && ` and ${(one.locations?.length ?? 1) - 1} more`}</span>),
    },
    { id: "architecture", name: "Architecture", width: 130, minWidth: 100, extra: true, by: ({ architecture }) => architecture ?? "", cell: (one) => one.architecture ?? "–" },
    { id: "scope", name: "Scope", width: 110, minWidth: 90, extra: true, by: ({ scope }) => scope ?? "", cell: (one) => one.scope ?? "–" },
    { id: "url", name: "Package URL", width: 320, minWidth: 150, extra: true, by: ({ packageUrl }) => packageUrl ?? "", cell: (one) => (one.packageUrl ? <Copy text={one.packageUrl} what="package URL" /> : "–") },
  ]);
}

export const textOf = (one: PackageRow) => [one.name, one.version, kindOf(one), one.license, one.packageUrl, ...(one.locations ?? []).map(({ path }) => path)].join("\n");

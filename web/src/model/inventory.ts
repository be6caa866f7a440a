// What was found on a resource, as docs/formats/inventory.md has it.
import type { ResourceStory } from "~/api/own";
import type { Resource } from "~/api/wire";

export interface InventoryPackage {
  ecosystem?: string;
  name: string;
  version?: string;
  architecture?: string;
  manager?: string;
  packageUrl?: string;
  license?: string;
  scope?: string;
  locations?: { path: string; line?: number; layer?: string }[];
}
export interface Process {
  id: number;
  name?: string;
  executable?: string;
  /** Places in the packages of the inventory. */
  packages?: number[];
  /** Files that it uses and that are deleted or replaced. */
  deleted?: string[];
}
export interface Port {
  protocol: string;
  address: string;
  port: number;
  /** The process's id. */
  process?: number;
}
export interface Live {
  kernelRelease?: string;
  machine?: string;
  machineDetail?: string;
  hostName?: string;
  addresses?: string[];
  processes?: Process[];
  ports?: Port[];
  complete?: boolean;
}
export interface Story extends Omit<ResourceStory, "resource" | "packages" | "runtime"> {
  resource?: Resource;
  packages: InventoryPackage[];
  runtime?: { os?: { name?: string; ecosystem?: string }; files?: number; runtime?: Live; problems?: { where: string; why: string }[] };
}

/** Processes of one program are one line: there may be hundreds of them. */
export interface Program {
  key: string;
  name: string;
  executable: string;
  processes: number;
  packages: string[];
  /** Runs from files that an upgrade has replaced meanwhile. */
  outdated: boolean;
}
export function programsOf(processes: readonly Process[], packages: readonly InventoryPackage[]): Program[] {
  const programs = new Map<string, Program>();
  for (const process of processes) {
    const key = `${process.executable ?? ""}\n${process.name ?? ""}`;
    const before = programs.get(key);
    const used = (process.packages ?? []).flatMap((place) => packages[place]?.name ?? []);
    programs.set(key, {
      key,
      name: process.name ?? process.executable ?? "?",
      executable: process.executable ?? "",
      processes: (before?.processes ?? 0) + 1,
      packages: [...new Set([...(before?.packages ?? []), ...used])],
      outdated: (before?.outdated ?? false) || (process.deleted ?? []).length > 0,
    });
  }
  return [...programs.values()];
}

export type Reach = "everywhere" | "here" | "address";
/** From where a port can be reached as far as its address says; a firewall may say otherwise. */
export function reachOf(address: string): Reach {
  if (address === "0.0.0.0" || address === "::" || address === "*") return "everywhere";
  return address.startsWith("127.") || address === "::1" || address.startsWith("::ffff:127.") ? "here" : "address";
}

/** What a layer of an image brought. */
export interface Layer {
  digest: string;
  packages: InventoryPackage[];
}
export function layersOf(packages: readonly InventoryPackage[]): Layer[] {
  const layers = new Map<string, InventoryPackage[]>();
  for (const one of packages) {
    for (const digest of new Set((one.locations ?? []).flatMap(({ layer }) => layer ?? []))) layers.set(digest, [...(layers.get(digest) ?? []), one]);
  }
  return [...layers].map(([digest, brought]) => ({ digest, packages: brought })).sort((a, b) => b.packages.length - a.packages.length);
}

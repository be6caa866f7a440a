// Packages as Inspector writes them, and how people read them.
import type { Finding } from "~/api/wire";

type Details = NonNullable<Finding["packageVulnerabilityDetails"]>;
export type VulnerablePackage = NonNullable<Details["vulnerablePackages"]>[number];

/** An epoch of 0 is the same as none, and nobody writes it. */
function withoutZeroEpoch(version: string): string {
  return version.startsWith("0:") ? version.slice(2) : version;
}

/** "1:7.88.1-10+deb12u1", as the package manager writes it. */
export function installedVersion({ epoch, version, release }: Pick<VulnerablePackage, "epoch" | "version" | "release">): string {
  return `${epoch ? `${epoch}:` : ""}${version ?? ""}${release ? `-${release}` : ""}`;
}

/** Nothing where no version fixes it. */
export function fixedVersion(text: string | undefined): string | undefined {
  return !text || text === "NotAvailable" ? undefined : withoutZeroEpoch(text);
}

const managers: Record<string, string> = {
  BUNDLER: "Ruby (Bundler)",
  CARGO: "Rust (Cargo)",
  COMPOSER: "PHP (Composer)",
  CONDA: "Conda",
  DOTNET_CORE: ".NET",
  GEMSPEC: "Ruby gem",
  GOBINARY: "Go program",
  GOMOD: "Go module",
  JAR: "Java archive",
  NODEPKG: "Node package",
  NPM: "npm",
  NUGET: "NuGet",
  OS: "Operating system",
  PIP: "Python (pip)",
  PIPENV: "Python (Pipenv)",
  PNPM: "pnpm",
  POETRY: "Python (Poetry)",
  POM: "Maven",
  PYTHON: "Python",
  PYTHONPKG: "Python package",
  RUSTBINARY: "Rust program",
  YARN: "Yarn",
};
export function managerName(manager: string | undefined): string {
  return manager ? (managers[manager] ?? manager) : "–";
}

// Addresses that vendors give as references. They are foreign text: only http and https are links.

/** As a link, or nothing. */
export function linkOf(text: string): URL | undefined {
  try {
    const url = new URL(text);
    return url.protocol === "http:" || url.protocol === "https:" ? url : undefined;
  } catch {
    return undefined;
  }
}

export interface HostOfReferences {
  host: string;
  links: { url: string; text: string }[];
}

/** By host, the host with most of them first; each once. What is no link comes back in `others`. */
export function groupByHost(texts: readonly string[]): { hosts: HostOfReferences[]; others: string[] } {
  const hosts = new Map<string, HostOfReferences>();
  const others: string[] = [];
  for (const text of new Set(texts)) {
    const url = linkOf(text);
    if (!url) {
      others.push(text);
      continue;
    }
    const host = url.host.replace(/^www\./, "");
    const group = hosts.get(host) ?? { host, links: [] };
    hosts.set(host, group);
    const path = `${url.pathname}${url.search}${url.hash}`;
    group.links.push({ url: url.href, text: path === "/" ? host : path.slice(1) });
  }
  const sorted = [...hosts.values()].sort((a, b) => b.links.length - a.links.length || a.host.localeCompare(b.host));
  return { hosts: sorted, others };
}

/** The catalogue's page of a weakness: "CWE-79". */
export function weaknessLink(cwe: string): string | undefined {
  const number = /^CWE-(\d{1,5})$/.exec(cwe)?.[1];
  return number && `https://cwe.mitre.org/data/definitions/${number}.html`;
}

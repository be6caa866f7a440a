// A link out of the console. Addresses come from vendors: what is not http or https stays text.
import Link from "@cloudscape-design/components/link";
import type { ReactNode } from "react";
import { linkOf } from "~/model/references";

export default function ExternalLink({ to, children }: { to: string; children?: ReactNode }) {
  const url = linkOf(to);
  if (!url) return <>{children ?? to}</>;
  return (
    <Link external href={url.href} rel="noopener noreferrer" externalIconAriaLabel="Opens in a new tab">
      {children ?? to}
    </Link>
  );
}

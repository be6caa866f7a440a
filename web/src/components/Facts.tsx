// What is known about one thing, as names and values. What is not known is left out.
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import type { ReactNode } from "react";

export interface Fact {
  label: string;
  value: ReactNode;
}
interface Props {
  facts: (Fact | undefined | false | null | "" | 0)[];
  columns?: number;
  ariaLabel?: string;
}
export default function Facts({ facts, columns = 1, ariaLabel }: Props) {
  const known = facts.filter((fact): fact is Fact => !!fact && fact.value !== undefined && fact.value !== null && fact.value !== false && fact.value !== "");
  return <KeyValuePairs columns={columns} minColumnWidth={140} items={known} {...(ariaLabel ? { ariaLabel } : {})} />;
}

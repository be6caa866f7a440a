// Text that others wrote, as text: long words break, line ends that mean something stay.
import type { ReactNode } from "react";
import "./prose.css";

export default function Prose({ children }: { children: ReactNode }) {
  return <span className="prose">{children}</span>;
}

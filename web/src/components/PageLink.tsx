// A link to another page of the console: a real one, so that it opens in a new tab and can be copied.
import Link, { type LinkProps } from "@cloudscape-design/components/link";
import type { ReactNode } from "react";
import { useNavigate } from "react-router";

interface Props {
  to: string;
  children: ReactNode;
  variant?: LinkProps.Variant;
  fontSize?: LinkProps.FontSize;
  ariaLabel?: string;
}
export default function PageLink({ to, children, variant, fontSize, ariaLabel }: Props) {
  const navigate = useNavigate();
  return (
    <Link
      href={to}
      {...(variant ? { variant } : {})}
      {...(fontSize ? { fontSize } : {})}
      {...(ariaLabel ? { ariaLabel } : {})}
      onFollow={(event) => {
        if (event.detail.external) return;
        event.preventDefault();
        void navigate(to);
      }}
    >
      {children}
    </Link>
  );
}

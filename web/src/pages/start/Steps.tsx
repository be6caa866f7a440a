// Numbered steps, each with a heading of its own.
import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";
import "./start.css";

interface Props {
  steps: { title: string; content: ReactNode }[];
}
export default function Steps({ steps }: Props) {
  return (
    <SpaceBetween size="l">
      {steps.map(({ title, content }, index) => (
        <section key={title} className="step">
          <Box variant="h3" tagOverride="h2">
            {steps.length > 1 && `${index + 1}. `}
            {title}
          </Box>
          {content}
        </section>
      ))}
    </SpaceBetween>
  );
}

// A vendor's text with its paragraphs. What is very long is shown in part first.
import Box from "@cloudscape-design/components/box";
import Link from "@cloudscape-design/components/link";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { beginning, paragraphs } from "~/model/paragraphs";
import Prose from "./Prose";

const shownAtFirst = 900;

export default function Paragraphs({ text }: { text: string }) {
  const [all, setAll] = useState(false);
  const whole = paragraphs(text);
  const short = beginning(whole, shownAtFirst);
  const shown = all ? whole : short;
  return (
    <SpaceBetween size="s">
      {shown.map((part, index) => (
        <Box variant="p" key={index} padding="n">
          <Prose>{part}</Prose>
        </Box>
      ))}
      {short.length < whole.length && (
        <Link variant="secondary" onFollow={() => setAll(!all)}>
          {all ? "Show less" : "Show all of it"}
        </Link>
      )}
    </SpaceBetween>
  );
}

// Feeds that Vigil can read and that gave nothing.
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import type { Intelligence } from "~/api/own";
import { count } from "~/model/numbers";

export default function Missing({ missing }: { missing: NonNullable<Intelligence["missing"]> }) {
  if (missing.length === 0) return null;
  return (
    <ExpandableSection
      variant="container"
      headerText="Feeds that gave nothing"
      headerCounter={`(${count(missing.length)})`}
      headerDescription="Vigil can read these, and they were not there or empty. What only they know is not found."
      headingTagOverride="h2"
    >
      <ul>
        {missing.map(({ name, title }) => (
          <li key={name}>
            {title} ({name})
          </li>
        ))}
      </ul>
    </ExpandableSection>
  );
}

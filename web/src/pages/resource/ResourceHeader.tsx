// The resource's name, and its inventory as a file.
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import Header from "@cloudscape-design/components/header";
import type { Story } from "~/model/inventory";
import { displayName, kindName } from "~/model/resource";

const formats = [
  ["cyclonedx", "CycloneDX"],
  ["spdx", "SPDX"],
  ["json", "Vigil's JSON"],
] as const;

export default function ResourceHeader({ id, story: { resource, name } }: { id: string; story: Story }) {
  return (
    <Header
      variant="h1"
      description={kindName(resource)}
      actions={
        <ButtonDropdown
          items={formats.map(([format, text]) => ({ id: format, text, href: `/vigil/v1/resources/${encodeURIComponent(id)}/sbom?format=${format}` }))}
          onItemFollow={(event) => {
            // The answer is a file: the page stays.
            event.preventDefault();
            if (event.detail.href) window.location.assign(event.detail.href);
          }}
        >
          Download SBOM
        </ButtonDropdown>
      }
    >
      {displayName({ id, tags: resource?.tags }, name)}
    </Header>
  );
}

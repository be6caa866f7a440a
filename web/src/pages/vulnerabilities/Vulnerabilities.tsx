// Vulnerabilities by their names: those that something here has, and any other that the intelligence knows.
import ContentLayout from "@cloudscape-design/components/content-layout";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useEffect, useState } from "react";
import { useNavigate } from "react-router";
import { useParameter } from "~/app/useParameter";
import { vulnerabilityPath } from "~/model/criteria";
import { cveOf } from "~/model/vulnerability";
import Answers from "./Answers";
import Worst from "./Worst";

const pauseMilliseconds = 200;
/** Fewer letters mean too much. */
const fewest = 2;

export default function Vulnerabilities() {
  const navigate = useNavigate();
  const [asked, ask] = useParameter("q", true);
  const [text, setText] = useState(asked);
  useEffect(() => {
    const timer = setTimeout(() => ask(text.trim()), pauseMilliseconds);
    return () => clearTimeout(timer);
  }, [text, ask]);
  return (
    <ContentLayout
      header={
        <Header variant="h1" description="What is known of a vulnerability, and what here has it">
          Vulnerability search
        </Header>
      }
    >
      <SpaceBetween size="l">
        <form
          role="search"
          onSubmit={(event) => {
            event.preventDefault();
            const id = cveOf(text);
            if (id) void navigate(vulnerabilityPath(id));
          }}
        >
          <FormField label="Name" description="A CVE id, or how a name begins: CVE-2024-, GHSA-…" stretch>
            <Input value={text} onChange={({ detail }) => setText(detail.value)} type="search" placeholder="CVE-2024-3094" autoFocus spellcheck={false} clearAriaLabel="Clear" />
          </FormField>
        </form>
        {asked.length >= fewest ? <Answers text={asked} /> : <Worst />}
      </SpaceBetween>
    </ContentLayout>
  );
}

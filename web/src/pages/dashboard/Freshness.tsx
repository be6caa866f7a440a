// How old the intelligence is, and what it leaves out.
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { ofIntelligence } from "~/api/live";
import type { Intelligence } from "~/api/own";
import { useOwn } from "~/api/queries";
import PageLink from "~/components/PageLink";
import Panel from "~/components/Panel";
import Time from "~/components/Time";
import { freshness } from "~/model/freshness";
import { count } from "~/model/numbers";

export default function Freshness() {
  const intelligence = useOwn<Intelligence>("intelligence", { of: ofIntelligence });
  return (
    <Panel title="Intelligence" query={intelligence} what="the state of intelligence" actions={<PageLink to="/intelligence">Details</PageLink>}>
      {(known) => {
        const { type, problems } = freshness(known);
        return (
          <ul className="rows">
            {known.loaded && (
              <li>
                <StatusIndicator type={type}>Loaded <Time at={known.createdAt} /></StatusIndicator>
                <div className="quiet">{count(known.vulnerabilities ?? 0)} vulnerabilities known</div>
              </li>
            )}
            {problems.map((problem) => (
              <li key={problem}>{known.loaded ? problem : <StatusIndicator type={type}>{problem}</StatusIndicator>}</li>
            ))}
          </ul>
        );
      }}
    </Panel>
  );
}

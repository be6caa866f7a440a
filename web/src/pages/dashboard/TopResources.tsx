// The resources with the worst findings, of every kind there is.
import { useQuery } from "@tanstack/react-query";
import { call } from "~/api/client";
import { ofFindings } from "~/api/live";
import type { AggregationType } from "~/api/wire";
import Empty from "~/components/Empty";
import PageLink from "~/components/PageLink";
import Panel from "~/components/Panel";
import { equals, findingsPath, resourcePath } from "~/model/criteria";
import { count, counted } from "~/model/numbers";
import { resourceTypeName } from "~/model/resourceType";
import { type TopResource, worstResources } from "./worst";

const shown = 5;
const kinds: AggregationType[] = ["AWS_EC2_INSTANCE", "AWS_ECR_CONTAINER", "AWS_LAMBDA_FUNCTION"];

function useWorst() {
  return useQuery({
    queryKey: [ofFindings, "worst resources"],
    queryFn: async ({ signal }) => {
      const answers = await Promise.all(kinds.map((aggregationType) => call("ListFindingAggregations", { aggregationType, maxResults: shown }, signal)));
      return worstResources(answers.flatMap((answer) => answer.responses ?? []), shown);
    },
  });
}

function Row({ resource }: { resource: TopResource }) {
  const { id, type, name, critical, high, all } = resource;
  const here = { resourceId: equals(id) };
  return (
    <li>
      <div className="row-line">
        <PageLink to={resourcePath(id)}>{name}</PageLink>
        <PageLink to={findingsPath(here)} ariaLabel={`${counted(all, "finding")} of ${name}`}>
          {counted(all, "finding")}
        </PageLink>
      </div>
      <div className="row-line">
        <span className="quiet">{resourceTypeName(type)}</span>
        {critical + high > 0 && (
          <PageLink to={findingsPath({ ...here, severity: equals("CRITICAL", "HIGH") })} ariaLabel={`${count(critical)} critical and ${count(high)} high findings of ${name}`}>
            {count(critical)} critical, {count(high)} high
          </PageLink>
        )}
      </div>
    </li>
  );
}

export default function TopResources() {
  const worst = useWorst();
  return (
    <Panel title="Worst resources" query={worst} what="the worst resources" actions={<PageLink to="/resources">All</PageLink>}>
      {(resources) =>
        resources.length > 0 ? (
          <ul className="rows">
            {resources.map((resource) => (
              <Row key={resource.id} resource={resource} />
            ))}
          </ul>
        ) : (
          <Empty title="None">No resource has active findings.</Empty>
        )
      }
    </Panel>
  );
}

// The resources of all kinds with the worst findings, in one order.
import type { AggregationResponse } from "~/api/wire";

export interface TopResource {
  id: string;
  type: string;
  name: string;
  critical: number;
  high: number;
  medium: number;
  all: number;
}

/** What ListFindingAggregations answers for a resource; nothing for what is none. */
function resourceOf(response: AggregationResponse): TopResource | undefined {
  const { ec2InstanceAggregation: host, awsEcrContainerAggregation: image, lambdaFunctionAggregation: lambda } = response;
  const found = host
    ? { id: host.instanceId, type: "AWS_EC2_INSTANCE", name: host.instanceTags?.["vigil:name"], counts: host.severityCounts }
    : image
      ? { id: image.resourceId, type: "AWS_ECR_CONTAINER_IMAGE", name: imageName(image.repository, image.imageTags), counts: image.severityCounts }
      : lambda
        ? { id: lambda.resourceId, type: "AWS_LAMBDA_FUNCTION", name: lambda.functionName, counts: lambda.severityCounts }
        : undefined;
  if (!found?.id) return undefined;
  const { critical = 0, high = 0, medium = 0, all = 0 } = found.counts ?? {};
  return { id: found.id, type: found.type, name: found.name || found.id, critical, high, medium, all };
}

function imageName(repository: string | undefined, tags: string[] | undefined): string | undefined {
  return repository && tags?.[0] ? `${repository}:${tags[0]}` : repository;
}

export function worstResources(responses: AggregationResponse[], limit: number): TopResource[] {
  return responses
    .flatMap((response) => resourceOf(response) ?? [])
    .sort((a, b) => b.critical - a.critical || b.high - a.high || b.medium - a.medium || b.all - a.all)
    .slice(0, limit);
}
